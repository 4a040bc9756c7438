import type { LogEvent, Row } from '@offstage/domain';
import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isSampled, ownerMark } from '../../src/search/memoryIndex.ts';
import { dateWordsOf, saidIn, speakersOf, stemsOf } from '../../src/search/words.ts';
import type { Step } from '../support/actions.ts';
import { commandOf, decide, opening, plays } from '../support/actions.ts';
import { testLibrary } from '../support/library.ts';

const RUNS = Number(process.env['OFFSTAGE_PLAYS'] ?? 30);

/** Steps that move memories, head moves and resets among them, come as often as all others together. */
const MOVING = ['play', 'beside', 'late', 'move', 'reset', 'unreset', 'memory', 'rebuild'] as const;

describe('TL-15 the index of memories', () => {
  test(`holds the memories in force, word by word, whatever was played (${RUNS} plays)`, { timeout: 600_000 }, async () => {
    const mixed = fc.tuple(plays(50), fc.array(fc.constantFrom(...MOVING), { minLength: 50, maxLength: 50 }));
    const play = async ([steps, moving]: [Step[], (typeof MOVING)[number][]]) => {
      await check(steps.map((step, n) => (n % 2 === 0 ? step : { ...step, do: moving[n] ?? 'play' })));
    };
    await fc.assert(fc.asyncProperty(mixed, play), { numRuns: RUNS });
  });
});

async function check(steps: readonly Step[]): Promise<void> {
  await using library = await testLibrary();
  const events: LogEvent[] = [];
  events.push(...(await library.store.execute(commandOf(0), () => ({ events: opening(), answer: null }))).events);
  for (const [i, step] of steps.entries()) {
    if (step.do === 'rebuild') await library.store.rebuild();
    const decided = decide(step, events, i + 1);
    events.push(...(await library.store.execute(commandOf(i + 1), () => ({ events: decided, answer: null }))).events);
    if (i % 10 === 0) await expectWhole(library.path, await library.store.read.rows('memories', {}));
  }
  await expectWhole(library.path, await library.store.read.rows('memories', {}));
}

/** Every occurrence in the index, as the rows would have it. */
async function expectWhole(path: string, memories: readonly Row<'memories'>[]): Promise<void> {
  const database = new Sqlite(path);
  try {
    database.exec(`insert into memory_words (memory_words) values ('integrity-check')`);
    const waiting = new Map(database.prepare<[], [number, string]>('select docId, key from memory_words_waiting').raw().all());
    const entered = memories.filter(({ bornSeq }) => !waiting.has(bornSeq));
    expect(memories.filter(({ bornSeq, memoryId }) => waiting.get(bornSeq) === memoryId)).toHaveLength(waiting.size);
    expect(occurrencesIn(database)).toEqual(entered.flatMap(wordsOf).sort());
    expect(database.prepare('select owner, word, n from memory_word_counts order by 1, 2').raw().all()).toEqual(countsOf(entered));
  } finally {
    database.close();
  }
}

function occurrencesIn(database: Sqlite.Database): string[] {
  return database.prepare<[], string>(`select doc || ' ' || col || ' ' || offset || ' ' || term from memory_word_places`).pluck().all().sort();
}

function wordsOf(memory: Row<'memories'>): string[] {
  const mark = ownerMark(memory);
  const about = [...speakersOf(memory.text).map((name) => `@${name}`), ...dateWordsOf(memory.clock).map((word) => `#${word}`)];
  return [
    ...listed(memory.bornSeq, 'said', stemsOf(saidIn(memory.text)).map((word) => mark + word)),
    ...listed(memory.bornSeq, 'about', about.map((word) => mark + word)),
  ];
}

const listed = (doc: number, column: string, words: readonly string[]): string[] =>
  words.flatMap((word, offset) => (word === '' ? [] : `${doc} ${column} ${offset} ${word}`));

function countsOf(memories: readonly Row<'memories'>[]): unknown[] {
  const counts = new Map<string, number>();
  for (const memory of memories) {
    const mark = ownerMark(memory);
    const names = new Set(speakersOf(memory.text));
    const add = (word: string, n: number) => counts.set(`${mark}\n${word}`, (counts.get(`${mark}\n${word}`) ?? 0) + n);
    add('', 1);
    add(' ', memory.text.length);
    for (const name of names) add(`@${name}`, 1);
    if (isSampled(memory.bornSeq)) for (const word of new Set(stemsOf(saidIn(memory.text)))) add(word, 1);
  }
  return [...counts].map(([key, n]) => [...key.split('\n'), n]).sort(([a, b], [c, d]) => (`${a}${b}` < `${c}${d}` ? -1 : 1));
}
