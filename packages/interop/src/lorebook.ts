import { libraryEvents } from '@offstage/domain/events/library';
import type { z } from 'zod';
import { CardError } from './cardError.ts';
import { type Fields, isFields, pick, readFlag, readNumber, readText, readWords } from './lenient.ts';
import { checked } from './limits.ts';

/** Most entries in one lorebook. */
const MAX_ENTRIES = 5_000;
/** Where an entry stands that does not say: what SillyTavern gives a new one. */
const DEFAULT_ORDER = 100;

const loreEntry = libraryEvents.lore_written.payload.omit({ loreId: true, botId: true, chatId: true });

/** Words for fields, where they are too long. */
const WORDS: Readonly<Record<string, string>> = { secondaryKeys: 'secondary keys', content: 'text' };

/** One entry of a card's lorebook, in the shape of WD-13. */
export type ImportedLore = Readonly<z.output<typeof loreEntry>>;

/**
 * Reads the lorebook embedded in a card, by the names of the card standard or of SillyTavern's world info.
 * @throws CardError `too_large` where there are too many entries, or one is longer than can be kept.
 */
export function readLorebook(book: unknown, notes: Set<string>): ImportedLore[] {
  if (typeof book !== 'object' || book === null) return [];
  const entries: unknown = isFields(book) ? book['entries'] : book;
  const items: unknown[] = typeof entries === 'object' && entries !== null ? Object.values(entries) : [];
  if (items.length > MAX_ENTRIES) {
    const [found, most] = [items.length, MAX_ENTRIES].map((n) => n.toLocaleString('en'));
    throw new CardError('too_large', `The card's lorebook has ${found} entries; at most ${most} can be kept.`);
  }
  const lore = items.filter(isFields).flatMap((entry, at) => readEntry(entry, at + 1, notes) ?? []);
  if (items.length === 0) notes.add("The card's lorebook was empty.");
  else if (lore.length < items.length) {
    const lost = items.length - lore.length;
    notes.add(`${lost.toLocaleString('en')} lorebook ${lost === 1 ? 'entry' : 'entries'} without text left out.`);
  }
  return lore;
}

function readEntry(entry: Fields, number: number, notes: Set<string>): ImportedLore | undefined {
  if (readFlag(pick(entry, 'use_regex'), false)) {
    notes.add('Some lorebook entries use patterns as keys; they are kept as plain words.');
  }
  const lore = checked(
    loreEntry,
    {
      name: nameOf(entry, notes),
      keys: readKeys(pick(entry, 'keys', 'key'), notes),
      secondaryKeys: secondaryKeys(entry, notes),
      content: readText(entry['content'], "A lorebook entry's text", notes),
      enabled: readFlag(entry['enabled'], !readFlag(entry['disable'], false)),
      constant: readFlag(entry['constant'], false),
      order: readNumber(pick(entry, 'insertion_order', 'order'), DEFAULT_ORDER),
    },
    (field) => `${WORDS[field] ?? field} in lorebook entry ${number}`,
  );
  const content = withoutDecorators(lore.content, notes);
  return content.trim() === '' ? undefined : { ...lore, content };
}

/** A name, else the first line of the author's remark, which is what SillyTavern shows as the title. */
function nameOf(entry: Fields, notes: Set<string>): string {
  const name = readText(entry['name'], "A lorebook entry's name", notes).trim();
  return name || (readText(entry['comment'], "A lorebook entry's remark", notes).trim().split('\n')[0] ?? '');
}

function readKeys(value: unknown, notes: Set<string>): string[] {
  return readWords(value, "A lorebook entry's keys", notes);
}

/** An entry that is not selective ignores its secondary keys, so they must not come to bind it here. */
function secondaryKeys(entry: Fields, notes: Set<string>): string[] {
  const keys = readKeys(pick(entry, 'secondary_keys', 'keysecondary'), notes);
  if (keys.length === 0 || readFlag(entry['selective'], true)) return keys;
  notes.add('Secondary keys that were switched off in the lorebook were left out.');
  return [];
}

/** V3 entries may begin with lines of instructions to the program (`@@depth 4`), which are no part of the text. */
function withoutDecorators(content: string, notes: Set<string>): string {
  const lines = content.split('\n');
  const start = lines.findIndex((line) => !/^@@@?[a-z_]+( |$)/.test(line.trim()));
  if (start === 0) return content;
  notes.add('Instructions at the top of lorebook entries (lines that begin with @@) were left out.');
  return start === -1 ? '' : lines.slice(start).join('\n');
}
