import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { isAnother } from '../../src/lib/library-standing.ts';
import { Line } from '../../src/lib/line.ts';
import { Patience } from '../../src/lib/patience.ts';
import { onWaking } from '../../src/lib/waking.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('LV-5 a gap in the beat of a page in view says that the machine slept; out of view it says nothing until one comes back', () => {
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  const tab = new EventTarget();
  vi.stubGlobal('document', page);
  vi.stubGlobal('addEventListener', tab.addEventListener.bind(tab));
  vi.stubGlobal('removeEventListener', tab.removeEventListener.bind(tab));
  const woken = vi.fn<() => void>();
  const stop = onWaking(woken);
  vi.advanceTimersByTime(20_000);
  expect(woken).not.toHaveBeenCalled();
  // The clock of the world went on, that of the timers did not.
  vi.setSystemTime(Date.now() + 3_600_000);
  vi.advanceTimersByTime(2_000);
  expect(woken).toHaveBeenCalledTimes(1);
  page.visibilityState = 'hidden';
  vi.setSystemTime(Date.now() + 60_000);
  vi.advanceTimersByTime(2_000);
  expect(woken).toHaveBeenCalledTimes(1);
  page.visibilityState = 'visible';
  page.dispatchEvent(new Event('visibilitychange'));
  tab.dispatchEvent(new Event('online'));
  expect(woken).toHaveBeenCalledTimes(3);
  stop();
  page.dispatchEvent(new Event('visibilitychange'));
  vi.setSystemTime(Date.now() + 3_600_000);
  vi.advanceTimersByTime(10_000);
  expect(woken).toHaveBeenCalledTimes(3);
});

it('LV-5 pauses between tries grow, begin short again once the server was reached, and end at once when there is reason to hope', async () => {
  const patience = new Patience();
  const lasts = async (): Promise<number> => {
    const since = Date.now();
    const over = patience.pause();
    await vi.advanceTimersToNextTimerAsync();
    await over;
    return Date.now() - since;
  };
  const pauses: number[] = [];
  for (let n = 0; n < 8; n++) pauses.push(await lasts());
  expect(pauses).toEqual([0, 250, 500, 1_000, 2_000, 4_000, 8_000, 8_000]);
  const long = patience.pause();
  patience.hurry();
  await long;
  expect(vi.getTimerCount()).toBe(0);
  expect(await lasts()).toBe(250);
  await lasts();
  patience.reached();
  expect(await lasts()).toBe(250);
});

it('LV-5 a connection that gives no sign of life is given up at once, and what it says later is nobody\'s business', async () => {
  const sent: unknown[] = [];
  vi.spyOn(WebSocket.prototype, 'readyState', 'get').mockReturnValue(WebSocket.OPEN);
  vi.spyOn(WebSocket.prototype, 'send').mockImplementation((data) => void sent.push(data));
  const close = vi.spyOn(WebSocket.prototype, 'close').mockImplementation(() => {});
  const line = new Line('ws://127.0.0.1:9/trpc');
  const heard: string[] = [];
  for (const kind of ['message', 'close']) line.addEventListener(kind, () => heard.push(kind));
  line.prove(2_000);
  vi.advanceTimersByTime(1_000);
  line.dispatchEvent(new MessageEvent('message', { data: 'PONG' }));
  vi.advanceTimersByTime(10_000);
  expect([sent, heard, close.mock.calls]).toEqual([['PING'], ['message'], []]);
  line.prove(2_000);
  vi.advanceTimersByTime(2_000);
  expect(heard).toEqual(['message', 'close']);
  expect(close).toHaveBeenCalledWith(4000);
  line.dispatchEvent(new MessageEvent('message', { data: 'late' }));
  line.dispatchEvent(new CloseEvent('close'));
  line.prove(2_000);
  expect([sent.length, heard]).toEqual([2, ['message', 'close']]);
  vi.restoreAllMocks();
});

it('LV-5 a page knows that another build is served; one that was never built is none the older', () => {
  expect([isAnother('a', 'b'), isAnother('a', 'a'), isAnother(null, 'b'), isAnother('a', null)]).toEqual([true, false, false, false]);
});
