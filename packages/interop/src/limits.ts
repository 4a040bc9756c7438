import type { z } from 'zod';
import { CardError } from './cardError.ts';

/**
 * Checks what was read against its schema; whatever is longer than can be kept refuses the card, since cutting a text
 * would lose words unseen.
 * @param say words for a field, for the sentence: `persona` -> "description".
 * @throws CardError `too_large`, naming the field, its size and the limit.
 */
export function checked<Schema extends z.ZodType>(
  schema: Schema,
  value: z.input<Schema>,
  say: (field: string) => string,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const tooBig = result.error.issues.find((issue) => issue.code === 'too_big');
  if (tooBig) throw overLimit(tooBig, say, sizeAt(value, tooBig.path));
  // Every value was read into its type before, so that only a size can be wrong; what else a schema asks is said here.
  const [first] = result.error.issues;
  throw new CardError('damaged', `The card's ${say(String(first?.path[0]))} cannot be used: ${first?.message}`);
}

function overLimit(issue: z.core.$ZodIssueTooBig, say: (field: string) => string, size: number): CardError {
  const [field, item] = issue.path;
  const what = say(String(field));
  const found = size.toLocaleString('en');
  const most = `at most ${issue.maximum.toLocaleString('en')} can be kept`;
  if (issue.origin === 'array') {
    return new CardError('too_large', `The card has ${found} ${what}; ${most}, so remove some in the card first.`);
  }
  const which = item === undefined ? `The card's ${what}` : `One of the card's ${what}`;
  return new CardError('too_large', `${which} is ${found} characters long; ${most}, so shorten it in the card first.`);
}

function sizeAt(value: unknown, path: readonly PropertyKey[]): number {
  let at: unknown = value;
  for (const step of path) at = typeof at === 'object' && at !== null ? Reflect.get(at, step) : undefined;
  return typeof at === 'string' || Array.isArray(at) ? at.length : 0;
}
