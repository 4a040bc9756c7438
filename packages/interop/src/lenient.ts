import { cleanText } from '@offstage/domain/words';
import { CardError } from './cardError.ts';

/** Longest list that is looked at; what may be kept of it is less, and said by its schema. */
const MAX_LIST = 5_000;

/** A JSON object whose fields are still of unknown shape. */
export type Fields = Readonly<Record<string, unknown>>;

/** Whether a JSON value is an object (not a list, not null). */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first of `names` that the object gives a value other than null. */
export function pick(fields: Fields, ...names: readonly string[]): unknown {
  for (const name of names) {
    const value = fields[name];
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}

/**
 * Text, from whatever a card holds in a text's place. Numbers become text, lists and objects the texts in them;
 * `what` names the field in the note that is added then ("The scenario").
 */
export function readText(value: unknown, what: string, notes: Set<string>): string {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'object' || value === null) return '';
  const parts = Object.values(value)
    .filter((part) => typeof part === 'string')
    .map(cleanText)
    .filter((part) => part.trim() !== '');
  if (parts.length > 0) notes.add(`${what} came in an unusual form; its text was kept.`);
  return parts.join('\n\n');
}

/** Texts that are not empty, from a list, an object's values, or one text standing alone. */
export function readTexts(value: unknown, what: string, notes: Set<string>): string[] {
  if (value === undefined || value === null) return [];
  const isList = Array.isArray(value);
  const items: unknown[] = isList ? value : isFields(value) ? Object.values(value) : [value];
  checkLength(items, what);
  const texts = items.map((item) => readText(item, what, notes)).filter((text) => text.trim() !== '');
  if (!isList && texts.length > 0) notes.add(`${what} did not come as a list; what was there was kept.`);
  return texts;
}

/** Short words such as tags and keys: like `readTexts`, but a text standing alone is parted at its commas. */
export function readWords(value: unknown, what: string, notes: Set<string>): string[] {
  const texts =
    typeof value === 'string' ? cleanText(value).split(/[,，\n]/, MAX_LIST + 1) : readTexts(value, what, notes);
  checkLength(texts, what);
  const words = new Set(texts.map((text) => text.replace(/\s+/g, ' ').trim()));
  words.delete('');
  if (typeof value === 'string' && words.size > 0) notes.add(`${what} came as one text, which was parted at its commas.`);
  return [...words];
}

function checkLength(items: readonly unknown[], what: string): void {
  if (items.length <= MAX_LIST) return;
  throw new CardError('too_large', `${what} are more than ${MAX_LIST.toLocaleString('en')}, which no card needs.`);
}

/** True or false, also where a card writes it as text or number; `otherwise` when it says neither. */
export function readFlag(value: unknown, otherwise: boolean): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string' && typeof value !== 'number') return otherwise;
  const word = String(value).trim().toLowerCase();
  if (word === 'true' || word === '1' || word === 'yes') return true;
  if (word === 'false' || word === '0' || word === 'no') return false;
  return otherwise;
}

/** A finite number, also where a card writes it as text; `otherwise` when there is none. */
export function readNumber(value: unknown, otherwise: number): number {
  const isNumberLike = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
  const number = isNumberLike ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : otherwise;
}
