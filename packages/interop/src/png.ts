import { crc32, inflateSync } from 'node:zlib';
import { CardError } from './cardError.ts';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const MB = 1024 * 1024;
/** Most bytes in one chunk, and in one text after inflating: the largest cards seen stay under 4 MB. */
const MAX_CHUNK = 16 * MB;
/** Longest side in pixels; decoded, that is 400 MB already. */
const MAX_SIDE = 10_000;
/** Most chunks: 20 MB in pieces of 512 bytes. */
const MAX_CHUNKS = 40_000;

/** One chunk: its type, its data, and the whole of it with length and checksum, as views into the file. */
export interface PngChunk {
  readonly type: string;
  readonly data: Uint8Array;
  readonly whole: Uint8Array;
}

/** Whether the bytes begin like a PNG. */
export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, at) => bytes[at] === byte);
}

/**
 * The chunks of a PNG from IHDR to IEND; nothing is copied. A wrong checksum is set right in a copy of its chunk, with
 * a note; bytes after the end are left out.
 * @throws CardError `damaged` where the file is cut or malformed, `too_large` over a bound.
 */
export function readChunks(bytes: Uint8Array, notes: Set<string>): PngChunk[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: PngChunk[] = [];
  let at = SIGNATURE.length;
  while (chunks.at(-1)?.type !== 'IEND') {
    if (at + 12 > bytes.length) throw cutShort();
    const length = view.getUint32(at);
    const type = latin1(bytes.subarray(at + 4, at + 8));
    if (!/^[A-Za-z]{4}$/.test(type)) throw damaged('one of its parts has no valid name');
    if (length > bytes.length - at - 12) throw cutShort();
    if (length > MAX_CHUNK) throw new CardError('too_large', `This PNG has a part of more than ${MAX_CHUNK / MB} MB, which is too large for a card.`);
    if (chunks.length >= MAX_CHUNKS) throw new CardError('too_large', `This PNG has more than ${MAX_CHUNKS.toLocaleString('en')} parts, which no picture needs.`);
    const data = bytes.subarray(at + 8, at + 8 + length);
    const whole = bytes.subarray(at, at + 12 + length);
    const sum = crc32(bytes.subarray(at + 4, at + 8 + length));
    chunks.push({ type, data, whole: view.getUint32(at + 8 + length) === sum ? whole : withSum(whole, sum, notes) });
    at += 12 + length;
  }
  checkHeader(chunks[0]);
  if (at < bytes.length) notes.add("What stood after the picture's end was left out.");
  return chunks;
}

/** The first text that a PNG carries under a keyword (any case), as bytes: from tEXt, zTXt or iTXt. */
export function textNamed(chunks: readonly PngChunk[], keyword: string): Uint8Array | undefined {
  const chunk = chunks.find((candidate) => keywordOf(candidate) === keyword);
  return chunk && textOf(chunk);
}

/** The PNG put together again without the texts under these keywords. */
export function withoutTexts(chunks: readonly PngChunk[], keywords: readonly string[]): Uint8Array {
  const kept = chunks.filter((chunk) => !keywords.includes(keywordOf(chunk) ?? ''));
  const bytes = new Uint8Array(kept.reduce((sum, chunk) => sum + chunk.whole.length, SIGNATURE.length));
  bytes.set(SIGNATURE);
  let at = SIGNATURE.length;
  for (const { whole } of kept) {
    bytes.set(whole, at);
    at += whole.length;
  }
  return bytes;
}

function keywordOf({ type, data }: PngChunk): string | undefined {
  if (type !== 'tEXt' && type !== 'zTXt' && type !== 'iTXt') return undefined;
  // The standard allows 79 bytes; the next one must be zero.
  const end = data.subarray(0, 80).indexOf(0);
  return end < 1 ? undefined : latin1(data.subarray(0, end)).trim().toLowerCase();
}

function textOf({ type, data }: PngChunk): Uint8Array {
  const value = data.subarray(data.indexOf(0) + 1);
  if (type === 'tEXt') return value;
  if (type === 'zTXt') return inflate(value.subarray(1));
  // iTXt: compressed or not, method, language, translated keyword, text.
  const language = value.indexOf(0, 2);
  const translated = language === -1 ? -1 : value.indexOf(0, language + 1);
  if (translated === -1) throw damaged('the text that holds the character is malformed');
  const text = value.subarray(translated + 1);
  return value[0] === 1 ? inflate(text) : text;
}

function inflate(packed: Uint8Array): Uint8Array {
  try {
    return inflateSync(packed, { maxOutputLength: MAX_CHUNK, chunkSize: 256 * 1024 });
  } catch (error) {
    if (error instanceof RangeError) {
      throw new CardError('too_large', `The character in this PNG unpacks to more than ${MAX_CHUNK / MB} MB, which is too large for a card.`);
    }
    throw damaged('the text that holds the character cannot be unpacked');
  }
}

function checkHeader(header: PngChunk | undefined): void {
  if (header?.type !== 'IHDR' || header.data.length !== 13) throw damaged('it does not begin with its size');
  const view = new DataView(header.data.buffer, header.data.byteOffset, 8);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  if (width === 0 || height === 0) throw damaged('it has no width or no height');
  if (width > MAX_SIDE || height > MAX_SIDE) {
    const [w, h, most] = [width, height, MAX_SIDE].map((n) => n.toLocaleString('en'));
    throw new CardError('too_large', `This picture is ${w} by ${h} pixels; a card may be at most ${most} a side.`);
  }
}

function withSum(whole: Uint8Array, sum: number, notes: Set<string>): Uint8Array {
  notes.add('A checksum in the picture was wrong; it was set right.');
  const copy = Uint8Array.from(whole);
  new DataView(copy.buffer).setUint32(copy.length - 4, sum);
  return copy;
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function cutShort(): CardError {
  return damaged('it ends too early');
}

function damaged(how: string): CardError {
  return new CardError('damaged', `This PNG is damaged, ${how}; export or download the card again.`);
}
