import type { Store } from '@offstage/store';
import { expect, test } from 'vitest';
import { createLive } from '../../src/live/hub.ts';
import { LiveStream } from '../../src/live/streams.ts';
import { Subscriber } from '../../src/live/subscriber.ts';

const place = { chatId: 'c1', turnId: 't1', speakerId: 'mara' };
const quiet = { words: () => {}, waiting: () => {} };
const commit = (seq: number) => ({ id: `e.${seq}`, frame: { type: 'commit' as const, seq, rows: [], path: [] } });

function subscriber(): Subscriber {
  return new Subscriber({ chatId: 'c1', continuityId: 'shared', tabId: 'tab' });
}

test('LV-4 a slow page gets its words in fewer pieces and without a gap', async () => {
  const page = subscriber();
  const stream = new LiveStream(place, { ...quiet, words: (at) => page.words(at) });
  stream.say('One ');
  stream.say('two ');
  await stream.flush();
  expect(page.next(false)?.frame).toMatchObject({ type: 'words', offset: 0, text: 'One two ' });
  expect(page.next(false)).toBeUndefined();
  stream.say('three');
  await stream.flush();
  expect(page.next(false)?.frame).toMatchObject({ offset: 8, text: 'three' });
});

test('LV-4 where the pipe is full only what is durable comes', async () => {
  const page = subscriber();
  const stream = new LiveStream(place, { ...quiet, words: (at) => page.words(at) });
  stream.say('One ');
  await stream.flush();
  page.tell({ frame: { type: 'typing', chatId: 'c1', tabId: 'x' } });
  page.tell(commit(5));
  expect(page.next(true)).toEqual(commit(5));
  expect(page.next(true)).toBeUndefined();
  stream.say('two');
  await stream.flush();
  expect(page.next(false)?.frame).toMatchObject({ offset: 0, text: 'One two' });
});

test('LV-4 a page that reads nothing holds a bounded queue, then reads what it missed', () => {
  const page = subscriber();
  for (let seq = 0; seq < 5_000; seq++) page.tell(commit(seq));
  expect(page.behind).toBe(true);
  expect(page.next(false)).toBeUndefined();
  page.catchUp();
  page.tell(commit(6_000));
  expect(page.next(false)).toEqual(commit(6_000));
});

test('MO-6 words that proved to be thinking are told anew from the beginning', async () => {
  const page = subscriber();
  const stream = new LiveStream(place, { ...quiet, words: (at) => page.words(at) });
  stream.say('I should be careful.');
  await stream.flush();
  page.next(false);
  stream.retell('Hello.');
  await stream.flush();
  expect(page.next(false)?.frame).toMatchObject({ offset: 0, text: 'Hello.' });
});

/** A store that hands out missed rows and lets commits be played. */
function fakeStore() {
  const listeners = new Set<(commit: never) => void>();
  const store = {
    epoch: 'e',
    read: { seq: async () => 10, row: async () => undefined },
    missed: async () => ({ seq: 10, changes: [], path: [] }),
    onCommit: (listener: (commit: never) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const commitTurn = (seq: number): void => {
    const row = { turnId: 't', chatId: 'c1' };
    for (const listener of listeners) listener({ seq, events: [], diff: { turns: { added: { t: row }, updated: {}, removed: {} } }, path: [], answer: null, replayed: false } as never);
  };
  return { store: store as unknown as Store, commitTurn };
}

test('LV-4 a page whose pipe holds too much is told nothing more until it has read on, and let go with a reason when it does not', async () => {
  const { store, commitTurn } = fakeStore();
  const live = createLive({ store, drainMs: 300 });
  const pipe = { bufferedAmount: 0, closed: '', close: (_code: number, reason: string) => { pipe.closed = reason; } };
  const heard = live.subscribe({ chatId: 'c1', tabId: 'tab', lastEventId: null, pipe }, new AbortController().signal);
  expect((await heard.next()).value?.frame.type).toBe('ready');
  const next = heard.next();
  commitTurn(11);
  expect((await next).value?.frame).toMatchObject({ type: 'commit', seq: 11 });
  pipe.bufferedAmount = 3 * 1024 * 1024;
  const after = heard.next();
  commitTurn(12);
  setTimeout(() => (pipe.bufferedAmount = 1_000), 80);
  expect((await after).value?.frame).toMatchObject({ type: 'commit', seq: 12 });
  expect(live.letGo).toBe(0);
  pipe.bufferedAmount = 3 * 1024 * 1024;
  const last = heard.next();
  commitTurn(13);
  expect((await last).done).toBe(true);
  expect(pipe.closed).toContain('too far behind');
  expect(live.subscribers).toBe(0);
});

test('LV-2 a page that fell behind reads what it missed and goes on', async () => {
  const { store, commitTurn } = fakeStore();
  const live = createLive({ store });
  const ending = new AbortController();
  const heard = live.subscribe({ chatId: 'c1', tabId: 'tab', lastEventId: 'e.3', pipe: null }, ending.signal);
  expect((await heard.next()).value?.frame).toEqual({ type: 'ready', seq: 10 });
  for (let seq = 11; seq < 2_000; seq++) commitTurn(seq);
  expect((await heard.next()).value?.frame.type).toBe('ready');
  const next = heard.next();
  commitTurn(2_000);
  expect((await next).value?.frame).toMatchObject({ type: 'commit', seq: 2_000 });
  const end = heard.next();
  ending.abort();
  expect((await end).done).toBe(true);
  live.close();
});

test('LV-2 closing ends every subscription', async () => {
  const { store } = fakeStore();
  const live = createLive({ store });
  const heard = live.subscribe({ chatId: null, tabId: 'tab', lastEventId: null, pipe: null }, new AbortController().signal);
  await heard.next();
  const end = heard.next();
  live.close();
  expect((await end).done).toBe(true);
});

test('LV-2 what happens in other chats is told together, and a page that comes back in between loses none of it', async () => {
  const { store } = fakeStore();
  const listeners: ((commit: never) => void)[] = [];
  const live = createLive({ store: { ...store, onCommit: (listener: (commit: never) => void) => (listeners.push(listener), () => {}) } as unknown as Store });
  const touch = (seq: number, chatId: string): void => {
    const diff = { chats: { added: {}, updated: { [chatId]: [{ chatId }, { chatId, head: `t${seq}` }] }, removed: {} } };
    for (const listener of listeners) listener({ seq, events: [], diff, path: [], answer: null, replayed: false } as never);
  };
  const heard = live.subscribe({ chatId: 'c1', tabId: 'tab', lastEventId: null, pipe: null }, new AbortController().signal);
  await heard.next();
  const own = heard.next();
  for (const seq of [11, 12, 13]) touch(seq, 'c2');
  touch(14, 'c1');
  touch(15, 'c3');
  // Its own chat at once; its place to come back to lies before what it has not been told.
  expect((await own).value).toMatchObject({ id: 'e.10', frame: { seq: 14, rows: [{ key: 'c1' }] } });
  expect((await heard.next()).value).toMatchObject({ id: 'e.15', frame: { seq: 15, rows: [{ key: 'c2', row: { head: 't13' } }, { key: 'c3' }] } });
  live.close();
});
