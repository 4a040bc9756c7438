import type { NewEvent } from '@offstage/domain';
import { inChat, inLibrary, inTurn } from '@offstage/domain';
import { RECALL } from '@offstage/domain/recall';
import { describe, expect, test } from 'vitest';
import type { MemoryQuery, Store } from '../../src/index.ts';
import type { TestLibrary } from '../support/library.ts';
import { testLibrary } from '../support/library.ts';

let commands = 0;
const act = (store: Store, events: readonly NewEvent[]) =>
  store.execute({ id: `c${(commands += 1)}`, actor: 'engine', at: '2026-03-01T10:00:00.000Z' }, () => ({ events, answer: null }));

const start = (parentId: string | null, depth: number) => ({
  parentId, depth, speakerId: null, addresseeId: null, sceneId: null, witnesses: ['b'], clock: null,
});

interface Written {
  readonly ownerId?: string;
  readonly continuityId?: string;
  readonly sceneId?: string | null;
  readonly clock?: string | null;
  readonly kind?: 'turn' | 'scene';
  readonly significance?: 0 | 1 | 2 | 3;
  readonly reliability?: number;
}

const memory = (memoryId: string, text: string, more: Written = {}, turnId = 't1') =>
  inTurn('c', turnId, 'memory_written', {
    memoryId, text, ownerId: 'b', continuityId: 'k', kind: 'turn', witnesses: ['b'], clock: null, sceneId: null,
    aboutTurnId: null, source: 'direct', reliability: 1, significance: 1, ...more,
  });

/** A library with one chat of two turns; memories hang from the second. */
async function libraryWith(...memories: readonly NewEvent[]): Promise<TestLibrary> {
  const library = await testLibrary();
  await act(library.store, [
    inLibrary('bot_authored', { botId: 'b', identity: { name: 'Bea' } }),
    inChat('c', 'chat_created', { kind: 'roleplay', title: 'Pier', hostId: 'b', personaId: 'p', continuityId: 'k' }),
    inTurn('c', 't0', 'kickoff_confirmed', { ...start(null, 0), text: '' }),
    inTurn('c', 't1', 'user_turn', { ...start('t0', 1), text: '' }),
    ...memories,
  ]);
  return library;
}

const found = async ({ store }: TestLibrary, text: string, more: Partial<MemoryQuery> = {}) =>
  (await store.read.searchMemories({ ownerId: 'b', continuityId: 'k', text, k: 10, ...more })).map(({ memory: { memoryId } }) => memoryId);

