import { z } from 'zod';

/**
 * The JSON schema of an answer as models are asked for it: every field required and no others, which is what the
 * strictest providers take. Fields that may be left out are asked for as `null`.
 */
export function strictSchema(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...json } = z.toJSONSchema(schema) as Record<string, unknown>;
  return strict(json) as Record<string, unknown>;
}

function strict(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(strict);
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).map(([name, value]) => [name, strict(value)] as const);
  const properties = 'properties' in node && typeof node.properties === 'object' && node.properties !== null ? Object.keys(node.properties) : undefined;
  return Object.fromEntries([...entries, ...(properties === undefined ? [] : ([['required', properties], ['additionalProperties', false]] as const))]);
}
