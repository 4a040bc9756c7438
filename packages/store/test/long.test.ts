import type { NewEvent } from '@offstage/domain';
import { inChat, inLibrary, inTurn } from '@offstage/domain';
import { purgeChat } from '@offstage/domain/commands/purge';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type { PurgeStep } from '../src/index.ts';
import type { TestLibrary } from './support/library.ts';
import { testLibrary } from './support/library.ts';

const AT = '2026-03-01T10:00:00.000Z';
const TURNS = 1_500;
const command = (id: string) => ({ id, actor: 'person' as const, at: AT });
const move = (from: number, to: number) => inChat('c', 'head_moved', { from: `t${from}`, to: `t${to}`, reason: 'rewind' });

/** A library with a chat of so many turns, in each of which a bot learns something. */
async function longChat(): Promise<TestLibrary> {
  const library = await testLibrary();
  const events: NewEvent[] = [
    inLibrary('bot_authored', { botId: 'b', identity: { name: 'B' } }),
    inChat('c', 'chat_created', { kind: 'roleplay', title: 'C', hostId: 'b', personaId: 'p', continuityId: 'k' }),
  ];
  for (let n = 0; n <= TURNS; n += 1) {
    const start = { parentId: n === 0 ? null : `t${n - 1}`, depth: n, speakerId: null, addresseeId: null, sceneId: null, witnesses: [], clock: null, text: '' };
    events.push(
      inTurn('c', `t${n}`, n === 0 ? 'kickoff_confirmed' : 'user_turn', start),
      inTurn('c', `t${n}`, 'memory_written', {
        memoryId: `m${n}`, ownerId: 'b', continuityId: 'k', kind: 'turn', text: `Day ${n} by the sea.`, witnesses: ['b'], clock: null, sceneId: null,
        aboutTurnId: null, source: 'direct', reliability: 1, significance: 0,
      }),
    );
  }
  await library.store.execute(command('begin'), () => ({ events, answer: null }));
  return library;
}

describe('PF-14 a long move of the head', () => {
  test('lets others have their turns, who see what was until it is done; what they write beside is kept', async () => {
    await using library = await longChat();
    const { store } = library;
    let turns = 0;
    let done = false;
    const heads = new Set<string | undefined>();
    const others = (async () => {
      while (!done) {
        await new Promise((resolve) => setTimeout(resolve));
        if (done) return;
        heads.add((await store.read.head('c'))?.turnId);
        if (turns === 0) void store.keepDraft({ turnId: 't', chatId: 'c', text: 'So far' });
        turns += 1;
      }
    })();
    const commit = await store.execute(command('back'), () => ({ events: [move(TURNS, 0)], answer: null }));
    done = true;
    await others;
    expect(turns).toBeGreaterThan(2);
    expect([...heads]).toEqual([`t${TURNS}`]);
    expect(Object.keys(commit.diff.memories?.removed ?? {})).toHaveLength(TURNS);
    expect(await store.read.count('memories', {})).toBe(1);
    expect(await store.drafts()).toMatchObject([{ text: 'So far' }]);
  });

  test('that fails on its way leaves nothing behind, and keeps what was written beside it', async () => {
    await using library = await longChat();
    const { store } = library;
    const lost = [move(TURNS, 0), inTurn('c', 'nowhere', 'weather_set', { weather: 'Rain' })];
    const failing = expect(store.execute(command('lost'), () => ({ events: lost, answer: null }))).rejects.toThrow(RangeError);
    await new Promise((resolve) => setTimeout(resolve));
    await store.keepDraft({ turnId: 't', chatId: 'c', text: 'So far' });
    await failing;
    expect(await store.drafts()).toHaveLength(1);
    expect(await store.read.head('c')).toEqual({ turnId: `t${TURNS}`, depth: TURNS });
    expect(await store.read.count('memories', {})).toBe(TURNS + 1);
    const after = await store.execute(command('then'), () => ({ events: [move(TURNS, TURNS - 1)], answer: null }));
    expect(Object.keys(after.diff.memories?.removed ?? {})).toEqual([`m${TURNS}`]);
  });
});

