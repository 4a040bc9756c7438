import type { Frame } from '@offstage/domain';
import type { Commit, Scope, Store } from '@offstage/store';
import { setTimeout as sleep } from 'node:timers/promises';
import { Audience } from './audience.ts';
import { Elsewhere } from './elsewhere.ts';
import { chatsTouched, commitFrame, missedFrame } from './frames.ts';
import { Places } from './places.ts';
import { LiveStream } from './streams.ts';
import type { Pipe, Told } from './subscriber.ts';
import { Subscriber, waitingFrame } from './subscriber.ts';

/** Rows that a returning page is brought one by one; beyond, it reads everything anew. */
const MISSED_MOST = 500;
/** LV-4, in bytes: past the first a page gets no words, past the second it is let go. */
const CONGESTED = 256 * 1024;
const LOST = 2 * 1024 * 1024;
/** How long a page that is past it has to read on, in ms: much may have been told at once. Meanwhile it is told nothing more. */
const DRAIN_MS = 5_000;
const LOOK_MS = 50;
/** WebSocket close code "try again later" (RFC 6455's registry). */
const TRY_AGAIN = 1013;

type TellingFrame = Extract<Frame, { type: 'telling' }>;

export interface Subscription {
  readonly chatId: string | null;
  readonly tabId: string;
  /** The last `id` that the page saw, or the `cursor` of the page it has read; null to begin now. */
  readonly lastEventId: string | null;
  readonly pipe: Pipe | null;
}

/** What goes on right now, for every open tab (LV). */
export interface Live {
  /** Begins to tell a reply's words. */
  open(place: { chatId: string; turnId: string; speakerId: string }): LiveStream;
  /** The reply has ended, and its end is committed. */
  done(stream: LiveStream): void;
  /** The reply that is being written in a chat. */
  active(chatId: string): LiveStream | undefined;
  typing(chatId: string, tabId: string): void;
  /** How far the telling of a closed scene is, for those who listen and those who come while it goes on. */
  telling(now: Omit<TellingFrame, 'type'>): void;
  /** The place from which a page that reads now has to listen on. Read it before the rows. */
  cursor(): Promise<string>;
  /** What a page missed, then what happens, until the signal aborts (LV-2). */
  subscribe(subscription: Subscription, signal: AbortSignal): AsyncGenerator<Told, void>;
  /** Rows were made anew: every page reads everything anew. */
  startOver(): Promise<void>;
  /** How many pages listen. */
  readonly subscribers: number;
  /** How many pages were hung up on since the start because they fell too far behind (LV-4). */
  readonly letGo: number;
  close(): void;
}

