import type { Row } from '@offstage/domain';
import { keyOf } from '@offstage/domain';
import type { Commit } from '@offstage/store';
import { expect, test } from 'vitest';
import { createOwedRunner } from '../../src/story/owed.ts';

type Tools = Parameters<typeof createOwedRunner>[0];

const owedBy = (turnId: string): Row<'owed'> => ({ key: keyOf('passes', turnId), what: 'passes', subjectId: turnId }) as unknown as Row<'owed'>;

// How many steps lie between the last work and its end is nobody's business, so each distance is tried.
test.each(Array.from({ length: 24 }, (_, steps) => steps))('TN-9 what becomes owed just as the runner ends is done (%i steps later)', async (steps) => {
  const looked: string[] = [];
  let tell: (commit: Commit) => void = () => {};
  const owe = (turnId: string): void => tell({ diff: { owed: { added: { [turnId]: owedBy(turnId) } } } } as unknown as Commit);
  const later = (left: number): void => {
    if (left === 0) owe('second');
    else queueMicrotask(() => later(left - 1));
  };
  const store = {
    onCommit(listener: (commit: Commit) => void) {
      tell = listener;
      return () => {};
    },
    onStartOver: () => () => {},
    read: {
      async row(projection: string, key: string) {
        if (projection !== 'owed') return undefined;
        looked.push(key);
        if (key === keyOf('passes', 'first')) later(steps);
        return undefined;
      },
    },
  };
  const runner = createOwedRunner({ store } as unknown as Tools);
  owe('first');
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(looked).toEqual([keyOf('passes', 'first'), keyOf('passes', 'second')]);
  await runner.close();
});

test('TN-9 more than can wait at once is done all the same, in the order in which it came to be owed', async () => {
  const left = new Map(Array.from({ length: 1_500 }, (_, n) => `t${String(n).padStart(4, '0')}`).map((id, n) => [id, { ...owedBy(id), chatId: 'c', sinceSeq: n }]));
  const done: string[] = [];
  const store = { onCommit: () => () => {}, onStartOver: () => () => {}, read: { rows: async (_projection: string, _where: object, limit: number) => [...left.values()].slice(0, limit) } };
  const runner = createOwedRunner({ store } as unknown as Tools, {
    async settleReply(_kit, turnId) {
      done.push(turnId);
      left.delete(turnId);
    },
    accountForScene: async () => 'done',
    interjectAfter: async () => {},
  });
  await runner.start();
  for (let before = -1; before < done.length; await runner.idle()) {
    before = done.length;
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(done).toHaveLength(1_500);
  expect(done).toEqual(done.toSorted());
  await runner.close();
});

test('TN-9 a chat whose scene waits for a reply goes on, also where it came to owe more when no more could wait', async () => {
  const left = new Map(Array.from({ length: 1_000 }, (_, n) => `t${String(n).padStart(4, '0')}`).map((id, n) => [id, { ...owedBy(id), chatId: 'busy', sinceSeq: n }]));
  let tell: (commit: Commit) => void = () => {};
  const owe = (row: object): void => tell({ diff: { owed: { added: { one: row } } } } as unknown as Commit);
  const store = {
    onCommit(listener: (commit: Commit) => void) {
      tell = listener;
      return () => {};
    },
    onStartOver: () => () => {},
    read: { rows: async () => [...left.values()] },
  };
  const free = Promise.withResolvers<void>();
  const last = Promise.withResolvers<void>();
  const done: string[] = [];
  const runner = createOwedRunner({ store, log: { error() {} } } as unknown as Tools, {
    async settleReply(_kit, turnId) {
      await free.promise;
      done.push(turnId);
      left.delete(turnId);
      if (turnId === 'more') last.resolve();
    },
    accountForScene: async () => 'waits',
    interjectAfter: async () => {},
  });
  owe({ what: 'scene', subjectId: 's', chatId: 'quiet', sinceSeq: 1 });
  await runner.idle();
  await runner.start();
  // A thousand wait, and one is being worked on: the next two find no place.
  const more = { ...owedBy('more'), chatId: 'quiet', sinceSeq: 2_000 };
  for (const row of [{ ...owedBy('full'), chatId: 'busy', sinceSeq: 1_999 }, more]) owe(row);
  left.set('more', more);
  free.resolve();
  await last.promise;
  expect(done).toContain('more');
  await runner.close();
});