describe('TL-12 UI-10 a long purge', () => {
  const purge = (library: TestLibrary, options: Parameters<TestLibrary['store']['purge']>[2]) =>
    library.store.purge(command('purge'), async (read) => ({ ...purgeChat({ chat: await read.row('chats', 'c'), typed: 'C', streaming: false }), answer: 'gone' }), options);

  test('lets others have their turns, who read what was until it is done, and says how far it is', async () => {
    await using library = await longChat();
    const { store } = library;
    const steps: PurgeStep[] = [];
    const counts = new Set<number>();
    let done = false;
    const others = (async () => {
      while (!done) {
        await new Promise((resolve) => setTimeout(resolve));
        if (!done) counts.add(await store.read.count('memories', {}, 5_000));
        if (counts.size === 1) void store.keepDraft({ turnId: 'other', chatId: 'other', text: 'So far' });
      }
    })();
    const report = await purge(library, { progress: (step) => void steps.push(step) });
    done = true;
    await others;
    expect(report).toMatchObject({ answer: 'gone', traceless: true });
    expect([...counts][0]).toBe(TURNS + 1);
    expect([...new Set(steps.map(({ at }) => at))]).toEqual(['looking', 'deleting', 'folding', 'writing']);
    for (const at of ['looking', 'deleting'] as const) {
      const told = steps.filter((step) => step.at === at);
      expect(told.length).toBeGreaterThan(2);
      expect(told.every((step, n) => step.done <= step.total && step.done >= (told[n - 1]?.done ?? 0))).toBe(true);
    }
    expect(await store.read.count('memories', {})).toBe(0);
    expect(await store.drafts()).toMatchObject([{ text: 'So far' }]);
  });

  test('that is given up on its way leaves everything as it was, and can be tried again', async () => {
    await using library = await longChat();
    const { store } = library;
    const stop = new AbortController();
    const given = purge(library, { signal: stop.signal, progress: ({ at, done }) => at === 'deleting' && done > 500 && stop.abort(new Error('given up')) });
    await expect(given).rejects.toThrow('given up');
    expect(await store.read.count('memories', {}, 5_000)).toBe(TURNS + 1);
    expect((await store.events({ after: 0, limit: 1 }))).toHaveLength(1);
    const after = await store.execute(command('then'), () => ({ events: [move(TURNS, TURNS - 1)], answer: null }));
    expect(Object.keys(after.diff.memories?.removed ?? {})).toEqual([`m${TURNS}`]);
    expect(await purge(library, {})).toMatchObject({ answer: 'gone', replayed: false });
    expect(await store.read.count('memories', {})).toBe(0);
  });

  test('TL-15 UI-10 a rebuild is done bit by bit too, and says how far it is', async () => {
    await using library = await longChat();
    let turns = 0;
    const watch = setInterval(() => (turns += 1));
    const told: (readonly [done: number, total: number])[] = [];
    const { events } = await library.store.rebuild((done, total) => told.push([done, total]));
    clearInterval(watch);
    expect(told.length).toBeGreaterThan(2);
    expect(told.every(([done, total], n) => total === events && done <= total && done > (told[n - 1]?.[0] ?? 0))).toBe(true);
    expect(told.at(-1)?.[0]).toBe(events);
    expect(events).toBe(2 + 2 * (TURNS + 1));
    expect(turns).toBeGreaterThan(2);
  });
});

describe('TL-14 rows at hand', () => {
  test('are not trusted when another process has written: the command is decided again on what is there now', async () => {
    await using library = await longChat();
    const { store } = library;
    const seen: (string | undefined)[] = [];
    const rename = (title: string) => inChat('c', 'chat_titled', { title });
    await store.execute(command('first'), async (read) => {
      seen.push((await read.row('chats', 'c'))?.title);
      return { events: [rename('Mine')], answer: null };
    });
    const other = new Sqlite(library.path);
    other.prepare(`update chats set title = 'Theirs'`).run();
    other.close();
    await store.execute(command('second'), async (read) => {
      seen.push((await read.row('chats', 'c'))?.title);
      return { events: [rename('Mine again')], answer: null };
    });
    expect(seen).toEqual(['C', 'Mine', 'Theirs']);
  });
});
