import type { Row } from '@offstage/domain';
import type { Commit } from '@offstage/store';
import { setTimeout as sleep } from 'node:timers/promises';
import { accountForScene } from './accounts.ts';
import { interjectAfter } from './interject.ts';
import type { Kit } from './kit.ts';
import { settleReply } from './passes/settle.ts';

/** Pieces of work that may wait; past this the runner reads what is owed instead of keeping a list. */
const WAITING_MOST = 1_000;
/** Pauses before another try when the disk refused, in ms. */
const PAUSES_MS = [200, 1_000, 5_000];
/** When a scene that no model could tell is tried again, in ms. */
const LATER_MS = [30_000, 120_000, 600_000, 3_600_000, 6 * 3_600_000, 24 * 3_600_000];

type Owed = Pick<Row<'owed'>, 'chatId' | 'what' | 'subjectId' | 'sinceSeq'>;

/** What one chat owes, in the order in which it came to be owed: so it takes effect in turn order (TN-8). */
interface Queue {
  readonly waiting: Map<string, Owed>;
  /** Closed scenes of which a reply is still being written: they follow the passes of that reply. */
  readonly parked: Map<string, Owed>;
  working: Promise<void> | undefined;
}

/** Does what is owed after replies and scenes: one after another in a chat, chats side by side. What a crash left undone is found in the log (TN-9). */
export interface OwedRunner {
  /** Takes up what was owed when the server last stopped. */
  start(): Promise<void>;
  /** True while something is being done. */
  busy(): boolean;
  /** Resolves when nothing waits that could be done now. */
  idle(): Promise<void>;
  /** Takes up what the disk has refused too often. */
  again(): void;
  /** Ends what is going on; it stays owed. */
  close(): Promise<void>;
}


/** The work itself; another may stand in for tests of the order. */
interface Work {
  settleReply(kit: Kit, turnId: string, signal: AbortSignal): Promise<void>;
  accountForScene: typeof accountForScene;
  interjectAfter: typeof interjectAfter;
}

export function createOwedRunner(kit: Kit, work: Work = { settleReply, accountForScene, interjectAfter }): OwedRunner {
  const { store, log } = kit;
  const queues = new Map<string, Queue>();
  const timers = new Set<NodeJS.Timeout>();
  const retried = new Map<string, number>();
  /** What was refused too often, to be taken up when the disk is well again, or at the next start. */
  const refused = new Map<string, Owed>();
  const closing = new AbortController();
  let waiting = 0;
  let overflowed = false;

  const idOf = ({ what, subjectId }: Owed): string => `${what}/${subjectId}`;

  function enqueue(owed: readonly Owed[]): void {
    if (closing.signal.aborted) return;
    for (const one of owed) {
      const queue = queues.get(one.chatId) ?? { waiting: new Map(), parked: new Map(), working: undefined };
      queues.set(one.chatId, queue);
      const id = idOf(one);
      if (queue.waiting.has(id)) continue;
      if (waiting >= WAITING_MOST) overflowed = true;
      else {
        queue.waiting.set(id, one);
        waiting++;
      }
      // A worker that finds nothing is over before it is known here as one, and would never be followed by another.
      if (queue.waiting.size > 0) queue.working ??= workOff(one.chatId, queue);
    }
  }

  async function workOff(chatId: string, queue: Queue): Promise<void> {
    for (let next = first(queue); next !== undefined && !closing.signal.aborted; next = first(queue)) {
      queue.waiting.delete(idOf(next));
      waiting--;
      await doStubbornly(next, queue);
      if (next.what === 'passes') unpark(queue);
    }
    // From here to the end nothing is awaited, so nothing that becomes owed finds a worker that has stopped looking.
    queue.working = undefined;
    if (queue.waiting.size === 0 && queue.parked.size === 0) queues.delete(chatId);
    if (overflowed && waiting === 0) {
      overflowed = false;
      void readOwed();
    }
  }

  function unpark(queue: Queue): void {
    for (const [id, one] of queue.parked) {
      queue.waiting.set(id, one);
      waiting++;
    }
    queue.parked.clear();
  }

  async function doStubbornly(owed: Owed, queue: Queue): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      try {
        await doOne(owed, queue);
        return;
      } catch (error) {
        if (closing.signal.aborted) return;
        const pause = PAUSES_MS[attempt];
        if (pause === undefined) {
          if (refused.size < WAITING_MOST) refused.set(idOf(owed), owed);
          log.error({ err: error, what: owed.what, subjectId: owed.subjectId }, 'what was left to do could not be done');
          return;
        }
        await sleep(pause, undefined, { signal: closing.signal }).catch(() => undefined);
      }
    }
  }

  async function doOne(owed: Owed, queue: Queue): Promise<void> {
    if (owed.what === 'passes') return work.settleReply(kit, owed.subjectId, closing.signal);
    if (owed.what === 'interjection') return work.interjectAfter(kit, owed.subjectId, closing.signal);
    const id = idOf(owed);
    switch (await work.accountForScene(kit, owed.subjectId, closing.signal)) {
      case 'done':
        retried.delete(id);
        return;
      case 'waits':
        queue.parked.set(id, owed);
        return;
      case 'later':
        return later(id, owed);
    }
  }

  /** Tries a scene again when the model may be back. */
  function later(id: string, owed: Owed): void {
    const tries = retried.get(id) ?? 0;
    // The last of the pauses comes again and again: a model that is back after a week still tells the scene.
    const pause = LATER_MS[Math.min(tries, LATER_MS.length - 1)];
    if (pause === undefined || timers.size >= WAITING_MOST) return;
    retried.set(id, tries + 1);
    const timer = setTimeout(() => {
      timers.delete(timer);
      enqueue([owed]);
    }, pause);
    timer.unref();
    timers.add(timer);
  }

  async function readOwed(): Promise<void> {
    try {
      const owed = await store.read.rows('owed', {}, WAITING_MOST);
      // There may be more than can wait. Passes stand first among them and go when they are done; scenes that no model can tell may stay.
      if (owed.length >= WAITING_MOST && owed.some(({ what }) => what === 'passes')) overflowed = true;
      enqueue(owed.toSorted((a, b) => a.sinceSeq - b.sinceSeq));
    } catch (error) {
      log.error({ err: error }, 'what is owed could not be read');
    }
  }

  const stopListening = store.onCommit((commit: Commit) => {
    const { added = {}, updated = {} } = commit.diff.owed ?? {};
    // What was owed and is asked for anew is to be done anew, whatever has been begun.
    enqueue([...Object.values(added), ...Object.values(updated).map(([, row]) => row)]);
  });

  // What a purge leaves to do is told by no commit.
  const stopStartingOver = store.onStartOver(() => void readOwed());

  const working = (): Promise<void>[] => [...queues.values()].flatMap((queue) => queue.working ?? []);

  return {
    start: readOwed,
    busy: () => working().length > 0,
    async idle() {
      for (let all = working(); all.length > 0; all = working()) await Promise.all(all);
    },
    again() {
      const all = [...refused.values()];
      refused.clear();
      enqueue(all);
    },
    async close() {
      stopListening();
      stopStartingOver();
      closing.abort();
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      await Promise.all(working());
    },
  };
}

/** What came to be owed first. */
function first(queue: Queue): Owed | undefined {
  let earliest: Owed | undefined;
  for (const one of queue.waiting.values()) if (earliest === undefined || one.sinceSeq < earliest.sinceSeq) earliest = one;
  return earliest;
}
