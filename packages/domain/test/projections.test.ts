import { describe, expect, test } from 'vitest';
import { inChat, inLibrary, inTurn } from '../src/catalogue.ts';
import type { NewEvent } from '../src/catalogue.ts';
import { given } from './support/given.ts';

const CLOCK = '1889-10-05T06:00:00.000Z';
const start = (parentId: string | null, depth: number) => ({
  parentId, depth, speakerId: 'p', addresseeId: null, sceneId: null, witnesses: ['p', 'b'], clock: CLOCK, text: 'Words.',
});
const chat: NewEvent[] = [
  inChat('c', 'chat_created', { kind: 'roleplay', title: 'Pier', hostId: 'b', personaId: 'p', continuityId: 'k' }),
  inTurn('c', 't0', 'kickoff_confirmed', start(null, 0)),
];
const place = { name: 'Pier', type: 'outdoors', description: '', moving: false, public: true, audibleRange: 'near', parentId: null };
const memory = { memoryId: 'm', ownerId: 'b', continuityId: 'k' };
const written = (significance: 0 | 1 | 2 | 3, memoryId = 'm') =>
  inTurn('c', 't0', 'memory_written', {
    ...memory, memoryId, kind: 'turn', text: 'The rain came.', witnesses: ['p', 'b'], clock: CLOCK, sceneId: null, aboutTurnId: 't0',
    source: 'direct', reliability: 1, significance,
  });
const edge = { continuityId: 'k', source: 'b', target: 'p' };

describe('the world', () => {
  test('WD-3 a chat has a clock, weather and an anchor, and time passes in it', () => {
    const world = given([
      ...chat,
      inTurn('c', 't0', 'clock_set', { clock: CLOCK, anchor: 'Day 1 = the storm' }),
      inTurn('c', 't0', 'weather_set', { weather: 'Rain' }),
      inTurn('c', 't0', 'clock_advanced', { minutes: 90 }),
    ]);
    expect(world.row('stages', 'c')).toMatchObject({ clock: '1889-10-05T07:30:00.000Z', anchor: 'Day 1 = the storm', weather: 'Rain' });
  });

  test('SC-3 at the end of all dates the clock stands still, and can still be read', () => {
    const world = given([
      ...chat,
      inTurn('c', 't0', 'clock_set', { clock: '9999-12-31T23:55:00.000Z', anchor: null }),
      inTurn('c', 't0', 'clock_advanced', { minutes: 90 }),
    ]);
    expect(world.row('stages', 'c')?.clock).toBe('9999-12-31T23:59:59.999Z');
  });

  test('WD-7 ED-4 of very many facts the newest stay: as many as a hand can set', () => {
    const taught = Array.from({ length: 60 }, (_, turn) =>
      inTurn('c', 't0', 'edge_update', { ...edge, affinity: 0, trust: 0, facts: Array.from({ length: 10 }, (__, n) => `fact ${turn * 10 + n}`), at: null }),
    );
    const known = given([...chat, ...taught]).row('edges', 'k/b/p')?.knowledge ?? [];
    expect([known.length, known[0], known.at(-1)]).toEqual([500, 'fact 100', 'fact 599']);
  });

  test('WD-4 a place changes only in what is named', () => {
    const world = given([
      ...chat,
      inTurn('c', 't0', 'container_created', { containerId: 'pier', place }),
      inTurn('c', 't0', 'container_changed', { containerId: 'pier', changes: { public: false } }),
    ]);
    expect(world.row('containers', 'pier')).toEqual({ ...place, containerId: 'pier', chatId: 'c', public: false });
  });

  test('WD-5 each entity has an activity of its own in each chat', () => {
    const world = given([
      ...chat,
      inTurn('c', 't0', 'activity_set', { entityId: 'b', changes: { posture: 'sitting', holding: ['a cup'] } }),
      inTurn('c', 't0', 'activity_set', { entityId: 'b', changes: { posture: 'standing' } }),
    ]);
    expect(world.row('activities', 'c/b')).toMatchObject({ posture: 'standing', holding: ['a cup'], action: null });
    expect(world.row('activities', 'c/p')).toBeUndefined();
  });

  test('WD-6 a scene that closes keeps when, and the chat has none open', () => {
    const scene = { sceneId: 's', containerId: null, startedAt: CLOCK, participants: ['p', 'b'], presentSet: 'you_host' as const, parentSceneId: null };
    const world = given([
      ...chat,
      inTurn('c', 't0', 'scene_opened', scene),
      inTurn('c', 't0', 'scene_closed', { sceneId: 's', endedAt: CLOCK, significance: 2 }),
    ]);
    expect(world.row('scenes', 's')).toMatchObject({ closed: true, endedAt: CLOCK, significance: 2 });
    expect(world.row('stages', 'c')?.sceneId).toBeNull();
  });

  test('WD-7 an edge starts in the middle, moves within 0 to 100, and the other direction stays', () => {
    const world = given([
      ...chat,
      inTurn('c', 't0', 'edge_update', { ...edge, affinity: 80, trust: -80, facts: ['Fears water', 'Fears water'], at: CLOCK }),
      inTurn('c', 't0', 'edge_update', { ...edge, affinity: -5, trust: 3, facts: ['Fears water'], at: null }),
    ]);
    expect(world.row('edges', 'k/b/p')).toMatchObject({ affinity: 95, trust: 3, knowledge: ['Fears water'], lastAt: CLOCK });
    expect(world.row('edges', 'k/p/b')).toBeUndefined();
  });

  test('WD-8 a memory that was deleted is not brought back by what amends it', () => {
    const world = given([
      ...chat,
      written(0),
      inTurn('c', 't0', 'memory_deleted', memory),
      inTurn('c', 't0', 'memory_edited', { ...memory, text: 'Again', prior: '' }),
    ]);
    expect(world.rows('memories')).toEqual([]);
  });

  test('WD-8 ME-4 the least significant, then oldest automatic pin gives way to a ninth', () => {
    const world = given([
      ...chat,
      ...Array.from({ length: 8 }, (_, n) => written(3, `m${n}`)),
      inTurn('c', 't0', 'memory_pinned', { ...memory, memoryId: 'mine', significance: 0 }),
    ]);
    expect(world.row('pins', 'k/b')?.pins.map((pin) => pin.memoryId)).toEqual(['m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7', 'mine']);
  });

  test('ME-4 a pin made by hand never gives way', () => {
    const hand = (n: number) => inTurn('c', 't0', 'memory_pinned', { ...memory, memoryId: `h${n}`, significance: 0 });
    const world = given([...chat, ...Array.from({ length: 8 }, (_, n) => hand(n)), written(3, 'late'), hand(9)]);
    expect(world.row('pins', 'k/b')?.pins.map((pin) => pin.memoryId)).toEqual(['h0', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'h7']);
  });

  test('ME-4 a pinned memory that is written anew is still pinned once', () => {
    const world = given([
      ...chat,
      inTurn('c', 't0', 'memory_pinned', { ...memory, memoryId: 'm', significance: 0 }),
      written(3, 'm'),
    ]);
    expect(world.row('pins', 'k/b')?.pins).toMatchObject([{ memoryId: 'm', auto: false, significance: 3 }]);
  });

  test('WD-14 edges of one continuity are not those of another', () => {
    const world = given([
      ...chat,
      inLibrary('continuity_created', { continuityId: 'own', name: 'Own', shared: false }),
      inTurn('c', 't0', 'edge_update', { ...edge, continuityId: 'own', affinity: 9, trust: 0, facts: [], at: null }),
    ]);
    expect(world.row('edges', 'k/b/p')).toBeUndefined();
    expect(world.row('edges', 'own/b/p')?.affinity).toBe(59);
  });
});

