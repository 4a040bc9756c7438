import { createElement, Suspense } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import { later, patiently } from '../../src/lib/later.ts';

it('LV-5 a part of the page is asked for again while the server is away', async () => {
  let asked = 0;
  const load = (): Promise<string> => (++asked < 3 ? Promise.reject(new TypeError('Failed to fetch')) : Promise.resolve('here'));
  expect(await patiently(load, [1, 1, 1])).toBe('here');
  expect(asked).toBe(3);
});

it('LV-5 a part that cannot be had at all fails with what was said last', async () => {
  let asked = 0;
  await expect(patiently(() => Promise.reject(new TypeError(`no ${++asked}`)), [1, 1])).rejects.toThrow('no 3');
});

it('LV-5 a part that is not there any more says so in its own place, and the page around it stands', async () => {
  vi.useFakeTimers();
  const Part = later(() => Promise.reject<() => null>(new TypeError('Failed to fetch')));
  const page = () => renderToString(createElement('main', {}, 'A draft. ', createElement(Suspense, { fallback: 'Coming' }, createElement(Part))));
  expect(page()).toContain('Coming');
  await vi.runAllTimersAsync();
  vi.useRealTimers();
  expect(page()).toMatch(/A draft\. .*This part could not be fetched/);
});
