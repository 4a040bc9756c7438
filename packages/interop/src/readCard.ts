import type { BotIdentity } from '@offstage/domain/shapes';
import { CardError } from './cardError.ts';
import { type CardSpec, readDocument } from './document.ts';
import { refuseOtherKinds } from './fileKind.ts';
import { readIdentity } from './identity.ts';
import { decodeText, parseJson } from './json.ts';
import { type ImportedLore, readLorebook } from './lorebook.ts';
import { isPng, type PngChunk, readChunks, textNamed, withoutTexts } from './png.ts';

const MB = 1024 * 1024;
/** Largest file that is read, in bytes. */
const MAX_FILE = 20 * MB;

/** A character card, read and ready to become a bot. */
export interface ImportedCard {
  readonly spec: CardSpec;
  /** Macros stand in the texts as they came; `card` holds the whole card for a later export. */
  readonly identity: BotIdentity;
  readonly lore: readonly ImportedLore[];
  /** The card's picture without the character in it; null for a JSON card, or a PNG without a picture. */
  readonly picture: { readonly mime: 'image/png'; readonly bytes: Uint8Array } | null;
  /** Plain sentences on what was repaired or left out; empty for a clean card. */
  readonly notes: readonly string[];
}

type CharacterRead = Pick<ImportedCard, 'spec' | 'identity' | 'lore' | 'notes'>;

/**
 * Reads a character card V1, V2 or V3 from a PNG or JSON file (IO-1), repairing what is plainly meant.
 * @param fileName as the person's computer calls it; only its ending is looked at.
 * @throws CardError with one sentence for the person, whatever the bytes (IO-4).
 */
export function readCard(bytes: Uint8Array, fileName: string): ImportedCard {
  if (bytes.length > MAX_FILE) {
    // Rounded up, so that a file just over the limit never reads as if it were at it.
    const size = Math.ceil((bytes.length / MB) * 10) / 10;
    throw new CardError('too_large', `This file is ${size} MB; a card may be at most ${MAX_FILE / MB} MB.`);
  }
  if (isPng(bytes)) return readPngCard(bytes);
  refuseOtherKinds(bytes, fileName);
  return { ...readJsonCard(bytes, fileName), picture: null };
}

function readPngCard(bytes: Uint8Array): ImportedCard {
  const notes = new Set<string>();
  const chunks = readChunks(bytes, notes);
  const character = readCharacterIn(chunks);
  const hasPicture = chunks.some((chunk) => chunk.type === 'IDAT');
  if (!hasPicture) notes.add('The PNG holds a character but no picture.');
  return {
    ...character,
    picture: hasPicture ? { mime: 'image/png', bytes: withoutTexts(chunks, ['chara', 'ccv3']) } : null,
    notes: [...notes, ...character.notes],
  };
}

/** The V3 text comes first, since the other is then only a copy for older programs; either stands in for the other. */
function readCharacterIn(chunks: readonly PngChunk[]): CharacterRead {
  let refused: CardError | undefined;
  for (const keyword of ['ccv3', 'chara']) {
    try {
      const packed = textNamed(chunks, keyword);
      if (packed === undefined) continue;
      const notes = new Set<string>();
      if (refused !== undefined) notes.add('The newer copy of the character in this card was damaged; the older one was read.');
      return readCharacter(unpack(packed, notes), notes);
    } catch (error) {
      if (!(error instanceof CardError) || error.code === 'too_large') throw error;
      refused ??= error;
    }
  }
  throw refused ?? new CardError('not_a_card', 'This PNG carries no character; choose the picture of a character card.');
}

/** The JSON in a PNG's text: Base64, also in its URL form and with line breaks, or plain as some programs write it. */
function unpack(packed: Uint8Array, notes: Set<string>): string {
  const text = Buffer.from(packed.buffer, packed.byteOffset, packed.length).toString('latin1').replace(/[\s\0]+/g, '');
  if (/^(\u00EF\u00BB\u00BF)?\{/.test(text)) return decodeText(packed, notes);
  const base64 = text.replace(/^data:[^,]{0,200},/, '');
  if (!/^[\w+/-]+={0,2}$/.test(base64)) {
    throw new CardError('damaged', 'The character in this PNG is damaged and cannot be read; export or download the card again.');
  }
  return decodeText(Buffer.from(base64, 'base64'), notes);
}

function readJsonCard(bytes: Uint8Array, fileName: string): CharacterRead {
  const notes = new Set<string>();
  const text = decodeText(bytes, notes);
  if (!/^\s*[[{]/.test(text) && !/\.json$/i.test(fileName)) {
    throw new CardError('not_a_card', 'This file is neither a PNG nor JSON, so it carries no character; choose a character card.');
  }
  // Chats are many JSON texts, one a line, which as one would only seem damaged.
  const [first = '', second = ''] = text.slice(0, 65_536).trimStart().split('\n', 2);
  if (second.startsWith('{') && /"(user_name|chat_metadata)"/.test(first)) {
    throw new CardError('not_a_card', 'This is a chat, not a character card; choose the card of its character.');
  }
  return readCharacter(text, notes);
}

function readCharacter(text: string, notes: Set<string>): CharacterRead {
  const { spec, fields, whole } = readDocument(parseJson(text, notes), notes);
  const identity = readIdentity(fields, whole, notes);
  const lore = readLorebook(fields['character_book'], notes);
  return { spec, identity, lore, notes: [...notes] };
}