describe('ME-5 memories are found', () => {
  test('in scripts that set no spaces between words', async () => {
    await using library = await libraryWith(
      memory('chinese', '昨天我们在码头上喝了绿茶,然后下雨了。'),
      memory('other', '他把钥匙藏在旧钟楼里。'),
      memory('japanese', '港の灯台で古い手紙を見つけた。'),
      memory('thai', 'เราดื่มชาเขียวที่ท่าเรือเมื่อวานนี้'),
      memory('mixed', 'Mara把LANTERN挂在门上'),
      memory('korean', '우리는 등대에서 편지를 찾았다.'),
    );
    expect(await found(library, '你还记得绿茶吗?')).toEqual(['chinese']);
    expect(await found(library, '钟楼的钥匙在哪里')).toEqual(['other']);
    expect(await found(library, '灯台の手紙のことを覚えている?')).toEqual(['japanese']);
    expect(await found(library, 'คุณจำชาเขียวได้ไหม')).toEqual(['thai']);
    expect(await found(library, 'Where is the lantern?')).toEqual(['mixed']);
    expect(await found(library, '편지를 기억해?')).toEqual(['korean']);
    expect(await found(library, '猫和狗')).toEqual([]);
  });

  test('as they stand now, whatever was looked up before', async () => {
    await using library = await libraryWith();
    const asked = async () => (await library.store.read.searchMemories({ ownerId: 'b', continuityId: 'k', text: 'Who lit the lantern by the quay?', k: 10 }));
    // So many that the full text takes them in, and again while some wait.
    for (let n = 0; n < 70; n += 1) {
      await act(library.store, [memory(`m${n}`, n % 3 === 0 ? `The lantern was lit for the ${n}th time.` : `Rope and quay, ${n} fathoms.`)]);
      if (n % 7 === 0) expect(await asked()).toHaveLength(Math.min(10, n + 1));
      // What a question begins with may be looked up before the rest of it is known.
      if (n % 5 === 0) await library.store.read.lookUpMemories({ ownerId: 'b', continuityId: 'k', text: 'Who lit the lantern?' });
    }
    const edited = (memoryId: string, text: string) => inTurn('c', 't1', 'memory_edited', { memoryId, ownerId: 'b', continuityId: 'k', text, prior: '' });
    await act(library.store, [edited('m66', 'Somebody sang.')]);
    await act(library.store, [edited('m1', 'Who but Bea lit the lantern by the quay?')]);
    const [first, ...others] = await asked();
    expect(first?.memory.memoryId).toBe('m1');
    expect(others.map((hit) => hit.memory.memoryId)).not.toContain('m66');
    const before = await asked();
    await library.reopen();
    expect(await asked()).toEqual(before);
  });

  test('by the stems of their words, in any case and without marks, the rarer word first', async () => {
    await using library = await libraryWith(
      memory('lamp', 'The lanterns on the quay were burning.'),
      memory('cafe', 'We drank coffee in the Café Liégeois.'),
      memory('boat', 'The boat on the quay burned.'),
    );
    expect(await found(library, 'Where was the LANTERN?')).toEqual(['lamp']);
    expect(await found(library, 'the cafe liegeois')).toEqual(['cafe']);
    expect(await found(library, 'burning boats')).toEqual(['boat', 'lamp']);
    expect(await found(library, 'what about the and of')).toEqual([]);
    expect(await found(library, '')).toEqual([]);
  });

  test('by a form that no ending shows', async () => {
    await using library = await libraryWith(memory('fair', 'Ada said to me: I went to the fair.'), memory('fish', 'Ada said to me: I buy fish.'));
    expect(await found(library, 'Where did she go?')).toEqual(['fair']);
    expect(await found(library, 'What has she bought?')).toEqual(['fish']);
  });

  test('by who spoke, and by the date in the story, when nothing else is asked', async () => {
    await using library = await libraryWith(
      memory('ada', 'Ada said to me: Rain again.', { clock: '1889-10-05T19:00:00.000Z' }),
      memory('tom', 'Tom said to me: Rain again.', { clock: '1889-11-02T07:00:00.000Z' }),
    );
    expect(await found(library, 'Ada?')).toEqual(['ada']);
    expect(await found(library, 'In November?')).toEqual(['tom']);
    expect((await found(library, 'What did Tom say of the rain?'))[0]).toBe('tom');
    expect((await found(library, 'Was there rain in October 1889?'))[0]).toBe('ada');
  });

  test('beside a match in the same scene, and not in another', async () => {
    await using library = await libraryWith(
      memory('before', 'Good morning to you.', { sceneId: 's1' }),
      memory('question', 'Ada said to me: Where is the harpoon kept?', { sceneId: 's1' }),
      memory('elsewhere', 'Nothing happened.', { sceneId: 's2' }),
      memory('answer', 'I said to Ada: In the shed, behind the nets.', { sceneId: 's1' }),
    );
    expect(await found(library, 'the harpoon')).toEqual(['question', 'answer', 'before']);
  });

  test('with what made their score', async () => {
    await using library = await libraryWith(memory('a', 'A harpoon.', { significance: 3, reliability: 0.5 }));
    const [hit] = await library.store.read.searchMemories({ ownerId: 'b', continuityId: 'k', text: 'harpoon', k: 1 });
    const { text, neighbour, significance, recency, reliability, vector } = hit?.why ?? {};
    expect({ significance, reliability, vector, neighbour }).toEqual({ significance: 1.2, reliability: 0.85, vector: null, neighbour: 0 });
    expect(recency).toBe(1 + RECALL.recency);
    expect(hit?.score).toBeCloseTo((text ?? 0) * 1.2 * 0.85 * 1.1, 6);
    expect(hit?.memory).toMatchObject({ witnesses: ['b'], quotes: [], chatId: 'c' });
  });

  test('those that matter more, are surer, or are newer first', async () => {
    await using library = await libraryWith(
      memory('hearsay', 'The harpoon.', { reliability: 0.4 }),
      memory('old', 'The harpoon.'),
      memory('weighty', 'The harpoon.', { significance: 3 }),
      memory('new', 'The harpoon.'),
    );
    expect(await found(library, 'harpoon')).toEqual(['weighty', 'new', 'old', 'hearsay']);
  });

  test('how long ago is counted in turns of the chat, and a pin never fades', async () => {
    const turns = Array.from({ length: 400 }, (_, n) => inTurn('c', `t${n + 2}`, 'user_turn', { ...start(`t${n + 1}`, n + 2), text: '' }));
    await using library = await libraryWith(memory('old', 'The harpoon.'), memory('pinned', 'The harpoon.'), ...turns, memory('new', 'The harpoon.', {}, 't401'));
    await act(library.store, [inTurn('c', 't401', 'memory_pinned', { memoryId: 'pinned', ownerId: 'b', continuityId: 'k', significance: 1 })]);
    const hits = await library.store.read.searchMemories({ ownerId: 'b', continuityId: 'k', chatId: 'c', text: 'harpoon', k: 3 });
    expect(hits.map(({ memory: { memoryId }, why: { recency } }) => [memoryId, Math.round(recency * 1_000)])).toEqual([
      ['new', 1_100],
      ['pinned', 1_100],
      ['old', 1_006],
    ]);
  });

  test('at most as many as are wanted, whatever the text', async () => {
    await using library = await libraryWith(...Array.from({ length: 40 }, (_, n) => memory(`m${n}`, `Harpoon ${n} "quoted" AND (NEAR)*.`)));
    expect(await found(library, 'harpoon', { k: 3 })).toHaveLength(3);
    expect(await found(library, '"harpoon" AND NEAR(x) * - ^ : \' ; drop table memories; \0', { k: 3 })).toHaveLength(3);
    expect(await found(library, `${'word '.repeat(20_000)} harpoon`, { k: 3 })).toHaveLength(3);
    expect(await found(library, 'harpoon', { k: 0 })).toEqual([]);
  });
});

