import { describe, expect, test } from 'vitest';
import type { NewEvent } from '../../src/catalogue.ts';
import { inTurn } from '../../src/catalogue.ts';
import { closeScene, highestOf, settleAccount, settleScene } from '../../src/commands/scenes.ts';
import { given } from '../support/given.ts';
import { opening, people, standing } from '../support/harbour.ts';

const before: readonly NewEvent[] = [...people, ...opening()];
const cast = { personaId: 'ava', hostId: 'mara', guestId: null };
const clock = '2031-05-06T19:00:00.000Z';

function close(events: readonly NewEvent[], place?: Parameters<typeof closeScene>[0]['place']): NewEvent[] {
  return closeScene({ chatId: 'c1', turnId: 't1', scene: standing(events).scene, cast, clock, significance: 2, nextSceneId: 's2', place });
}

describe('SC-2 closing a scene', () => {
  test('ends it at the story time, and opens the next with the same people in the same place', () => {
    const world = given([...before, ...close(before)]);
    expect(world.row('scenes', 's1')).toMatchObject({ closed: true, endedAt: clock, significance: 2 });
    expect(world.row('scenes', 's2')).toMatchObject({ closed: false, startedAt: clock, containerId: 'harbour', participants: ['ava', 'mara'], presentSet: 'you_host' });
    expect(world.row('stages', 'c1')?.sceneId).toBe('s2');
    expect(world.row('owed', 'summaries/s1')).toMatchObject({ turnId: 't1' });
  });

  test('moves everyone to a new place', () => {
    const create = { name: 'The mill', type: 'mill', description: '' };
    const world = given([...before, ...close(before, { containerId: 'mill', create })]);
    expect(world.row('containers', 'mill')).toMatchObject({ name: 'The mill', chatId: 'c1' });
    expect(world.row('activities', 'c1/ava')?.containerId).toBe('mill');
    expect(world.row('scenes', 's2')?.containerId).toBe('mill');
  });

  test('SC-9 closing what is closed does nothing', () => {
    expect(closeScene({ chatId: 'c1', turnId: 't1', scene: undefined, cast, clock, significance: 0, nextSceneId: 's2', place: undefined })).toEqual([]);
    const closed = given([...before, ...close(before)]).row('scenes', 's1');
    expect(closeScene({ chatId: 'c1', turnId: 't1', scene: closed, cast, clock, significance: 0, nextSceneId: 's3', place: undefined })).toEqual([]);
  });
});

const memory = (memoryId: string, significance: 0 | 1 | 2 | 3) =>
  inTurn('c1', 't1', 'memory_written', {
    memoryId, ownerId: 'mara', continuityId: 'shared', kind: 'turn', text: memoryId, witnesses: ['ava', 'mara'], clock, sceneId: 's1',
    aboutTurnId: 't1', source: 'direct', reliability: 1, significance,
  });

function settle(events: readonly NewEvent[], change: Partial<Parameters<typeof settleAccount>[0]> = {}): NewEvent[] {
  const world = given(events);
  const scene = world.row('scenes', 's1');
  if (scene === undefined) throw new Error('The scene is not there.');
  return settleAccount({
    scene,
    turnId: 't1',
    continuityId: 'shared',
    account: {
      ownerId: 'mara',
      summary: 'I met Ava at the harbour.',
      quotes: ['“You are late.”', 'Nobody said this.'],
      feelings: [{ target: 'ava', summary: 'She is late, but she came.' }],
    },
    memories: world.rows('memories').filter((row) => row.ownerId === 'mara' && row.sceneId === 's1'),
    words: ['You are  late.'],
    edges: world.rows('edges').filter((row) => row.source === 'mara'),
    standIn: false,
    byHand: false,
    ...change,
  });
}

describe('ME-7 ME-8 what a bot remembers of a scene', () => {
  const closed = [...before, memory('small', 0), memory('large', 2), ...close(before)];

  test('its own account, what it covers, its quotes word for word, and what it now makes of the other', () => {
    const world = given([...closed, ...settle(closed), settleScene({ chatId: 'c1', sceneId: 's1', significance: 2 }, 't1', [])]);
    expect(world.row('memories', 's1.mara')).toMatchObject({ kind: 'scene', text: 'I met Ava at the harbour.', quotes: ['You are late.'], significance: 2, coveredBy: null });
    expect(['small', 'large'].map((id) => world.row('memories', id)?.coveredBy)).toEqual(['s1.mara', 's1.mara']);
    expect(world.row('edges', 'shared/mara/ava')).toMatchObject({ summary: 'She is late, but she came.', affinity: 60 });
    expect(world.row('owed', 'summaries/s1')).toBeUndefined();
  });

  test('ME-8 closing twice stacks nothing: an account written later takes the place of the one before', () => {
    const standIn = settle(closed, { standIn: true, account: { ownerId: 'mara', summary: 'Plain.', quotes: [], feelings: [] } });
    const world = given([...closed, ...standIn, ...settle([...closed, ...standIn])]);
    const scenes = world.rows('memories').filter((row) => row.kind === 'scene');
    expect(scenes).toHaveLength(1);
    expect(scenes[0]).toMatchObject({ text: 'I met Ava at the harbour.', quotes: ['You are late.'] });
  });

  test('ME-8 where nothing mattered no quotes are kept', () => {
    const dull = [...before, memory('small', 0), ...close(before)];
    expect(given([...dull, ...settle(dull)]).row('memories', 's1.mara')).toMatchObject({ quotes: [], significance: 1 });
  });

  test('SC-9 a stand-in leaves the scene owed and feelings as they are', () => {
    const world = given([...closed, ...settle(closed, { standIn: true })]);
    expect(world.row('owed', 'summaries/s1')).toBeDefined();
    expect(world.row('edges', 'shared/mara/ava')?.summary).toBe('A stranger.');
  });

  test('SC-9 ME-9 what a hand made of the stand-in stays, feelings are put in words all the same', () => {
    expect(settle(closed, { byHand: true }).map(({ kind }) => kind)).toEqual(['edge_summarized']);
  });

  test('ED-2 a summary keeps the one before it', () => {
    const summarized = settle(closed).find((event) => event.kind === 'edge_summarized');
    expect(summarized?.payload).toMatchObject({ prior: 'A stranger.' });
  });
});

test('highestOf is 0 for nothing', () => expect(highestOf([])).toBe(0));
