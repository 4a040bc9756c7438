import { randomUUIDv7 } from 'node:crypto';
import type { NewEvent } from '../../packages/domain/src/index.ts';
import { inChat, inLibrary, inTurn } from '../../packages/domain/src/index.ts';
import type { Store } from '../../packages/store/src/index.ts';
import { seeded } from '../lib/chance.ts';
import { Folder } from '../lib/folder.ts';
import { prose } from '../lib/prose.ts';
import type { Report } from '../lib/report.ts';
import { median, p99 } from '../lib/stats.ts';
import { act, openLibrary } from '../story.ts';

const QUERIES = 400;
const WARM_UP = 20;
const K = 4;

/** Memories that hang from one turn, and turns of a scene. */
const EACH_TURN = 20;
const A_SCENE = 40;
const TURNS_AT_ONCE = 50;

interface Size {
  readonly what: string;
  readonly owners: number;
  readonly memories: number;
  readonly bar: number;
  readonly p99Bar?: number;
}

const SIZES: readonly Size[] = [
  { what: '20 owners of 5,000 memories', owners: 20, memories: 5_000, bar: 6, p99Bar: 20 },
  { what: 'one owner of 100,000 memories', owners: 1, memories: 100_000, bar: 25 },
];

/** PF-7: what a search costs, asked with the last two messages. */
export async function search(report: Report): Promise<void> {
  report.note(`PF-7 asks ${QUERIES} times with a message of 300 and a reply of 900 characters, for ${K} memories; texts are made up and all differ.`);
  for (const size of SIZES) await measure(report, size);
}

async function measure(report: Report, { what, owners, memories, bar, p99Bar }: Size): Promise<void> {
  using folder = new Folder();
  const path = folder.at('library.sqlite');
  await fill(path, owners, memories);
  // Opened afresh: nothing is at hand but what the searches themselves bring in.
  const store = await openLibrary(path);
  try {
    const chance = seeded(99);
    const times: number[] = [];
    for (let n = -WARM_UP; n < QUERIES; n += 1) {
      const query = { ownerId: `owner-${Math.abs(n) % owners}`, continuityId: 'shared', chatId: 'chat', k: K, text: exchange(chance) };
      const since = performance.now();
      const hits = await store.read.searchMemories(query);
      if (n >= 0) times.push(performance.now() - since);
      if (hits.length < K) throw new Error(`Only ${hits.length} memories were found.`);
    }
    report.add({ id: 'PF-7', what: `memory search, ${what}`, value: median(times), unit: 'ms', bar, p99: p99(times) });
    if (p99Bar !== undefined) report.add({ id: 'PF-7', what: `memory search, ${what}, slowest hundredth`, value: p99(times), unit: 'ms', bar: p99Bar });
  } finally {
    await store.close();
  }
}

function exchange(chance: () => number): string {
  return `Jonas said to me: ${prose(300, chance)}\nI said to Jonas: ${prose(900, chance)}`;
}

async function fill(path: string, owners: number, memories: number): Promise<void> {
  const store = await openLibrary(path);
  try {
    await act(store, async () => ({
      events: [
        inLibrary('bot_authored', { botId: 'owner-0', identity: { name: 'Maren' } }),
        inChat('chat', 'chat_created', { kind: 'room', title: 'Long ago', hostId: 'owner-0', personaId: null, continuityId: 'shared' }),
        inTurn('chat', 'turn-0', 'kickoff_confirmed', { ...start(null, 0), text: '' }),
      ],
      answer: null,
    }));
    await fillTurns(store, owners, (owners * memories) / EACH_TURN);
  } finally {
    await store.close();
  }
}

async function fillTurns(store: Store, owners: number, turns: number): Promise<void> {
  const chance = seeded(5);
  for (let done = 0; done < turns; done += TURNS_AT_ONCE) {
    const events: NewEvent[] = [];
    for (let n = done + 1; n <= Math.min(turns, done + TURNS_AT_ONCE); n += 1) {
      events.push(inTurn('chat', `turn-${n}`, 'user_turn', { ...start(`turn-${n - 1}`, n), text: 'On it goes.' }));
      for (let each = 0; each < EACH_TURN; each += 1) events.push(remembered(n, `owner-${each % owners}`, exchange(chance)));
    }
    await act(store, async () => ({ events, answer: null }));
  }
}

function remembered(n: number, ownerId: string, text: string): NewEvent {
  return inTurn('chat', `turn-${n}`, 'memory_written', {
    memoryId: randomUUIDv7(),
    ownerId,
    continuityId: 'shared',
    kind: 'turn',
    text,
    witnesses: [ownerId],
    clock: new Date(Date.UTC(1889, 9, 5, 6, 3 * n)).toISOString(),
    sceneId: `scene-${Math.floor(n / A_SCENE)}`,
    aboutTurnId: `turn-${n}`,
    source: 'direct',
    reliability: 1,
    significance: 1,
  });
}

function start(parentId: string | null, depth: number) {
  return { parentId, depth, speakerId: null, addresseeId: null, sceneId: null, witnesses: ['owner-0'], clock: null };
}
