import { expect, test } from 'vitest';
import type { NewEvent } from '../../src/catalogue.ts';
import { inLibrary, inTurn } from '../../src/catalogue.ts';
import { setGuest } from '../../src/commands/guest.ts';
import { given } from '../support/given.ts';
import { opening, people, standing } from '../support/harbour.ts';

const before: readonly NewEvent[] = [...people, inLibrary('bot_authored', { botId: 'jon', identity: { name: 'Jon' } }), ...opening()];
const come = (events: readonly NewEvent[], guestId: string | null) => [...events, ...setGuest(standing(events), guestId)];

test('GU-1 a guest is present from the next word on, and gone when let go', () => {
  const here = come(before, 'jon');
  expect(given(here).row('scenes', 's1')).toMatchObject({ present: ['ava', 'mara', 'jon'], presentSet: 'you_host_guest' });
  expect(given(here).row('stages', 'c1')?.guestId).toBe('jon');
  const gone = come(here, null);
  expect(given(gone).row('scenes', 's1')).toMatchObject({ present: ['ava', 'mara'], participants: ['ava', 'mara', 'jon'], presentSet: 'you_host' });
});

test('GU-1 what is so already is no change', () => {
  expect(setGuest(standing(before), null)).toEqual([]);
  const here = come(before, 'jon');
  expect(setGuest(standing(here), 'jon')).toEqual([]);
});

test('GU-1 the host is no guest, and there is room for one', () => {
  expect(() => setGuest(standing(before), 'mara')).toThrow('already');
  expect(() => setGuest(standing(come(before, 'jon')), 'pia')).toThrow('Let that one go first');
});

test('GU-1 nobody comes or goes while a reply is being written', () => {
  const turn = { parentId: 't1', depth: 2, speakerId: 'mara', addresseeId: 'ava', sceneId: 's1', witnesses: ['ava', 'mara'], clock: null, model: 'm' };
  expect(() => setGuest(standing([...before, inTurn('c1', 't2', 'assistant_turn_started', turn)]), 'jon')).toThrow('still being written');
});
