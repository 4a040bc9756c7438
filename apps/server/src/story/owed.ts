import type { NewEvent, Row } from '@offstage/domain';
import { DomainError, keyOf } from '@offstage/domain';
import { settlePasses } from '@offstage/domain/commands/memories';
import type { Commit } from '@offstage/store';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kit } from './kit.ts';
import { memories } from './passes/memories.ts';
import type { Pass } from './passes/pass.ts';

/** What is learned from every reply, in order of effect (TN-8). */
const PASSES: readonly Pass[] = [memories];

/** Turns that may wait; past this the runner reads what is owed instead of keeping a list. */
const WAITING_MOST = 1_000;
/** Pauses before another try when the disk refused, in ms. */
const PAUSES_MS = [200, 1_000, 5_000];

/** Does what is owed after replies, one after another; what a crash left undone is found in the log (TN-9). */
export interface OwedRunner {
  /** Takes up what was owed when the server last stopped. */
  start(): Promise<void>;
  /** Resolves when nothing waits. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

type Tools = Pick<Kit, 'store' | 'config' | 'people' | 'newId' | 'log' | 'now'>;

export function createOwedRunner(kit: Tools): OwedRunner {
  const { store, log } = kit;
  const waiting = new Set<string>();
  const closing = new AbortController();
  let overflowed = false;
  let working: Promise<void> = Promise.resolve();
  let busy = false;

  const enqueue = (owed: readonly Row<'owed'>[]): void => {
    for (const { what, subjectId } of owed) {
      if (what !== 'passes') continue;
      if (waiting.size < WAITING_MOST) waiting.add(subjectId);
      else overflowed = true;
    }
    if (busy || waiting.size === 0 || closing.signal.aborted) return;
    busy = true;
    working = work().finally(() => {
      busy = false;
      // What came between the last look and this moment found the runner at work, and would wait for the next reply.
      enqueue([]);
    });
  };

  const stopListening = store.onCommit((commit: Commit) => {
    const added = commit.diff.owed?.added;
    if (added !== undefined) enqueue(Object.values(added));
  });

  async function work(): Promise<void> {
    for (;;) {
      for (const turnId of waiting) {
        if (closing.signal.aborted) return;
        waiting.delete(turnId);
        await settleStubbornly(turnId);
      }
      if (!overflowed) return;
      overflowed = false;
      for (const { subjectId } of await store.read.rows('owed', { what: 'passes' }, WAITING_MOST)) waiting.add(subjectId);
    }
  }

  async function settleStubbornly(turnId: string): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      try {
        await settle(kit, turnId);
        return;
      } catch (error) {
        const pause = PAUSES_MS[attempt];
        if (pause === undefined || closing.signal.aborted) {
          // It stays owed, and is taken up at the next start.
          log.error({ err: error, turnId }, 'what a reply left to do could not be done');
          return;
        }
        await sleep(pause, undefined, { signal: closing.signal }).catch(() => undefined);
      }
    }
  }

  return {
    async start() {
      enqueue(await store.read.rows('owed', { what: 'passes' }, WAITING_MOST));
    },
    async idle() {
      while (busy) await working;
    },
    async close() {
      stopListening();
      closing.abort();
      await working;
    },
  };
}

/** Runs the passes of one reply and settles it, in one commit that can happen once. Nothing where nothing is owed. */
async function settle(kit: Tools, turnId: string): Promise<void> {
  const { store } = kit;
  const key = keyOf('passes', turnId);
  const owed = await store.read.row('owed', key);
  const reply = await store.read.row('turns', turnId);
  const chat = owed === undefined ? undefined : await store.read.row('chats', owed.chatId);
  if (owed === undefined || reply === undefined || chat === undefined) return;
  const parent = reply.parentId === null ? undefined : await store.read.row('turns', reply.parentId);
  const found: NewEvent[] = [];
  for (const pass of PASSES) found.push(...(await pass.toEvents({ kit, chat, reply, parent })));
  try {
    await store.execute({ id: `${turnId}:passes`, actor: 'engine', at: kit.now() }, async (read) => {
      // Off the path nothing is owed; it will be again when the turn is back (TL-13).
      if ((await read.row('owed', key)) === undefined) throw new DomainError('already_done', 'Nothing is owed here.', ['turnId']);
      return { events: [...found, settlePasses(reply)], answer: null };
    });
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'already_done')) throw error;
  }
}
