import { asArray, asObject } from '../chunks.ts';

const MAX_DEPTH = 20;

/** The plainest value that fits a JSON schema: null where it may be, else empty, nothing, the first choice or the least number. */
export function blankOf(schema: unknown, root: unknown = schema, depth = 0): unknown {
  const node = asObject(schema);
  if (!node || depth > MAX_DEPTH) return null;
  const reference = node['$ref'];
  if (typeof reference === 'string') return blankOf(resolve(reference, root), root, depth + 1);
  if ('const' in node) return node['const'];
  if ('default' in node) return node['default'];
  const choices = asArray(node['anyOf'] ?? node['oneOf']);
  if (choices.length > 0) return choices.some((one) => asObject(one)?.['type'] === 'null') ? null : blankOf(choices[0], root, depth + 1);
  const values = asArray(node['enum']);
  if (values.length > 0) return values.includes(null) ? null : values[0];
  const types = asArray(node['type']);
  if (types.includes('null')) return null;
  switch (types[0] ?? node['type']) {
    case 'object': {
      const fields = asObject(node['properties']) ?? {};
      const required = asArray(node['required']);
      return Object.fromEntries(Object.entries(fields).filter(([name]) => required.includes(name)).map(([name, field]) => [name, blankOf(field, root, depth + 1)]));
    }
    case 'array':
      return Array.from({ length: number(node['minItems']) }, () => blankOf(node['items'], root, depth + 1));
    case 'string':
      return 'none'.repeat(number(node['minLength']) > 0 ? Math.ceil(number(node['minLength']) / 4) : 0);
    case 'number':
    case 'integer':
      return Math.min(Math.max(0, number(node['minimum'], -Infinity)), number(node['maximum'], Infinity));
    case 'boolean':
      return false;
    default:
      return null;
  }
}

function resolve(reference: string, root: unknown): unknown {
  let node: unknown = root;
  for (const step of reference.replace(/^#\/?/, '').split('/').filter(Boolean)) node = asObject(node)?.[step.replaceAll('~1', '/').replaceAll('~0', '~')];
  return node;
}

function number(value: unknown, otherwise = 0): number {
  return typeof value === 'number' ? value : otherwise;
}
