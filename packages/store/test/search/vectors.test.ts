import type { NewEvent } from '@offstage/domain';
import { inChat, inLibrary, inTurn } from '@offstage/domain';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../src/index.ts';
import type { TestLibrary } from '../support/library.ts';
import { testLibrary } from '../support/library.ts';

const start = (parentId: string | null, depth: number) => ({
  parentId, depth, speakerId: null, addresseeId: null, sceneId: null, witnesses: ['b'], clock: null, text: '',
});
const memory = (memoryId: string, text: string, ownerId = 'b', continuityId = 'k') =>
  inTurn('c', 't1', 'memory_written', {
    memoryId, text, ownerId, continuityId, kind: 'turn', witnesses: [ownerId], clock: null, sceneId: null,
    aboutTurnId: null, source: 'direct', reliability: 1, significance: 1,
  });
const act = (store: Store, id: string, events: readonly NewEvent[]) =>
  store.execute({ id, actor: 'engine', at: '2026-03-01T10:00:00.000Z' }, () => ({ events, answer: null }));

let library: TestLibrary;

beforeEach(async () => {
  library = await testLibrary();
  await act(library.store, 'one', [
    inLibrary('bot_authored', { botId: 'b', identity: { name: 'Bea' } }),
    inChat('c', 'chat_created', { kind: 'roleplay', title: 'Pier', hostId: 'b', personaId: 'p', continuityId: 'k' }),
    inTurn('c', 't0', 'kickoff_confirmed', start(null, 0)),
    inTurn('c', 't1', 'user_turn', start('t0', 1)),
    memory('ship', 'The ship sailed at dawn.'),
    memory('boat', 'The boat left in the morning.'),
    memory('bread', 'We baked bread at dawn.'),
    memory('hers', 'The ship sailed at dawn.', 'other'),
    memory('elsewhere', 'The ship sailed at dawn.', 'b', 'k2'),
  ]);
});

afterEach(() => library[Symbol.asyncDispose]());

const DIRECTIONS = { ship: [1, 0.1, 0], boat: [0.9, 0.2, 0.1], bread: [0, 1, 0], hers: [1, 0, 0], elsewhere: [1, 0, 0] };

async function teach(store: Store, model = 'm'): Promise<void> {
  const vectors = await store.vectors(model);
  for (const one of await vectors.missing(100)) await vectors.put(one, Float32Array.from(DIRECTIONS[one.memoryId as keyof typeof DIRECTIONS]));
}

const ask = (text: string, vector?: readonly number[]) =>
  library.store.read.searchMemories({ ownerId: 'b', continuityId: 'k', text, k: 10, ...(vector !== undefined && { vector: Float32Array.from(vector) }) });

describe('ME-5 memories found by meaning', () => {
  test('what shares no word is found beside what does, and what is found both ways stands first', async () => {
    await teach(library.store);
    const hits = await ask('Which ship?', [1, 0, 0]);
    expect(hits.map(({ memory: { memoryId } }) => memoryId).slice(0, 2)).toEqual(['ship', 'boat']);
    expect(hits[0]?.why.vector).toBeGreaterThan(0.99);
    expect(hits[1]?.why).toMatchObject({ text: 0 });
  });

  test('ME-2 others\' memories, and those of another continuity, are not near', async () => {
    await teach(library.store);
    const found = (await ask('', [1, 0, 0])).map(({ memory: { memoryId } }) => memoryId);
    expect(found.toSorted()).toEqual(['boat', 'bread', 'ship']);
  });

  test('without a model, for a vector of another length, or of no numbers, words alone are asked', async () => {
    const byWords = [['ship', null]];
    const idsOf = async (vector?: readonly number[]) => (await ask('ship', vector)).map(({ memory: { memoryId }, why }) => [memoryId, why.vector]);
    expect(await idsOf([1, 0, 0])).toEqual(byWords);
    await teach(library.store);
    expect(await idsOf()).toEqual(byWords);
    expect(await idsOf([1, 0])).toEqual(byWords);
    expect(await idsOf([Number.NaN, 0, 0])).toEqual(byWords);
    expect(await idsOf([])).toEqual(byWords);
  });

  test('each model has its own, and a text that changed is asked for again', async () => {
    await teach(library.store, 'm');
    const vectors = await library.store.vectors('m');
    expect(await vectors.missing(10)).toEqual([]);
    await act(library.store, 'two', [
      inTurn('c', 't1', 'memory_edited', { memoryId: 'bread', ownerId: 'b', continuityId: 'k', text: 'We baked cake.', prior: 'We baked bread at dawn.' }),
    ]);
    expect(await vectors.missing(10)).toEqual([{ memoryId: 'bread', ownerId: 'b', text: 'We baked cake.' }]);
    expect(await (await library.store.vectors('other')).missing(10)).toHaveLength(5);
    await expect(vectors.put({ memoryId: 'bread', ownerId: 'b', text: '' }, new Float32Array())).rejects.toThrow(RangeError);
  });

  test('they survive a rewind, a rebuild and a restart; what is not in force is neither found nor asked for', async () => {
    await act(library.store, 'two', [
      inTurn('c', 't2', 'user_turn', start('t1', 2)),
      inTurn('c', 't2', 'memory_deleted', { memoryId: 'ship', ownerId: 'b', continuityId: 'k' }),
    ]);
    await act(library.store, 'three', [inChat('c', 'head_moved', { from: 't2', to: 't1', reason: 'rewind' })]);
    await teach(library.store);
    await act(library.store, 'four', [inChat('c', 'head_moved', { from: 't1', to: 't2', reason: 'undo' })]);
    expect((await ask('', [1, 0, 0])).map(({ memory: { memoryId } }) => memoryId)).toEqual(['boat', 'bread']);
    await act(library.store, 'five', [inChat('c', 'head_moved', { from: 't2', to: 't1', reason: 'rewind' })]);
    await library.store.rebuild();
    await library.reopen();
    const vectors = await library.store.vectors('m');
    expect(await vectors.missing(10)).toEqual([]);
    expect((await ask('', [1, 0, 0])).map(({ memory: { memoryId } }) => memoryId)[0]).toBe('ship');
  });

  test('missing ones are told the newest first, page by page, until all were looked at', async () => {
    const many = Array.from({ length: 1_500 }, (_, n) => memory(`m${n}`, `Number ${n}.`));
    await act(library.store, 'many', many);
    const vectors = await library.store.vectors('m');
    const told = new Set<string>();
    for (let n = 0; n < 40; n += 1) {
      for (const one of await vectors.missing(64)) {
        told.add(one.memoryId);
        await vectors.put(one, Float32Array.from([1, n, 0]));
      }
    }
    expect(told.size).toBe(1_505);
    await act(library.store, 'late', [memory('late', 'Late.')]);
    expect(await vectors.missing(64)).toMatchObject([{ memoryId: 'late' }]);
  });
});
