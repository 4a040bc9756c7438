import { expect, test } from 'vitest';
import { beginChat, kickoffDraft } from '../../src/commands/kickoff.ts';
import { given } from '../support/given.ts';
import { draft, opening, people } from '../support/harbour.ts';

test('SC-1 a confirmed kickoff writes chat, place, activities, scene, clock and weather', () => {
  const world = given([...people, ...opening()]);
  expect(world.row('chats', 'c1')).toMatchObject({ title: 'The harbour', hostId: 'mara', personaId: 'ava', head: 't1' });
  expect(world.row('stages', 'c1')).toMatchObject({ clock: draft.clock, anchor: 'Day 1 = Tuesday', weather: 'Rain', sceneId: 's1' });
  expect(world.row('containers', 'harbour')).toMatchObject({ name: 'The harbour', type: 'quay' });
  expect(world.row('activities', 'c1/ava')).toMatchObject({ posture: 'standing', holding: ['an umbrella'], containerId: 'harbour' });
  expect(world.row('activities', 'c1/mara')).toMatchObject({ posture: 'sitting', action: null });
  expect(world.row('scenes', 's1')).toMatchObject({ participants: ['ava', 'mara'], presentSet: 'you_host', closed: false });
});

test('WD-7 the edges are seeded, yours in the middle', () => {
  const world = given([...people, ...opening()]);
  expect(world.row('edges', 'shared/mara/ava')).toMatchObject({ affinity: 60, trust: 40, summary: 'A stranger.' });
  expect(world.row('edges', 'shared/ava/mara')).toMatchObject({ affinity: 50, trust: 50, summary: '' });
});

test('SC-1 a greeting is the bot\'s first turn, and a memory of it is owed', () => {
  const world = given([...people, ...opening()]);
  expect(world.row('turns', 't1')).toMatchObject({ speakerId: 'mara', depth: 1, text: 'You are late.', finishReason: 'written', status: 'whole' });
  expect(world.rows('owed')).toMatchObject([{ what: 'passes', turnId: 't1' }]);
});

test('SC-1 without a greeting the chat stands at its root and nothing is owed', () => {
  const world = given([...people, ...opening({ draft: { ...draft, greeting: '  ' } })]);
  expect(world.row('chats', 'c1')?.head).toBe('t0');
  expect(world.rows('owed')).toEqual([]);
});

test('WD-14 a second chat in a shared continuity makes none and leaves the edge as it is', () => {
  const second = beginChat({
    chatId: 'c2', botId: 'mara', personaId: 'ava', continuityId: 'shared', newContinuity: null,
    draft: { ...draft, edge: { affinity: 1, trust: 1, summary: 'No.' } },
    kickoffTurnId: 'u0', greetingTurnId: 'u1', containerId: 'k2', sceneId: 's2',
  });
  const world = given([...people, ...opening(), ...second]);
  expect(world.rows('continuities')).toHaveLength(1);
  expect(world.row('edges', 'shared/mara/ava')?.affinity).toBe(60);
});

test('SC-1 a draft that does not fit names its field', () => {
  const read = kickoffDraft.safeParse({ ...draft, clock: 'tomorrow' });
  expect(read.error?.issues[0]?.path).toEqual(['clock']);
});
