import { afterEach, expect, it, vi } from 'vitest';
import { onceOnItsWay, server } from '../../src/lib/trpc.ts';

afterEach(() => vi.unstubAllGlobals());

it('PF-8 a command is on its way before the key or click that gave it is over', async () => {
  const order: string[] = [];
  vi.stubGlobal('fetch', async (url: string) => {
    order.push(url);
    return new Response(JSON.stringify({ result: { data: { stopped: true } } }));
  });
  onceOnItsWay(() => order.push('drawn'));
  const stopped = server.turns.stop.mutate({ chatId: 'c' });
  // Whatever follows by itself is done before the next key, click or frame.
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(order).toEqual(['/trpc/turns.stop', 'drawn']);
  expect(await stopped).toEqual({ stopped: true });
  await server.turns.stop.mutate({ chatId: 'c' });
  expect(order.slice(2)).toEqual(['/trpc/turns.stop']);
});
