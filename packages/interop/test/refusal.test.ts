import { describe, expect, it } from 'vitest';
import { CardError, type CardErrorCode, readCard } from '../src/index.ts';
import { base64, chunk, end, header, iTXt, json, pixels, png, pngOf, tEXt, zTXt } from './fixtures.ts';

const MB = 1024 * 1024;
const ann = { name: 'Ann', first_mes: 'Hi' };

function refusal(bytes: Uint8Array, fileName = 'card.png'): [CardErrorCode, string] {
  try {
    readCard(bytes, fileName);
  } catch (error) {
    if (error instanceof CardError) return [error.code, error.message];
    throw error;
  }
  throw new Error('The file was not refused.');
}

const card = (data: Record<string, unknown>) => json({ spec: 'chara_card_v2', data: { name: 'Ann', ...data } });

describe('files that are something else', () => {
  it.each([
    ['This file is empty.', Buffer.alloc(0)],
    ['This is a JPEG picture; pictures carry a character only as PNG.', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16])],
    ['This is a WebP picture; pictures carry a character only as PNG.', Buffer.from('RIFF\0\0\0\0WEBPVP8 ')],
    ['This is a GIF picture; pictures carry a character only as PNG.', Buffer.from('GIF89a')],
    ['This is an AVIF picture; pictures carry a character only as PNG.', Buffer.from('\0\0\0\u001cftypavif')],
    ['This is a HEIC picture; pictures carry a character only as PNG.', Buffer.from('\0\0\0\u001cftypheic')],
    ['This is a BMP picture; pictures carry a character only as PNG.', Buffer.from('BMabcd\0\0\0\0')],
    ['This is a PDF document, not a character card; choose a PNG or JSON card.', Buffer.from('%PDF-1.7')],
    ['This is a gzip archive, not a character card; choose a PNG or JSON card.', Buffer.from([0x1f, 0x8b, 8])],
    ['This is a web page or XML, not a character card; choose a PNG or JSON card.', Buffer.from('\n<!DOCTYPE html>')],
    ['This is a ZIP archive, not a character card; unpack it and choose the PNG or JSON inside.', Buffer.from('PK\u0003\u0004')],
    ['This file is neither a PNG nor JSON, so it carries no character; choose a character card.', Buffer.from('Dear Ann,')],
    ['This is a chat, not a character card; choose the card of its character.', Buffer.from('{"user_name":"A","chat_metadata":{}}\n{"mes":"x"}')],
    ['This is a chat, not a character card; choose the card of its character.', json({ user_name: 'A', chat_metadata: {} })],
    ['This is a lorebook without a character; import the character card that it belongs to.', json({ entries: {} })],
    ['This is a lorebook without a character; import the character card that it belongs to.', json({ spec: 'lorebook_v3', data: {} })],
    ['This JSON holds no character; choose a character card.', json({ name: 'workspace', version: '1' })],
    ['This JSON holds no character; choose a character card.', json({ name: 'x' })],
    ['This JSON holds no character; choose a character card.', json([ann])],
    ['This PNG carries no character; choose the picture of a character card.', png()],
    ['This PNG carries no character; choose the picture of a character card.', png(tEXt('', 'x'), tEXt('x'.repeat(90), ''))],
  ])('IO-4 says: %s', (sentence, bytes) => {
    expect(refusal(bytes)).toEqual(['not_a_card', sentence]);
  });

  it.each([['mira.CHARX', 'PK\u0003\u0004'], ['mira.zip', 'PK\u0003\u0004....card.json']])('IO-4 %s is named as CHARX', (name, bytes) => {
    expect(refusal(Buffer.from(bytes), name)).toEqual([
      'not_a_card',
      'This is a CHARX file, which cannot be read yet; export the card as PNG or JSON and import that.',
    ]);
  });
});

describe('files that are damaged', () => {
  const text = tEXt('chara', base64(ann));
  const long = chunk('tEXt', Buffer.from('x'));
  long.writeUInt32BE(0x7fffffff, 0);

  it.each([
    ['ends too early', png(text).subarray(0, -6)],
    ['ends too early', pngOf(header(), pixels, text)],
    ['ends too early', pngOf()],
    ['ends too early', png(long)],
    ['no valid name', png(chunk('te\0t', Buffer.alloc(0)))],
    ['does not begin with its size', pngOf(pixels, text, end)],
    ['does not begin with its size', pngOf(chunk('IHDR', Buffer.alloc(3)), end)],
    ['no width or no height', pngOf(header(0, 5), pixels, text, end)],
    ['malformed', png(chunk('iTXt', Buffer.from('chara\0\0\0en')))],
    ['malformed', png(chunk('iTXt', Buffer.from('chara\0\0\0en\0x')))],
    ['cannot be unpacked', png(chunk('zTXt', Buffer.from('chara\0\0nonsense')))],
    ['damaged and cannot be read', png(tEXt('chara', '!!!'))],
    ['damaged and cannot be read', png(tEXt('chara', base64(ann).slice(0, -8)))],
    ['damaged on its way', Buffer.from('\u0089PNG\n\u001a\n', 'utf8')], ['damaged on its way', Buffer.from('\u0089PNG\n\u001a\n', 'latin1')],
    ['JSON is damaged', Buffer.from('{"name":"Ann')],
    ['JSON is damaged', Buffer.from('{"name":"Ann" "x"}')],
  ])('IO-4 says: %s', (words, bytes) => {
    const [code, sentence] = refusal(bytes);
    expect(code).toBe('damaged');
    expect(sentence).toContain(words);
  });

  it('IO-4 a text that is called JSON is damaged JSON', () => {
    expect(refusal(Buffer.from('name: Ann'), 'ann.json')[0]).toBe('damaged');
  });

  it('IO-4 what is said of two damaged copies is about the newer', () => {
    expect(refusal(png(tEXt('chara', '!!!'), zTXt('ccv3', base64([1]))))).toEqual(['not_a_card', 'This JSON holds no character; choose a character card.']);
  });

  it('IO-1 a PNG without pixels still gives its character', () => {
    expect(readCard(pngOf(header(), text, end), 'a.png')).toMatchObject({ picture: null, notes: ['The PNG holds a character but no picture.'] });
  });
});