describe('the timeline', () => {
  const two = [...chat, inTurn('c', 't1', 'user_turn', start('t0', 1)), inTurn('c', 't1', 'weather_set', { weather: 'Snow' })];

  test('TL-2 TL-3 a moved head takes back what hung from the turns it leaves, and the turns stay in the tree', () => {
    const world = given([...two, inChat('c', 'head_moved', { from: 't1', to: 't0', reason: 'rewind' })]);
    expect(world.row('stages', 'c')?.weather).toBe('');
    expect(world.row('chats', 'c')?.head).toBe('t0');
    expect(world.row('turns', 't1')).toBeDefined();
  });

  test('TL-3 undo is the same event the other way', () => {
    const world = given([
      ...two,
      inChat('c', 'head_moved', { from: 't1', to: 't0', reason: 'rewind' }),
      inChat('c', 'head_moved', { from: 't0', to: 't1', reason: 'undo' }),
    ]);
    expect(world.row('stages', 'c')?.weather).toBe('Snow');
  });

  test('TL-13 what comes late for a turn off the path counts when that turn is back', () => {
    const late = [...two, inChat('c', 'head_moved', { from: 't1', to: 't0', reason: 'rewind' }), inTurn('c', 't1', 'weather_set', { weather: 'Hail' })];
    expect(given(late).row('stages', 'c')?.weather).toBe('');
    expect(given([...late, inChat('c', 'head_moved', { from: 't0', to: 't1', reason: 'undo' })]).row('stages', 'c')?.weather).toBe('Hail');
  });

  test('TL-10 a reset takes back memories up to a place in the log, and an undo restores them', () => {
    const reset = [...chat, written(1), inLibrary('bot_reset', { botId: 'b', upTo: 3 }), written(1, 'after')];
    expect(given(reset).rows('memories').map((row) => row.memoryId)).toEqual(['after']);
    const undone = [...reset, inLibrary('bot_reset_undone', { botId: 'b', upTo: 3 })];
    expect(given(undone).rows('memories').map((row) => row.memoryId)).toEqual(['m', 'after']);
  });
});
