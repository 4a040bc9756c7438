import { appRouter } from '../../src/rpc/router.ts';
import { BOUNDED } from '../../src/rpc/bounded.ts';
import type { z } from 'zod';

/** A procedure of the router, its kind, and the shape of its input where it takes one. */
export interface Asked {
  readonly path: string;
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly input: z.ZodType | undefined;
}

/** Every procedure there is, so that none can be forgotten. */
export function everyProcedure(): Asked[] {
  const { procedures } = appRouter._def as unknown as { procedures: Record<string, { _def: { type: Asked['kind']; inputs: z.ZodType[] } }> };
  return Object.entries(procedures).map(([path, { _def }]) => ({ path, kind: _def.type, input: _def.inputs[0] }));
}

interface Def {
  readonly type: string;
  readonly [part: string]: unknown;
}
const defOf = (schema: z.ZodType): Def => schema._zod.def as unknown as Def;
const isBounded = (schema: z.ZodType): boolean => schema.meta()?.[BOUNDED] === true;
const partsOf = (schema: z.ZodType): z.ZodType[] => {
  const def = defOf(schema);
  switch (def.type) {
    case 'object':
      return Object.values(def['shape'] as Record<string, z.ZodType>);
    case 'array':
      return [def['element'] as z.ZodType];
    case 'tuple':
      return def['items'] as z.ZodType[];
    case 'union':
      return def['options'] as z.ZodType[];
    case 'pipe':
      // What comes out of a transform was bounded when it went in.
      return [def['in'] as z.ZodType];
    default:
      return def['innerType'] === undefined ? [] : [def['innerType'] as z.ZodType];
  }
};

/** Where a shape would take in something without a limit: texts, lists, numbers, whatever has no shape. */
export function unboundedIn(schema: z.ZodType, path: string): string[] {
  if (isBounded(schema)) return [];
  const { type } = defOf(schema);
  const { maxLength, maxValue } = schema as { maxLength?: number | null; maxValue?: number | null };
  const inner = partsOf(schema).flatMap((part, index) => {
    const key = type === 'object' ? Object.keys(defOf(schema)['shape'] as object)[index] : undefined;
    return unboundedIn(part, key === undefined ? path : `${path}.${key}`);
  });
  switch (type) {
    case 'string':
      return maxLength == null ? [`${path}: text without a limit`] : [];
    case 'number':
      return maxValue == null || !Number.isFinite(maxValue) ? [`${path}: number without a limit`] : [];
    case 'array':
      return isShort(schema) ? inner : [`${path}: list without a limit`, ...inner];
    case 'object':
    case 'tuple':
    case 'union':
    case 'pipe':
    case 'optional':
    case 'nullable':
    case 'default':
    case 'readonly':
      return inner;
    case 'boolean':
    case 'literal':
    case 'enum':
    case 'null':
      return [];
    default:
      return [`${path}: ${type} may be anything`];
  }
}

/** Lists keep their limit in a check of their own. */
function isShort(schema: z.ZodType): boolean {
  const checks = (defOf(schema)['checks'] as { _zod: { def: { check: string } } }[] | undefined) ?? [];
  return checks.some(({ _zod }) => _zod.def.check === 'max_length' || _zod.def.check === 'length_equals');
}

/** Something that fits a shape, as small as may be. */
export function sample(schema: z.ZodType): unknown {
  const def = defOf(schema);
  switch (def.type) {
    case 'object':
      return Object.fromEntries(Object.entries(def['shape'] as Record<string, z.ZodType>).map(([key, part]) => [key, sample(part)]));
    case 'array':
      return [sample(def['element'] as z.ZodType)];
    case 'tuple':
      return (def['items'] as z.ZodType[]).map(sample);
    case 'string':
      // Ids and words, times, times of day: what a shape asks of a text beyond its length.
      return ['x', '2026-01-01T00:00:00Z', '03:00'].find((text) => schema.safeParse(text).success) ?? 'x';
    case 'number':
      return Math.max(1, (schema as { minValue?: number | null }).minValue ?? 1);
    case 'boolean':
      return true;
    case 'literal':
      return (def['values'] as unknown[])[0];
    case 'enum':
      return Object.values(def['entries'] as Record<string, unknown>)[0];
    case 'record':
      return {};
    default: {
      const [first] = partsOf(schema);
      return first === undefined ? null : sample(first);
    }
  }
}

/** The sample with each of its leaves in turn made hostile: `[where, input]`. */
export function hostile(schema: z.ZodType): [string, unknown][] {
  return spoilt(sample(schema)).map(([where, input]) => [where.join('.'), input]);
}

const MANY = Object.fromEntries(Array.from({ length: 510_000 }, (_, index) => [`k${index}`, 1]));
const LONG = 'x'.repeat(2_100_000);

function spoilt(value: unknown): [string[], unknown][] {
  if (Array.isArray(value)) {
    return [
      [['(a long list)'], Array.from({ length: 20_000 }, () => value[0] as unknown)],
      ...spoilt(value[0]).map(([where, bad]): [string[], unknown] => [['0', ...where], [bad]]),
    ];
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    // A record: what it holds is named by whoever asks.
    if (entries.length === 0) return [[['(many keys)'], MANY]];
    return entries.flatMap(([key, part]) => spoilt(part).map(([where, bad]): [string[], unknown] => [[key, ...where], { ...value, [key]: bad }]));
  }
  if (typeof value === 'string') return [[['(a long text)'], LONG], [['(a list)'], [['x']]]];
  if (typeof value === 'number') return [[['(a large number)'], 1e300], [['(a text)'], 'one']];
  return [[['(something else)'], { odd: true }]];
}
