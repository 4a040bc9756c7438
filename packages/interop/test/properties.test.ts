import fc from 'fast-check';
import { botIdentity } from '@offstage/domain/shapes';
import { describe, expect, it } from 'vitest';
import { CardError, fillMacros, type ImportedCard, readCard } from '../src/index.ts';
import { base64, iTXt, json, png, tEXt, zTXt } from './fixtures.ts';

const MB = 1024 * 1024;

/** What the worst file may take of the processor, in ms: a second on a machine at rest, with room for a busy one. */
const WORST_MS = 6_000;

/** Reads, or is refused with a CardError, in bounded time. */
function survives(bytes: Uint8Array, fileName = 'card.json'): void {
  const start = process.cpuUsage();
  const outcome = attempt(bytes, fileName);
  const { user, system } = process.cpuUsage(start);
  expect((user + system) / 1_000).toBeLessThan(WORST_MS);
  if (outcome instanceof CardError) expect(outcome.message).toMatch(/^[A-Z][^\n]*\.$/);
  else expect(botIdentity.safeParse(outcome.identity).success).toBe(true);
}

function attempt(bytes: Uint8Array, fileName: string): ImportedCard | CardError {
  try {
    return readCard(bytes, fileName);
  } catch (error) {
    if (error instanceof CardError) return error;
    throw error;
  }
}

const fields = [
  'name', 'description', 'personality', 'scenario', 'first_mes', 'mes_example', 'creator_notes', 'alternate_greetings',
  'tags', 'character_book', 'extensions', 'system_prompt', 'group_only_greetings', 'creator_notes_multilingual',
];
const entryFields = ['keys', 'key', 'content', 'enabled', 'insertion_order', 'selective', 'secondary_keys', 'name', 'comment', 'constant', 'use_regex'];
const anything = fc.jsonValue({ maxDepth: 4 });
const lore = fc.array(fc.dictionary(fc.constantFrom(...entryFields), anything), { maxLength: 4 });
const data = fc.dictionary(fc.constantFrom(...fields), fc.oneof(anything, fc.string({ unit: 'binary' }), fc.record({ entries: fc.oneof(lore, anything) }), lore));
const document = fc.oneof(
  anything,
  data,
  fc.record({ spec: fc.constantFrom<unknown>('chara_card_v2', 'chara_card_v3', 'lorebook_v3', 2, null), data: fc.oneof(data, anything) }),
);

describe('any file at all', () => {
  it('IO-4 arbitrary bytes are read or refused', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 2_000 }), fc.string(), survives), { numRuns: 500 });
  });

  it('IO-4 arbitrary text is read or refused', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => survives(Buffer.from(`{${text}`))), { numRuns: 500 });
  });

  it('IO-4 arbitrary JSON is read or refused, alone and in a PNG', () => {
    fc.assert(
      fc.property(document, (card) => {
        survives(json(card));
        survives(png(tEXt('chara', base64(card))), 'card.png');
      }),
      { numRuns: 1_000 },
    );
  });

  it('IO-4 a card with bytes changed or cut away is read or refused', () => {
    const text = base64({ spec: 'chara_card_v2', data: { name: 'Ann', first_mes: 'Hi', character_book: { entries: [{ content: 'x' }] } } });
    const cards = [png(tEXt('chara', text)), png(zTXt('ccv3', text), tEXt('chara', text)), png(iTXt('chara', text, true))];
    const change = fc.tuple(fc.nat(600), fc.nat(255));
    fc.assert(
      fc.property(fc.constantFrom(...cards), fc.array(change, { maxLength: 6 }), fc.nat(200), (card, changes, cut) => {
        const bytes = Uint8Array.from(card);
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        survives(bytes.subarray(0, bytes.length - Math.max(0, cut - 100)), 'card.png');
      }),
      { numRuns: 1_000 },
    );
  });

  // Counting coverage slows loops several times over, hence the second try and sizes that leave room.
  it.each([
    ['one long text', () => json({ name: 'Ann', first_mes: 'x'.repeat(19 * MB) })],
    ['one long unclosed text', () => Buffer.from(`{"name":"${'x\n'.repeat(9 * MB)}`)],
    ['many line breaks in texts', () => Buffer.from(`{"name":"Ann","x":"${'\n'.repeat(499_000)}"}`)],
    ['spaces', () => Buffer.alloc(20 * MB, 0x20)],
    ['zeros in the middle', () => Buffer.concat([Buffer.from('{'), Buffer.alloc(19 * MB), Buffer.from('x')])],
    ['commas', () => Buffer.from(`[${','.repeat(400_000)}`)],
    ['as many values as may be', () => Buffer.from(`{"name":"Ann","first_mes":"","x":[${'{},'.repeat(220_000)}0]}`)],
    ['many backslashes', () => Buffer.from(`{"name":"${'\\\\'.repeat(2 * MB)}${'\\"'.repeat(MB)}`)],
    ['many words', () => json({ name: 'Ann', first_mes: '', tags: Array.from({ length: 1_000_000 }, (_, n) => n).join(',') })],
    ['as many keys as may be', () => Buffer.from(`{"name":"Ann","first_mes":""${Array.from({ length: 220_000 }, (_, n) => `,"k${n}":1`).join('')}}`)],
    ['broken bytes', () => Buffer.concat([Buffer.from('{"é":"'), Buffer.alloc(19 * MB, 0xff)])],
    ['escapes', () => Buffer.from(`{"name":"Ann","first_mes":"${'\\u0041'.repeat(3 * MB)}"}`)],
    ['example dialogue', () => json({ name: 'Ann', mes_example: '<START>\n{{char}}: a:'.repeat(500_000) })],
    ['lore keys', () => json({ name: 'Ann', first_mes: '', character_book: [{ content: '@@a\n'.repeat(2_000_000), keys: ', '.repeat(2_000_000) }] })],
    ['a packed text of 16 MB', () => png(zTXt('chara', Buffer.alloc(16 * MB, 0x41)))],
  ])('IO-4 the worst of its kind takes bounded time: %s', { timeout: 30_000 }, (_name, make) => {
    survives(make());
  });
});

describe('macros', () => {
  const names = { char: 'Mira', user: 'Ann' };

  it('IO-1 names take the place of macros, in any case', () => {
    expect(fillMacros('{{char}} {{User}} {{ CHAR }} <BOT> <user> {{char}}', names)).toBe('Mira Ann Mira Mira Ann Mira');
  });

  it('IO-1 comments go, unknown macros stay', () => {
    expect(fillMacros('a{{// by {{user}}, {x} }}b{{//}}c {{random:a,b}} {{original}} {{ // x }} {{// open', names)).toBe(
      'abc {{random:a,b}} {{original}} {{ // x }} {{// open',
    );
  });

  it('IO-1 a name is put in as it is', () => {
    expect(fillMacros('{{char}}!', { char: '{{user}} $& $1', user: 'x' })).toBe('{{user}} $& $1!');
  });

  it('IO-4 filling any text ends at once and is done after one pass', () => {
    fc.assert(fc.property(fc.string(), (text) => {
      if (!/[{<]/.test(text)) expect(fillMacros(text, names)).toBe(text);
    }));
    for (const part of ['{{//', '{{//{{a}}', '{{ ', '{', '}}', '{{// {', '<bot', '{{//x}']) {
      const start = performance.now();
      fillMacros(part.repeat(100_000), names);
      expect(performance.now() - start).toBeLessThan(WORST_MS);
    }
  });
});
