import { z } from 'zod';
import { cleanText } from './words.ts';

/** A text field of at most `max` characters, cleaned on the way in; empty is allowed. */
export function text(max: number) {
  return z.string().max(max, `This may be at most ${max.toLocaleString('en')} characters long.`).transform(cleanText);
}

/** Like `text`, on one line, trimmed, and not empty: names and titles. */
export function line(max: number) {
  return z
    .string()
    .max(max, `This may be at most ${max.toLocaleString('en')} characters long.`)
    .transform((raw) => cleanText(raw).replace(/\s+/g, ' ').trim())
    .pipe(z.string().min(1, 'This may not be empty.'));
}
