import { CardError } from './cardError.ts';

/** Deepest nesting that is read; cards in use stay under 15. */
const MAX_DEPTH = 64;
/** Most strings, brackets and commas in one document: 5,000 lore entries as SillyTavern writes them have 425,000. */
const MAX_PARTS = 450_000;
/** Longest text, in characters, in which slips are looked for: what people edit by hand is shorter. */
const MAX_MENDED = 500_000;

/** Names that reach an object's prototype; no card means anything by them. */
const UNSAFE_KEYS = ['__proto__', 'constructor', 'prototype'];

/**
 * Text from bytes: UTF-8 or UTF-16, with or without a byte order mark. Bytes that are no UTF-8 at all are taken as
 * Windows-1252, the usual reason; single broken ones become U+FFFD, with a note.
 */
export function decodeText(bytes: Uint8Array, notes: Set<string>): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0x7b && second === 0)) return decodeAs('utf-16le', bytes);
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x7b)) return decodeAs('utf-16be', bytes);
  const text = decodeAs('utf-8', bytes);
  if (!text.includes('\uFFFD')) return text;
  if (!/[\u0080-\uFFFC]/.test(text)) return decodeAs('windows-1252', bytes);
  notes.add('Some characters in the file were broken and show as \uFFFD.');
  return text;
}

function decodeAs(encoding: string, bytes: Uint8Array): string {
  const text = new TextDecoder(encoding).decode(bytes);
  // Some writers pad the text with zero bytes.
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end--;
  return text.slice(0, end);
}

/**
 * Parses JSON of bounded depth and count. Small slips (trailing commas, raw line breaks in texts, NaN) are mended with
 * a note; keys that could reach a prototype are left out at every level.
 * @throws CardError `too_large` over a bound, `damaged` where it is no JSON.
 */
export function parseJson(text: string, notes: Set<string>): unknown {
  checkBounds(text);
  const json = parseOrMend(text, notes);
  dropUnsafeKeys(json, notes);
  return json;
}

function parseOrMend(text: string, notes: Set<string>): unknown {
  try {
    return JSON.parse(text);
  } catch {
    try {
      const mended: unknown = JSON.parse(text.length > MAX_MENDED ? '' : mend(text));
      notes.add("The card's JSON had small slips, which were mended.");
      return mended;
    } catch {
      throw new CardError('damaged', "This card's JSON is damaged and cannot be read; export or download the card again.");
    }
  }
}

/** Counts before parsing, so that a hostile document costs one walk over its text and nothing more. */
function checkBounds(text: string): void {
  const part = /["{}[\],]/g;
  let depth = 0;
  for (let parts = 1; ; parts++) {
    const found = part.exec(text)?.[0];
    // Without an end to what was never begun it is no JSON: parsing stops at the same place.
    if (found === undefined || depth < 0) return;
    if (found === '"') part.lastIndex = endOfString(text, part.lastIndex - 1) + 1;
    else if (found === '{' || found === '[') depth++;
    else if (found !== ',') depth--;
    if (depth > MAX_DEPTH) {
      throw new CardError('too_large', `This card's JSON is nested more than ${MAX_DEPTH} levels deep, which no card needs.`);
    }
    if (parts > MAX_PARTS) {
      throw new CardError('too_large', `This card's JSON has more than ${MAX_PARTS.toLocaleString('en')} parts, which no card needs.`);
    }
  }
}

/** Index of the quote that ends the string opened at `start`; the text's length when none does. */
function endOfString(text: string, start: number): number {
  for (let from = start + 1; ; ) {
    const quote = text.indexOf('"', from);
    if (quote === -1) return text.length;
    let before = quote;
    while (before > from && text.charCodeAt(before - 1) === 0x5c) before--;
    // After an even number of backslashes the quote itself is not escaped.
    if ((quote - before) % 2 === 0) return quote;
    from = quote + 1;
  }
}

function mend(text: string): string {
  const parts: string[] = [];
  let at = 0;
  while (at < text.length) {
    const quote = text.indexOf('"', at);
    const end = quote === -1 ? text.length : quote;
    parts.push(mendOutside(text.slice(at, end)));
    if (quote === -1) break;
    const close = endOfString(text, quote);
    parts.push(text.slice(quote, close + 1).replace(/[\u0000-\u001F]/g, escapeControl));
    at = close + 1;
  }
  return parts.join('');
}

/** Text between two strings: a comma before a closing bracket goes, numbers that JSON does not know become null. */
function mendOutside(text: string): string {
  return text.replace(/-?\b(?:NaN|Infinity)\b/g, 'null').replace(/,(?=\s*[\]}])/g, '');
}

function escapeControl(control: string): string {
  return `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Works on what was just parsed, which is nobody else's. The depth is bounded before, so that plain recursion is safe. */
function dropUnsafeKeys(value: unknown, notes: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const key of UNSAFE_KEYS) {
    if (!Object.hasOwn(value, key)) continue;
    Reflect.deleteProperty(value, key);
    notes.add(`A field named "${key}" was left out.`);
  }
  for (const item of Object.values(value)) dropUnsafeKeys(item, notes);
}
