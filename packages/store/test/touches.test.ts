import type { NewEvent } from '@offstage/domain';
import { inChat, inLibrary, inTurn } from '@offstage/domain';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type { TestLibrary } from './support/library.ts';
import { testLibrary } from './support/library.ts';

const AT = '2026-03-01T10:00:00.000Z';
const EDGE = 'k/b/p';

/** What the edge is after the turns up to `n`, each of which moves it by one, up and down by turns of five. */
const step = (n: number): number => (Math.floor(n / 5) % 2 === 0 ? 1 : -1);
const affinityAfter = (n: number): number => Array.from({ length: n }, (_, i) => step(i + 1)).reduce((sum, by) => sum + by, 50);

function turn(n: number): NewEvent[] {
  const start = { parentId: n === 0 ? null : `t${n - 1}`, depth: n, speakerId: null, addresseeId: null, sceneId: null, witnesses: [], clock: null, text: '' };
  return [
    inTurn('c', `t${n}`, n === 0 ? 'kickoff_confirmed' : 'user_turn', start),
    ...(n === 0 ? [] : [inTurn('c', `t${n}`, 'edge_update', { continuityId: 'k', source: 'b', target: 'p', affinity: step(n), trust: 0, facts: [], at: null })]),
  ];
}

/** A chat that is played turn by turn, each in a commit of its own. */
class Play {
  readonly library: TestLibrary;
  head = 0;
  #commands = 0;

  constructor(library: TestLibrary) {
    this.library = library;
  }

  async run(events: readonly NewEvent[]): Promise<void> {
    this.#commands += 1;
    await this.library.store.execute({ id: `c${this.#commands}`, actor: 'engine', at: AT }, () => ({ events, answer: null }));
  }

  async begin(): Promise<void> {
    await this.run([
      inLibrary('bot_authored', { botId: 'b', identity: { name: 'B' } }),
      inChat('c', 'chat_created', { kind: 'roleplay', title: 'C', hostId: 'b', personaId: 'p', continuityId: 'k' }),
      ...turn(0),
    ]);
  }

  async playTo(last: number): Promise<void> {
    for (let n = this.head + 1; n <= last; n += 1) await this.run(turn(n));
    this.head = last;
  }

  async moveTo(to: number): Promise<void> {
    await this.run([inChat('c', 'head_moved', { from: `t${this.head}`, to: `t${to}`, reason: 'rewind' })]);
    this.head = to;
  }

  async affinity(): Promise<number | undefined> {
    return (await this.library.store.read.row('edges', EDGE))?.affinity;
  }

  async lastTurns(limit: number): Promise<(string | null)[]> {
    return (await this.library.store.read.history('edges', EDGE, limit)).map(({ turnId }) => turnId);
  }

  written(): number {
    const database = new Sqlite(this.library.path, { readonly: true });
    try {
      return database.prepare<[], number>('select count(*) from touches').pluck().get() ?? 0;
    } finally {
      database.close();
    }
  }
}

describe('TL-4 touches that wait', () => {
  test('count as those in the file do: for moving the head, for how a row came to be, and after a start', async () => {
    await using library = await testLibrary();
    const play = new Play(library);
    await play.begin();
    await play.playTo(100);
    expect(play.written(), 'few wait').toBe(0);
    expect(await play.lastTurns(3)).toEqual(['t98', 't99', 't100']);
    await library.reopen();
    await play.moveTo(70);
    expect(await play.affinity()).toBe(affinityAfter(70));
    await play.moveTo(100);
    await play.playTo(400);
    const written = play.written();
    expect(written, 'some are written, some wait').toBeGreaterThan(100);
    expect(written).toBeLessThan(400);
    await library.reopen();
    expect(await play.lastTurns(2)).toEqual(['t399', 't400']);
    await play.moveTo(60);
    expect(await play.affinity()).toBe(affinityAfter(60));
    expect(await play.lastTurns(2)).toEqual(['t59', 't60']);
    await play.moveTo(399);
    expect(await play.affinity()).toBe(affinityAfter(399));
    await play.run([inLibrary('bot_reset', { botId: 'b', upTo: await library.store.read.seq() })]);
    expect(await play.affinity()).toBeUndefined();
  });
});
