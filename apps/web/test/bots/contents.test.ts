import { expect, test } from 'vitest';
import { contentsOf } from '../../src/features/bots/contents.ts';

const card = { identity: { name: 'Mara' }, lore: [], avatar: null, notes: [], spec: 'v2' };

test('IO-1 what a card holds is said before it is kept', () => {
  expect(contentsOf(card)).toEqual(['Card V2']);
  expect(
    contentsOf({
      ...card,
      identity: { name: 'Mara', greeting: 'Hi.', alternateGreetings: ['Ho.'], voiceSamples: ['x'], tags: ['sea', 'fog'] },
      lore: [{ content: 'a' }],
    }),
  ).toEqual(['Card V2', '2 greetings', '1 voice sample', '1 knowledge entry', '2 tags']);
});