describe('ME-2 whose memories', () => {
  test('only the owner\'s, and only of the continuity', async () => {
    await using library = await libraryWith(
      memory('mine', 'The harpoon.', { sceneId: 's' }),
      memory('hers', 'The harpoon.', { ownerId: 'other', sceneId: 's' }),
      memory('elsewhere', 'The harpoon.', { continuityId: 'k2', sceneId: 's' }),
    );
    expect(await found(library, 'harpoon')).toEqual(['mine']);
    expect(await found(library, 'harpoon', { ownerId: 'other' })).toEqual(['hers']);
    expect(await found(library, 'harpoon', { continuityId: 'k2' })).toEqual(['elsewhere']);
    expect(await found(library, 'harpoon', { ownerId: 'nobody' })).toEqual([]);
  });

  test('TL-4 what is rewound, deleted or reworded is not found any more, and comes back with its turn', async () => {
    await using library = await libraryWith(memory('a', 'The harpoon.'), memory('b', 'The anchor.'));
    const ref = { ownerId: 'b', continuityId: 'k' };
    await act(library.store, [
      inTurn('c', 't2', 'user_turn', { ...start('t1', 2), text: '' }),
      inTurn('c', 't2', 'memory_edited', { ...ref, memoryId: 'a', text: 'The trident.', prior: 'The harpoon.' }),
      inTurn('c', 't2', 'memory_deleted', { ...ref, memoryId: 'b' }),
    ]);
    expect([await found(library, 'harpoon'), await found(library, 'trident'), await found(library, 'anchor')]).toEqual([[], ['a'], []]);
    await act(library.store, [inChat('c', 'head_moved', { from: 't2', to: 't1', reason: 'rewind' })]);
    expect([await found(library, 'harpoon'), await found(library, 'trident'), await found(library, 'anchor')]).toEqual([['a'], [], ['b']]);
    await library.store.rebuild();
    expect([await found(library, 'harpoon'), await found(library, 'anchor')]).toEqual([['a'], ['b']]);
    await act(library.store, [inLibrary('bot_reset', { botId: 'b', upTo: 6 })]);
    expect([await found(library, 'harpoon'), await found(library, 'anchor')]).toEqual([[], []]);
  });
});

describe('ME-7 a scene and what it covers', () => {
  const account = memory('account', 'We spoke of the harpoon, the nets, the tide, the long walk home and of much else that evening.', { kind: 'scene' });
  const cover = (...memoryIds: string[]) => inTurn('c', 't1', 'memory_covered', { ownerId: 'b', sceneMemoryId: 'account', memoryIds });

  test('a collapsed memory stands in for the account only where it scores far better', async () => {
    await using library = await libraryWith(
      memory('far', 'The harpoon, the old harpoon of whalebone.'),
      memory('near', 'The tide took the nets, and she laughed about the tide and about the nets for a long while.'),
      account,
      cover('far', 'near'),
      ...Array.from({ length: 30 }, (_, n) => memory(`m${n}`, `Something else, number ${n}.`)),
    );
    expect(await found(library, 'harpoon of whalebone')).toEqual(['far']);
    expect(await found(library, 'evening')).toEqual(['account']);
    expect(await found(library, 'long walk home harpoon nets tide')).toEqual(['account']);
  });

  test('neither comes when the prompt has the other', async () => {
    await using library = await libraryWith(memory('far', 'The harpoon of whalebone.'), account, cover('far'));
    expect(await found(library, 'harpoon whalebone', { exclude: ['account'] })).toEqual([]);
    expect(await found(library, 'harpoon nets', { exclude: ['far'] })).toEqual([]);
  });

  test('one that matters needs only score better than the account', async () => {
    await using library = await libraryWith(memory('dear', 'The harpoon, the nets and the tide.', { significance: 2 }), account, cover('dear'));
    expect(await found(library, 'harpoon nets tide')).toEqual(['dear']);
  });
});
