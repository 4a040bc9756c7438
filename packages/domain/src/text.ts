import { z } from 'zod';

// C0 and C1 controls other than tab and line feed: they draw nothing, and some renderers choke on them.
const CONTROLS = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g;

/** Text as it is kept: line ends as `\n`, no control characters, no lone surrogates. Scripts of any direction pass. */
export function cleanText(raw: string): string {
  return raw.replace(/\r\n?/g, '\n').replace(CONTROLS, '').toWellFormed();
}

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

/** Longest message a person may send, in characters: four times what the prompt budget holds would never fit. */
export const MESSAGE_MAX = 32_000;
