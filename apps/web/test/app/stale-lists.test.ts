import { expect, test } from 'vitest';
import { staleLists } from '../../src/app/stale-lists.ts';

test('LV-1 only the lists that a commit touches are read again', () => {
  expect(staleLists({ type: 'commit', seq: 1, path: [], rows: [{ p: 'chats', key: 'c', row: null }] })).toEqual(['chats']);
  expect(staleLists({ type: 'commit', seq: 1, path: [], rows: [{ p: 'memories', key: 'm', row: null }] })).toEqual([]);
});

test('LV-1 a bot shows in the list of chats too', () => {
  expect(staleLists({ type: 'commit', seq: 1, path: [], rows: [{ p: 'bots', key: 'b', row: null }] })).toEqual(['chats', 'bots']);
});

test('LV-2 after a reset everything is read again, after words nothing', () => {
  expect(staleLists({ type: 'reset', seq: 1 })).toEqual(['chats', 'bots', 'personas']);
  expect(staleLists({ type: 'words', chatId: 'c', turnId: 't', offset: 0, text: 'x' })).toEqual([]);
});