/** Tells pages what is committed and what is being written. One commit is read once per scope and shared. `drainMs` in place of the usual patience, for tests. */
export function createLive({ store, drainMs = DRAIN_MS }: { readonly store: Store; readonly drainMs?: number }): Live {
  const audience = new Audience();
  const streams = new Map<string, LiveStream>();
  const tellings = new Map<string, TellingFrame>();
  const places = new Places();
  const closing = new AbortController();
  let letGo = 0;

  const idOf = (seq: number): string => `${store.epoch}.${seq}`;
  const durable = (frame: Extract<Frame, { seq: number }>, knownTo = frame.seq): Told => ({ id: idOf(knownTo), frame });

  const elsewhere = new Elsewhere(
    () => audience.groups,
    (subscriber, frame) => subscriber.tell(durable(frame)),
  );

  const stopListening = store.onCommit((commit: Commit) => {
    elsewhere.add(commit.seq, chatsTouched(commit));
    // A page that comes back from here is told again of chats that wait to be told of.
    const knownTo = elsewhere.knownTo(commit.seq);
    for (const { chatId, continuityId, members } of audience.groups) {
      const frame = commitFrame(commit, { chatId, continuityId });
      if (frame === undefined) continue;
      const told = durable(frame, knownTo);
      for (const subscriber of members) subscriber.tell(told);
    }
  });

  const watchers = {
    words(stream: LiveStream) {
      for (const subscriber of audience.of(stream.chatId)) subscriber.words(stream);
    },
    waiting(stream: LiveStream, wait: { message: string; retryAt: number | null }) {
      const told = { frame: waitingFrame(stream, wait) };
      for (const subscriber of audience.of(stream.chatId)) subscriber.tell(told);
    },
  };

  /** What a page missed since `lastEventId`: rows, or the word to read everything anew; then that it is live. */
  async function* missed(subscriber: Subscriber, lastEventId: string | null): AsyncGenerator<Told, number> {
    const since = placeOf(lastEventId, store.epoch);
    if (since === 'now') {
      const seq = await store.read.seq();
      yield durable({ type: 'ready', seq });
      return seq;
    }
    const scope: Scope = subscriber;
    const found = since === 'unknown' ? undefined : await store.missed(scope, since, MISSED_MOST);
    const seq = found?.seq ?? (await store.read.seq());
    if (found === undefined) yield durable({ type: 'reset', seq });
    else {
      const frame = missedFrame(found);
      if (frame.rows.length > 0) yield durable(frame);
    }
    yield durable({ type: 'ready', seq });
    return seq;
  }

  async function* listen(subscriber: Subscriber, from: Subscription, signal: AbortSignal): AsyncGenerator<Told, void> {
    let readTo = yield* missed(subscriber, from.lastEventId);
    let lastId = idOf(readTo);
    resume(subscriber);
    while (!signal.aborted) {
      const backlog = from.pipe?.bufferedAmount ?? 0;
      if (backlog > LOST) {
        if (from.pipe !== null && (await drains(from.pipe, drainMs, signal))) continue;
        if (signal.aborted) return;
        letGo++;
        from.pipe?.close(TRY_AGAIN, 'This page fell too far behind.');
        return;
      }
      if (subscriber.behind) {
        subscriber.catchUp();
        readTo = yield* missed(subscriber, lastId);
        lastId = idOf(readTo);
        resume(subscriber);
        continue;
      }
      const next = subscriber.next(backlog > CONGESTED);
      if (next === undefined) {
        await subscriber.something();
        continue;
      }
      // What came while the page's past was read was part of that already.
      if (next.frame.type === 'commit' && next.frame.seq <= readTo) continue;
      lastId = next.id ?? lastId;
      yield next;
    }
  }

  /** Brings what goes on in the chat: the words so far of a reply that streams, behind whatever waits, for its start may be among that. */
  function resume(subscriber: Subscriber): void {
    if (subscriber.chatId === null) return;
    const telling = tellings.get(subscriber.chatId);
    if (telling !== undefined) subscriber.tell({ frame: telling });
    const stream = streams.get(subscriber.chatId);
    if (stream === undefined) return;
    if (stream.waiting !== null) subscriber.tell({ frame: waitingFrame(stream, stream.waiting) });
    subscriber.words(stream);
  }

  return {
    open(place) {
      const stream = new LiveStream(place, watchers);
      streams.set(place.chatId, stream);
      return stream;
    },
    done(stream) {
      if (streams.get(stream.chatId) === stream) streams.delete(stream.chatId);
    },
    active: (chatId) => streams.get(chatId),
    typing(chatId, tabId) {
      for (const subscriber of audience.of(chatId)) {
        if (subscriber.tabId !== tabId) subscriber.tell({ frame: { type: 'typing', chatId, tabId } });
      }
    },
    telling(now) {
      const frame: TellingFrame = { type: 'telling', ...now };
      if (now.done < now.total) tellings.set(now.chatId, frame);
      else tellings.delete(now.chatId);
      for (const subscriber of audience.of(now.chatId)) subscriber.tell({ frame });
    },
    cursor: async () => idOf(await store.read.seq()),
    async *subscribe(subscription, signal) {
      const { chatId, tabId, pipe } = subscription;
      const chat = chatId === null ? undefined : await store.read.row('chats', chatId);
      const subscriber = new Subscriber({ chatId, continuityId: chat?.continuityId ?? null, tabId });
      places.take(pipe);
      const ending = AbortSignal.any([signal, closing.signal]);
      const wake = (): void => subscriber.wake();
      ending.addEventListener('abort', wake, { once: true });
      // Listening begins before reading, so that nothing falls between the two.
      audience.add(subscriber);
      try {
        yield* listen(subscriber, subscription, ending);
      } finally {
        audience.delete(subscriber);
        places.leave(pipe);
        ending.removeEventListener('abort', wake);
      }
    },
    async startOver() {
      elsewhere.forget();
      const told = durable({ type: 'reset', seq: await store.read.seq() });
      for (const { members } of audience.groups) for (const subscriber of members) subscriber.tell(told);
    },
    get subscribers() {
      return audience.size;
    },
    get letGo() {
      return letGo;
    },
    close() {
      stopListening();
      elsewhere.close();
      closing.abort();
    },
  };
}

/** Whether a page that is too far behind reads on in time. */
async function drains(pipe: Pipe, ms: number, signal: AbortSignal): Promise<boolean> {
  for (const since = performance.now(); pipe.bufferedAmount > LOST; ) {
    if (signal.aborted || performance.now() - since > ms) return false;
    await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
  return true;
}

/** The place in the log that an id names: `now` without one, `unknown` when it is of another library or no id at all. */
function placeOf(id: string | null, epoch: string): number | 'now' | 'unknown' {
  if (id === null || id === '') return 'now';
  const dot = id.lastIndexOf('.');
  const seq = id.slice(dot + 1);
  return id.slice(0, dot) === epoch && /^\d{1,15}$/.test(seq) ? Number(seq) : 'unknown';
}
