import { Lenient } from './lenient.ts';

/** More characters than any answer needs: what stands after them is not looked at, so that no answer costs more than a moment. */
const MAX_CHARS = 64_000;
/** Prose before an answer may hold a stray brace; a few places are worth trying. */
const MAX_PLACES = 8;

type Fields = Record<string, unknown>;

/** An object found in a text, and whether it stands there as JSON; else it may have been pieced together wrongly. */
interface Found {
  readonly fields: Fields;
  readonly sound: boolean;
}

/**
 * The JSON object in a model's answer however it is wrapped: in prose, in a code fence, nearly JSON (see Lenient), or cut off before its end.
 * Undefined when there is none. With `keys`, the fields that are wanted, the object that holds most of them is chosen, what else stands in
 * further objects is added, and where the text is no JSON each field that is missing is read by itself: one broken part costs no other.
 */
export function salvage(raw: string, keys: readonly string[] = []): unknown {
  const text = raw.slice(0, MAX_CHARS).trim();
  const strict = attempt(() => JSON.parse(text) as unknown);
  if (isObject(strict)) return strict;
  const found = objectsIn(text);
  const held = ({ fields }: Found): number => keys.filter((key) => Object.hasOwn(fields, key)).length;
  const best = found.toSorted((a, b) => held(b) - held(a))[0];
  const sound = best !== undefined && best.sound && held(best) > 0;
  const merged: Fields = {};
  for (const key of keys) {
    const holder = [best, ...found].find((one) => one !== undefined && Object.hasOwn(one.fields, key));
    const value = holder ? holder.fields[key] : sound ? undefined : fieldIn(text, key);
    if (value !== undefined) set(merged, key, value);
  }
  if (best === undefined) return Object.keys(merged).length > 0 ? merged : undefined;
  // What holds none of the wanted fields is the answer only where nothing better was found: it may be wrapped once more.
  return held(best) > 0 ? { ...best.fields, ...merged } : Object.keys(merged).length > 0 ? merged : best.fields;
}

/** The objects of a text that are not empty, in order. */
function objectsIn(text: string): Found[] {
  const found: Found[] = [];
  let from = 0;
  for (let tries = 0; tries < MAX_PLACES; tries++) {
    const at = text.indexOf('{', from);
    if (at === -1) break;
    const reader = new Lenient(text, at);
    const fields = attempt(() => reader.value(0));
    from = fields === undefined ? at + 1 : reader.at;
    if (!isObject(fields) || Object.keys(fields).length === 0) continue;
    found.push({ fields, sound: attempt(() => JSON.parse(text.slice(at, reader.at)) as unknown) !== undefined });
  }
  return found;
}

/** The value of one field, read where its name stands; undefined where it cannot be. */
function fieldIn(text: string, key: string): unknown {
  const name = new RegExp(`(?:^|[{,\\s])["'“]?${key.replaceAll(/[^\w]/g, '\\$&')}["'”]?\\s*:`, 'g');
  for (let tries = 0; tries < MAX_PLACES; tries++) {
    if (name.exec(text) === null) return undefined;
    const value = attempt(() => new Lenient(text, name.lastIndex).value(1));
    if (value !== undefined) return value;
  }
  return undefined;
}

/** A field named __proto__ must become a field, not the prototype. */
function set(fields: Fields, key: string, value: unknown): void {
  Object.defineProperty(fields, key, { value, enumerable: true, writable: true, configurable: true });
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
