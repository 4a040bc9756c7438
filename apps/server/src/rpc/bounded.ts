import { z } from 'zod';

/** How much a value of free form may hold. `parts` counts every value in it, keys not; `characters` all texts, keys included. */
export interface Bounds {
  readonly depth: number;
  readonly parts: number;
  readonly characters: number;
}

/** The name under which a schema says how far it is bounded, for whoever checks that every input is (OP-8). */
export const BOUNDED = 'bounded';

/** An object of free form, such as what a card brought along: bounded in depth, in the number of its parts, and in its texts. */
export function freeForm(bounds: Bounds) {
  return z
    .record(z.string(), z.unknown())
    .refine((value) => isWithin(value, bounds), 'This holds too much, or is nested too deep, to be kept.')
    .meta({ [BOUNDED]: true });
}

/** A list of names with texts, so many at most. */
export function fewOf<S extends z.ZodType>(what: S, most: number) {
  return z
    .record(z.string().max(100), what)
    .refine((value) => Object.keys(value).length <= most, `This may hold at most ${most} entries.`)
    .meta({ [BOUNDED]: true });
}

/** Walks without calling itself: what is nested deeper than the stack must be refused, not thrown over. */
function isWithin(value: unknown, bounds: Bounds): boolean {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 1 }];
  let parts = 0;
  let characters = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    parts += 1;
    if (typeof next.value === 'string') characters += next.value.length;
    else if (typeof next.value === 'object' && next.value !== null) {
      const keys = Object.keys(next.value);
      // What is listed counts before it is looked at, so that a long list is not first copied.
      if (next.depth > bounds.depth || keys.length + parts + open.length > bounds.parts) return false;
      const isList = Array.isArray(next.value);
      for (const key of keys) {
        if (!isList) characters += key.length;
        open.push({ value: Reflect.get(next.value, key), depth: next.depth + 1 });
      }
    }
    if (characters > bounds.characters) return false;
  }
  return true;
}
