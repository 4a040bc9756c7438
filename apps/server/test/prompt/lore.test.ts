import type { Row } from '@offstage/domain';
import { expect, test } from 'vitest';
import { LoreIndex } from '../../src/prompt/lore.ts';

function entry(loreId: string, changes: Partial<Row<'lore'>> = {}): Row<'lore'> {
  return { loreId, botId: null, chatId: null, name: loreId, keys: [], secondaryKeys: [], content: `About ${loreId}.`, enabled: true, constant: false, order: 100, ...changes };
}

const here = { botId: 'mara', chatId: 'c1' };
const found = (entries: readonly Row<'lore'>[], text: string) => new LoreIndex(entries).find(text, here).map(({ entry: one, key }) => [one.loreId, key]);

test('WD-13 an entry is found by a key that is a word of what was said, in any case', () => {
  const entries = [entry('light', { keys: ['Lighthouse', 'the old lamp'] }), entry('cat', { keys: ['cat'] })];
  expect(found(entries, 'Is that the LIGHTHOUSE?')).toEqual([['light', 'Lighthouse']]);
  expect(found(entries, 'the old, *lamp* went out')).toEqual([['light', 'the old lamp']]);
  expect(found(entries, 'a catalogue of lamps')).toEqual([]);
});

test('WD-13 secondary keys bind: one of them must be there too', () => {
  const entries = [entry('feud', { keys: ['harbour'], secondaryKeys: ['brother', 'uncle'] })];
  expect(found(entries, 'We met at the harbour.')).toEqual([]);
  expect(found(entries, 'Her uncle owns the harbour.')).toEqual([['feud', 'harbour']]);
});

test('WD-13 a bot, a chat and the whole library have their own; another one\'s is never found', () => {
  const keys = ['rain'];
  const entries = [
    entry('all', { keys }), entry('hers', { keys, botId: 'mara' }), entry('his', { keys, botId: 'jon' }), entry('chat', { keys, chatId: 'c1' }), entry('other', { keys, chatId: 'c2' }),
  ];
  expect(found(entries, 'Rain.').map(([id]) => id)).toEqual(['all', 'chat', 'hers']);
});

test('WD-13 constant entries always stand, disabled and empty ones never, and all in their order', () => {
  const entries = [
    entry('late', { constant: true, order: 200 }), entry('early', { keys: ['rain'], order: 1 }), entry('off', { constant: true, enabled: false }), entry('empty', { constant: true, content: ' ' }),
  ];
  expect(found(entries, 'rain')).toEqual([['early', 'rain'], ['late', null]]);
});

test('WD-13 keys in scripts without spaces are found within a line', () => {
  expect(found([entry('tower', { keys: ['灯台'] })], '古い灯台のそばで')).toEqual([['tower', '灯台']]);
});

test('PF-1 thousands of entries cost next to nothing', () => {
  const index = new LoreIndex(Array.from({ length: 5_000 }, (_, n) => entry(`e${n}`, { keys: [`word${n}`, `two words ${n}`] })));
  const text = Array.from({ length: 1_000 }, (_, n) => `some word${n * 7} here`).join(' ');
  const began = performance.now();
  expect(index.find(text, here).length).toBeGreaterThan(500);
  expect(performance.now() - began).toBeLessThan(100);
});
