import { expect, test } from 'vitest';
import { findBots } from '../../src/features/bots/find-bots.ts';
import { matching } from '../../src/features/chats/matching.ts';

const chats = [
  { title: 'The harbour', lastLine: 'Good night.', bot: { name: 'Mára' } },
  { title: 'A lift', lastLine: 'Barley and leek.', bot: { name: 'Halina' } },
  { title: 'Nobody', lastLine: '', bot: null },
];

test('UI-1 chats are found by title, name and last line, whatever the case and accents', () => {
  expect(matching(chats, 'MARA harb').map(({ title }) => title)).toEqual(['The harbour']);
  expect(matching(chats, 'leek').map(({ title }) => title)).toEqual(['A lift']);
  expect(matching(chats, '  ')).toHaveLength(3);
  expect(matching(chats, 'dragon')).toEqual([]);
});

test('UI-9 bots whose name fits stand before those who only speak of it', () => {
  const bots = [
    { name: 'Anna', tags: ['sea'], persona: 'Knows Osgar.' },
    { name: 'Osgar', tags: [], persona: '' },
  ];
  expect(findBots(bots, 'osgar').map(({ name }) => name)).toEqual(['Osgar', 'Anna']);
  expect(findBots(bots, 'sea').map(({ name }) => name)).toEqual(['Anna']);
});
