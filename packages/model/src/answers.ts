import type { ZodType } from 'zod';
import { asArray, asObject } from './chunks.ts';
import { salvage } from './repair.ts';
import type { ReplySchema } from './types.ts';

/** An answer as read: its value, or what is wrong with it. `json` when it held an object at all. */
export type Read<T> = { readonly value: T } | { readonly problem: string; readonly refusal: boolean; readonly json: boolean };

/** Reads an answer in the shape of `schema`, mending and unwrapping what can be. */
export function readAs<T>(raw: string, wanted: ReplySchema, schema: ZodType<T>): Read<T> {
  const fields = asObject(wanted.json['properties']) ?? {};
  const keys = Object.keys(fields);
  const answer = asObject(salvage(raw, keys));
  if (answer === undefined) {
    const refusal = REFUSAL.test(raw.trim());
    return { problem: raw.trim() === '' ? 'it was empty' : refusal ? 'it declined' : 'it held no JSON object', refusal, json: false };
  }
  const holds = (value: Fields | undefined): value is Fields => value !== undefined && keys.some((key) => Object.hasOwn(value, key));
  // A lenient schema takes anything: so an object that holds none of the fields is not tried while one does, or while some must be there.
  const candidates = [answer, inside(answer, wanted.name), underOnly(answer, fields)];
  const fitting = candidates.filter(holds);
  const mustHold = keys.length > 0 && asArray(wanted.json['required']).length > 0;
  if (fitting.length === 0 && mustHold) return { problem: `it held none of the fields ${keys.join(', ')}`, refusal: false, json: true };
  for (const candidate of fitting.length > 0 ? fitting : candidates) {
    const parsed = schema.safeParse(candidate);
    if (parsed.success) return { value: parsed.data };
  }
  const issues = schema.safeParse(fitting[0] ?? answer).error?.issues ?? [];
  const problem = issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join('.') || 'the whole'}: ${issue.message}`)
    .join('; ');
  return { problem: problem || 'it did not fit', refusal: false, json: true };
}

type Fields = Record<string, unknown>;

const REFUSAL = /^(?:["*_\s]*)(?:i(?:'|’)?m (?:really )?sorry|sorry,|i can(?:no|'|’)t|i cannot|i won(?:'|’)t|i will not|i(?:'|’)?m (?:unable|not able)|i am (?:unable|not able|sorry)|as an ai|i must decline)/i;

/** Models like to wrap an answer once more, under the schema's name or as the arguments of a call. */
function inside(answer: Fields, name: string): Fields | undefined {
  const wrapped = answer[name] ?? answer['arguments'] ?? answer['parameters'] ?? answer['properties'];
  return asObject(wrapped) ?? (typeof wrapped === 'string' ? asObject(salvage(wrapped)) : undefined);
}

/** Where one field alone is wanted, small models give what belongs in it without its name. */
function underOnly(answer: Fields, fields: Fields): Fields | undefined {
  const [[key, field] = [], second] = Object.entries(fields);
  const parts = Object.keys(asObject(asObject(field)?.['properties']) ?? {});
  return key !== undefined && second === undefined && parts.some((part) => Object.hasOwn(answer, part)) ? { [key]: answer } : undefined;
}
