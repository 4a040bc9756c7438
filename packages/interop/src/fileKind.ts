import { CardError } from './cardError.ts';

/** Kinds of file told by their first bytes, with words for what they were found to be. */
const KINDS: readonly (readonly [test: (head: string) => boolean, found: string])[] = [
  [(head) => head.startsWith('\u00FF\u00D8\u00FF'), 'a JPEG picture'],
  [(head) => head.startsWith('RIFF') && head.startsWith('WEBP', 8), 'a WebP picture'],
  [(head) => head.startsWith('GIF8'), 'a GIF picture'],
  [(head) => /^ftyp(avif|avis)/.test(head.slice(4)), 'an AVIF picture'],
  [(head) => /^ftyp(heic|heix|mif1)/.test(head.slice(4)), 'a HEIC picture'],
  [(head) => /^BM[\s\S]{4}\0{4}/.test(head), 'a BMP picture'],
  [(head) => head.startsWith('%PDF'), 'a PDF document'],
  [(head) => head.startsWith('\u001F\u008B'), 'a gzip archive'],
  [(head) => /^\s*<(!doctype|html|svg|\?xml)/i.test(head), 'a web page or XML'],
];

/**
 * Refuses files that are neither PNG nor text, saying what they were found to be. The name is only read for its ending.
 * @throws CardError `not_a_card`, or `damaged` for a PNG spoilt on its way.
 */
export function refuseOtherKinds(bytes: Uint8Array, fileName: string): void {
  if (bytes.length === 0) throw new CardError('not_a_card', 'This file is empty.');
  const head = Buffer.from(bytes.subarray(0, 256)).toString('latin1');
  if (head.startsWith('PK')) throw refusedArchive(bytes, fileName);
  // Text transfer turns the line break in a PNG's first bytes, or the one before them.
  if (/^[\s\S]{0,3}PNG\s/.test(head)) {
    throw new CardError('damaged', 'This PNG was damaged on its way, as if it had been sent as text; download it again.');
  }
  const found = KINDS.find(([test]) => test(head))?.[1];
  if (found === undefined) return;
  throw new CardError(
    'not_a_card',
    found.endsWith('picture')
      ? `This is ${found}; pictures carry a character only as PNG.`
      : `This is ${found}, not a character card; choose a PNG or JSON card.`,
  );
}

function refusedArchive(bytes: Uint8Array, fileName: string): CardError {
  const isCharx = /\.charx$/i.test(fileName) || Buffer.from(bytes).includes('card.json');
  return new CardError(
    'not_a_card',
    isCharx
      ? 'This is a CHARX file, which cannot be read yet; export the card as PNG or JSON and import that.'
      : 'This is a ZIP archive, not a character card; unpack it and choose the PNG or JSON inside.',
  );
}