describe('bounds', () => {
  it.each([
    [60 * MB, 'This file is 60 MB; a card may be at most 20 MB.'],
    [20 * MB + 1, 'This file is 20.1 MB; a card may be at most 20 MB.'],
  ])('IO-4 %i bytes are refused with their size', (size, sentence) => {
    expect(refusal(new Uint8Array(size))).toEqual(['too_large', sentence]);
  });

  it('IO-4 the sides of a picture are bounded', () => {
    const huge = pngOf(header(40_000, 3), pixels, tEXt('chara', base64(ann)), end);
    expect(refusal(huge)).toEqual(['too_large', 'This picture is 40,000 by 3 pixels; a card may be at most 10,000 a side.']);
  });

  it('IO-4 a chunk of more than 16 MB is refused, and so are too many', () => {
    expect(refusal(png(chunk('tEXt', Buffer.alloc(16 * MB + 1))))).toEqual(['too_large', 'This PNG has a part of more than 16 MB, which is too large for a card.']);
    expect(refusal(png(Buffer.concat(Array<Buffer>(40_001).fill(chunk('teXt', Buffer.alloc(0)))))))
      .toEqual(['too_large', 'This PNG has more than 40,000 parts, which no picture needs.']);
  });

  it.each([zTXt('chara', Buffer.alloc(17 * MB)), iTXt('ccv3', ' '.repeat(17 * MB), true)])('IO-4 a bomb stops at 16 MB', (bomb) => {
    expect(refusal(png(bomb, tEXt('chara', base64(ann))))).toEqual(['too_large', 'The character in this PNG unpacks to more than 16 MB, which is too large for a card.']);
  });

  it('IO-4 nesting and number of values are bounded', () => {
    const nested = (depth: number) => Buffer.from(`{"name":"Ann","first_mes":"[[","x":${'['.repeat(depth)}${']'.repeat(depth)}}`);
    expect(readCard(nested(63), 'a.json').identity.name).toBe('Ann');
    expect(refusal(nested(64))).toEqual(['too_large', "This card's JSON is nested more than 64 levels deep, which no card needs."]);
    expect(refusal(Buffer.from('['.repeat(10 * MB)))[0]).toBe('too_large');
    expect(refusal(Buffer.from(`{"name":"Ann","x":[${'0,'.repeat(600_000)}0]}`))[1]).toBe("This card's JSON has more than 450,000 parts, which no card needs.");
    expect(refusal(json({ ...ann, tags: Array.from({ length: 6_000 }, (_, n) => n) }))[1]).toBe('The tags are more than 5,000, which no card needs.');
    expect(refusal(json({ ...ann, tags: Array.from({ length: 6_000 }, (_, n) => n).join(',') }))[1]).toBe('The tags are more than 5,000, which no card needs.');
  });

  it('IO-4 lore entries are bounded', () => {
    const book = (count: number) => card({ character_book: { entries: Array.from({ length: count }, () => ({ content: 'x' })) } });
    expect(readCard(book(5_000), 'a.json').lore).toHaveLength(5_000);
    expect(refusal(book(5_001))).toEqual(['too_large', "The card's lorebook has 5,001 entries; at most 5,000 can be kept."]);
  });

  it.each([
    [{ name: 'a'.repeat(121) }, "The card's name is 121 characters long; at most 120 can be kept, so shorten it in the card first."],
    [{ first_mes: 'a'.repeat(100_001) }, "The card's first message is 100,001 characters long; at most 100,000 can be kept, so shorten it in the card first."],
    [{ tags: ['a'.repeat(121)] }, "One of the card's tags is 121 characters long; at most 120 can be kept, so shorten it in the card first."],
    [{ tags: Array.from({ length: 201 }, (_, n) => `t${n}`) }, 'The card has 201 tags; at most 200 can be kept, so remove some in the card first.'],
    [{ character_book: [{ content: 'a' }, { content: 'a'.repeat(100_001) }] }, "The card's text in lorebook entry 2 is 100,001 characters long; at most 100,000 can be kept, so shorten it in the card first."],
    [{ character_book: [{ content: 'a', secondary_keys: ['a'.repeat(501)] }] }, "One of the card's secondary keys in lorebook entry 1 is 501 characters long; at most 500 can be kept, so shorten it in the card first."],
  ])('IO-4 a text over its limit refuses the card, naming field and limit (%#)', (data, sentence) => {
    expect(refusal(card(data))).toEqual(['too_large', sentence]);
  });

  it.each(['', '  ', null, '\u0000\u0007', '\u200b\u2060', {}, false])('IO-4 the name %j is no name', (name) => {
    expect(refusal(card({ name }))).toEqual(['no_name', 'The character in this card has no name; give it one in the card and import it again.']);
  });
});
