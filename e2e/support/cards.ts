import { CCardLib, type CharacterCardV2 } from '@risuai/ccardlib';
import type { Page } from '@playwright/test';
import { encode as textChunk } from 'png-chunk-text';
import encodePng from 'png-chunks-encode';
import extractChunks from 'png-chunks-extract';
import type { CardFile } from '../pages/import-page.ts';

/** A card as other programs write it: every field of the second format, a book, fields of a maker's own. */
export const mira: CharacterCardV2 = {
  spec: 'chara_card_v2',
  spec_version: '2.0',
  data: {
    name: 'Mira Sand',
    description: '{{char}} keeps the lighthouse and distrusts the sea.',
    personality: 'dry, patient, afraid of storms',
    scenario: 'A night of fog. {{user}} has come up the stairs.',
    first_mes: '*{{char}} turns the lamp.* "You took your time, {{user}}."',
    mes_example: '<START>\n{{user}}: Is it far?\n{{char}}: Everything is far in fog.',
    creator_notes: 'Made for a test.',
    system_prompt: '',
    post_history_instructions: '',
    alternate_greetings: ['"Mind the third step, {{user}}."'],
    tags: ['sea', 'lighthouse'],
    creator: 'someone',
    character_version: '1.1',
    extensions: { depth_prompt: { prompt: 'fog', depth: 4 } },
    character_book: {
      extensions: {},
      entries: [{ keys: ['lamp'], content: 'The lamp burns whale oil.', extensions: {}, enabled: true, insertion_order: 1 }],
    },
  },
};

/** The card in the first, second or third format, as another program converts it. */
export function converted(to: 'v1' | 'v2' | 'v3'): unknown {
  return to === 'v2' ? mira : CCardLib.character.convert(structuredClone(mira), { from: 'v2', to });
}

/** A picture drawn by the browser, with these texts in it: a PNG that nothing of ours has made. */
export async function pngWith(page: Page, texts: Readonly<Record<string, string>>): Promise<Buffer> {
  const picture = await page.screenshot({ clip: { x: 0, y: 0, width: 96, height: 96 }, type: 'png' });
  const chunks = extractChunks(picture);
  chunks.splice(-1, 0, ...Object.entries(texts).map(([keyword, text]) => textChunk(keyword, text)));
  return Buffer.from(encodePng(chunks));
}

/** The same picture with the length of its first piece of pixels claimed as two gigabytes. */
export function hugeChunk(picture: Buffer): Buffer {
  const bytes = Buffer.from(picture);
  bytes.writeUInt32BE(0x7fffffff, bytes.indexOf('IDAT') - 4);
  return bytes;
}

/** A card in a picture, as cards are passed around. */
export async function pngCard(page: Page, card: unknown = mira, keyword = 'chara'): Promise<CardFile> {
  const text = Buffer.from(JSON.stringify(card)).toString('base64');
  return { name: 'mira.png', mimeType: 'image/png', buffer: await pngWith(page, { [keyword]: text }) };
}

/** A card as a JSON file. */
export function jsonCard(card: unknown): CardFile {
  return { name: 'card.json', mimeType: 'application/json', buffer: Buffer.from(typeof card === 'string' ? card : JSON.stringify(card)) };
}
