import type { Frame } from '@offstage/domain';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Connection } from '../../src/features/chat/model/session.ts';
import { StickyEnd } from '../../src/features/chat/model/stick.ts';

interface Listener {
  onData(told: unknown): void;
  onConnectionStateChange(now: { state: string }): void;
  onError(): void;
}

const subscribe = vi.fn((_input: { lastEventId: string }, _listener: Listener) => ({ unsubscribe: vi.fn() }));
const asked: [string, unknown][] = [];
const procedure = (name: string, answer: unknown) => {
  const ask = async (input: unknown): Promise<unknown> => {
    asked.push([name, input]);
    return answer;
  };
  return { query: ask, mutate: ask };
};
vi.mock('../../src/lib/trpc.ts', () => ({
  server: {
    chats: { open: procedure('open', {}), drawer: procedure('drawer', {}), memories: procedure('memories', []), rename: procedure('rename', null), typing: procedure('typing', null) },
    transcript: { page: procedure('page', {}) },
    turns: { send: procedure('send', {}), stop: procedure('stop', {}), retry: procedure('retry', {}) },
    live: { subscribe },
  },
}));
const { chatServer } = await import('../../src/features/chat/api.ts');
const { signal } = new AbortController();

describe('the server as the chat page knows it', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    subscribe.mockClear();
  });

  it('UI-6 asks for a page up to and with its last turn', async () => {
    await chatServer.page('c', { from: 50, to: 99 }, signal);
    expect(asked.at(-1)).toEqual(['page', { chatId: 'c', from: 50, to: 100 }]);
  });

  it('LV-2 takes frames with and without a place, and comes back to the last one', () => {
    const heard: [Frame, string | null][] = [];
    const stands: Connection[] = [];
    const end = chatServer.live('c', 'e.1', (frame, cursor) => heard.push([frame, cursor]), (now) => stands.push(now));
    const [, listener] = subscribe.mock.calls[0]!;
    const ready: Frame = { type: 'ready', seq: 4 };
    const typing: Frame = { type: 'typing', chatId: 'c', tabId: 't' };
    listener.onData({ id: 'e.4', data: ready });
    listener.onData(typing);
    expect(heard).toEqual([[ready, 'e.4'], [typing, null]]);
    listener.onConnectionStateChange({ state: 'pending' });
    listener.onConnectionStateChange({ state: 'connecting' });
    expect(stands).toEqual(['connecting']);
    listener.onError();
    vi.advanceTimersByTime(3_000);
    expect(subscribe.mock.calls.map(([input]) => input.lastEventId)).toEqual(['e.1', 'e.4']);
    end();
    vi.advanceTimersByTime(9_000);
    expect(subscribe).toHaveBeenCalledTimes(2);
  });

  it('LV-5 tells silence from a refusal', () => {
    expect(chatServer.silent(new TypeError('fetch failed'))).toBe(true);
    expect(chatServer.silent({ data: { offstage: { code: 'busy', message: 'A reply is still being written.', fields: [] } } })).toBe(false);
  });
});

describe('the end of the page', () => {
  let grow: () => void;
  const box = { scrollTop: 0, scrollHeight: 1_000, clientHeight: 400, addEventListener: (_type: string, run: () => void) => (scroll = run), removeEventListener: () => undefined };
  let scroll: () => void = () => undefined;

  beforeEach(() => {
    vi.stubGlobal('ResizeObserver', class {
      constructor(run: () => void) {
        grow = run;
      }
      observe(): void {}
      disconnect(): void {}
    });
    Object.assign(box, { scrollTop: 0, scrollHeight: 1_000 });
  });
  afterEach(() => vi.unstubAllGlobals());

  const attach = () => {
    const sticky = new StickyEnd();
    // The four members above are all that it reads of an element.
    const element = box as unknown as HTMLElement;
    return { sticky, end: sticky.attach(element, element) };
  };

  it('UI-6 is followed while the reader is there', () => {
    const { sticky } = attach();
    expect(box.scrollTop).toBe(600);
    box.scrollHeight = 1_300;
    scroll();
    grow();
    expect([box.scrollTop, sticky.atEnd()]).toEqual([900, true]);
  });

  it('UI-6 is left alone once they have gone up, until they come back', () => {
    const { sticky, end } = attach();
    let told = 0;
    const forget = sticky.subscribe(() => told++);
    box.scrollTop = 300;
    scroll();
    box.scrollHeight = 1_300;
    grow();
    expect([box.scrollTop, sticky.atEnd(), told]).toEqual([300, false, 1]);
    sticky.toEnd();
    expect([box.scrollTop, sticky.atEnd(), told]).toEqual([900, true, 2]);
    box.scrollTop = 500;
    scroll();
    box.scrollTop = 880;
    scroll();
    expect(sticky.atEnd()).toBe(true);
    forget();
    end();
    box.scrollHeight = 2_000;
    sticky.toEnd();
    expect(box.scrollTop).toBe(880);
  });
});
