import { expect, test } from 'vitest';
import { fitting } from '../../src/features/palette/listed.ts';
import type { Offer } from '../../src/lib/offers.ts';

const offer = (name: string, also = ''): Offer => ({ id: name, name, also, run: () => undefined });
const shelves = [
  { title: 'Chats', first: 1, offers: [offer('The mill'), offer('A night at the harbour', 'chat Mara')] },
  { title: 'Bots', first: 0, offers: [offer('Play with Mara')] },
  { title: 'Pages', offers: [offer('Settings', 'models'), offer('Écrits')] },
];
const names = (sought: string): string[][] => fitting(shelves, sought).map(({ title, offers }) => [title, ...offers.map(({ name }) => name)]);

test('UI-5 before anything is sought each shelf shows its first, and what shows none is left out', () => {
  expect(names('')).toEqual([['Chats', 'The mill'], ['Pages', 'Settings', 'Écrits']]);
});

test('UI-5 every word counts, in the name or beside it, without case and accents; names that begin so come first', () => {
  expect(names('mara')).toEqual([['Bots', 'Play with Mara'], ['Chats', 'A night at the harbour']]);
  expect(names('night MARA')).toEqual([['Chats', 'A night at the harbour']]);
  expect(names('ecr')).toEqual([['Pages', 'Écrits']]);
  expect(names('nobody')).toEqual([]);
  const all = fitting([{ title: 'Any', offers: [offer('Remember them'), offer('Close', 'them'), offer('Themes')] }], 'them');
  expect(all[0]?.offers.map(({ name }) => name)).toEqual(['Remember them', 'Themes', 'Close']);
});
