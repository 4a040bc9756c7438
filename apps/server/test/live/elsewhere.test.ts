import type { RowNow } from '@offstage/domain';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Audience } from '../../src/live/audience.ts';
import { Elsewhere } from '../../src/live/elsewhere.ts';
import { Subscriber } from '../../src/live/subscriber.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** The row of a chat, of which nothing but its key is looked at here. */
const rowOf = (chatId: string): RowNow => ({ p: 'chats', key: chatId, row: null });

function house(pages: number) {
  const audience = new Audience();
  for (let n = 0; n < pages; n++) audience.add(new Subscriber({ chatId: n % 2 === 0 ? null : `c${n % 100}`, continuityId: null, tabId: `t${n}` }));
  const told: { page: Subscriber; seq: number; keys: readonly string[] }[] = [];
  const elsewhere = new Elsewhere(
    () => audience.groups,
    (page, { seq, rows }) => void told.push({ page, seq, keys: rows.map(({ key }) => key) }),
  );
  return { audience, elsewhere, told };
}

test('PF-3 LV-4 a thousand pages are told of a hundred busy chats a few at a time, each once and without its own chat', async () => {
  const { elsewhere, told } = house(1_000);
  for (let n = 0; n < 100; n++) elsewhere.add(n + 1, [rowOf(`c${n}`)]);
  await vi.advanceTimersByTimeAsync(250);
  // What happens in a page's own chat now waits for a few pages, not for a thousand.
  expect(told.length).toBeLessThanOrEqual(3);
  await vi.advanceTimersByTimeAsync(5_100);
  expect(told).toHaveLength(1_000);
  expect(new Set(told.map(({ page }) => page)).size).toBe(1_000);
  for (const { page, keys } of told) expect(keys.length).toBe(page.chatId === null ? 100 : 99);
});

test('LV-2 while pages are being told, the place to come back to lies before what some have not heard; what comes meanwhile is the next round', async () => {
  const { elsewhere, told } = house(400);
  for (let n = 0; n < 100; n++) elsewhere.add(n + 11, [rowOf(`c${n}`)]);
  expect(elsewhere.knownTo(200)).toBe(10);
  await vi.advanceTimersByTimeAsync(260);
  elsewhere.add(150, [rowOf('c3')]);
  expect(elsewhere.knownTo(200)).toBe(10);
  await vi.advanceTimersByTimeAsync(2_050);
  expect(elsewhere.knownTo(200)).toBe(149);
  expect(told.filter(({ seq }) => seq === 150)).toEqual([]);
  await vi.advanceTimersByTimeAsync(600);
  expect(elsewhere.knownTo(200)).toBe(200);
  expect(told.filter(({ seq, page }) => seq === 150 && page.chatId !== 'c3')).toHaveLength(396);
});

test('LV-2 what was being told is void once pages read everything anew, and the next change is told again', async () => {
  const { elsewhere, told } = house(200);
  for (let n = 0; n < 100; n++) elsewhere.add(n + 1, [rowOf(`c${n}`)]);
  await vi.advanceTimersByTimeAsync(250);
  elsewhere.forget();
  const before = told.length;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(told).toHaveLength(before);
  expect(elsewhere.knownTo(300)).toBe(300);
  elsewhere.add(301, [rowOf('c0')]);
  await vi.advanceTimersByTimeAsync(300);
  expect(told).toHaveLength(before + 200);
  elsewhere.close();
});
