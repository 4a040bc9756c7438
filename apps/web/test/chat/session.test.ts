import type { Frame } from '@offstage/domain';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ChatApi } from '../../src/features/chat/model/session.ts';
import { ChatSession } from '../../src/features/chat/model/session.ts';
import type { ChatOpen } from '../../src/features/chat/model/state.ts';
import type { Turn } from '../../src/features/chat/model/transcript.ts';
import { WordsStore } from '../../src/features/chat/model/words.ts';
import { openOf, turnOf } from './make.ts';

const path = (count: number): Turn[] =>
  Array.from({ length: count }, (_, depth) => turnOf({ turnId: `t${depth}`, parentId: depth === 0 ? null : `t${depth - 1}`, depth, text: `turn ${depth}` }));

/** A session over a server that is only what the test says. */
function stage(turns: Turn[], change: Partial<ChatOpen> = {}) {
  const heard: { tell?: (frame: Frame, cursor?: string) => void; cursors: string[]; ended: number; pages: string[] } = { cursors: [], ended: 0, pages: [] };
  const open = (): ChatOpen => openOf({ head: turns.at(-1)?.turnId ?? '', headDepth: turns.length - 1, turns: turns.slice(-40), ...change });
  const api: ChatApi = {
    open: vi.fn(async () => open()),
    page: async (_chatId, { from, to }) => {
      heard.pages.push(`${from}-${to}`);
      return { head: turns.at(-1)?.turnId ?? '', headDepth: turns.length - 1, seq: 10, turns: turns.slice(from, to + 1) };
    },
    drawer: async () => ({ stage: null, scenes: [], meanwhiles: [], digests: [], containers: [], activities: [], edges: [], pins: [], plans: [], threads: [], things: [], groups: [], comings: [] }),
    cast: async () => open().cast,
    silent: (problem) => problem instanceof TypeError,
    live: (_chatId, cursor, tell, stands) => {
      heard.cursors.push(cursor);
      heard.tell = (frame, at) => tell(frame, at ?? null);
      stands('connecting');
      return () => {
        heard.ended++;
      };
    },
  };
  let run: ((now: number) => void) | null = null;
  const words = new WordsStore((next) => {
    run = next;
    return () => {
      run = null;
    };
  });
  let now = 0;
  const frames = (count: number): void => {
    for (let at = 0; at < count; at++) {
      const next = run;
      run = null;
      next?.((now += 16));
    }
  };
  const session = new ChatSession('c', api, 'tab-1', words);
  return { session, api, heard, frames, words };
}

const started = (depth: number, parentId: string): Turn => turnOf({ turnId: 'r1', parentId, depth, status: 'streaming' });

function commit(seq: number, rows: Turn[], move?: { head: string; headDepth: number; meetDepth: number }): Frame {
  return {
    type: 'commit',
    seq,
    rows: rows.map((row) => ({ p: 'turns', key: row.turnId, row })),
    path: move === undefined ? [] : [{ chatId: 'c', ...move }],
  };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

afterEach(() => vi.useRealTimers());

describe('a chat on the page', () => {
  it('LV-2 opens, then listens from where it was read', async () => {
    const { session, heard } = stage(path(3));
    await session.open();
    expect(heard.cursors).toEqual(['e.10']);
    expect(session.snapshot().state?.transcript.headDepth).toBe(2);
    heard.tell?.({ type: 'ready', seq: 10 }, 'e.10');
    expect(session.snapshot().connection).toBe('live');
  });

  it('TN-4 shows the words of a reply, and the turn when it has ended', async () => {
    const { session, heard, frames, words } = stage(path(3));
    await session.open();
    heard.tell?.(commit(11, [started(3, 't2')], { head: 'r1', headDepth: 3, meetDepth: 2 }), 'e.11');
    expect(words.turnId()).toBe('r1');
    heard.tell?.({ type: 'words', chatId: 'c', turnId: 'r1', offset: 0, text: 'The lamp swings. ' });
    frames(60);
    expect(words.snapshot()?.shown).toBe('The lamp swings. ');
    heard.tell?.(commit(12, [turnOf({ turnId: 'r1', parentId: 't2', depth: 3, text: 'The lamp swings. Fin.' })]), 'e.12');
    frames(30);
    expect(words.turnId()).toBeNull();
    expect(session.snapshot().state?.transcript.turns.get(3)?.text).toBe('The lamp swings. Fin.');
  });

  it('LV-2 takes up a reply that streams already where it is', async () => {
    const turns = [...path(3), started(3, 't2')];
    const { session, words } = stage(turns, { streaming: { turnId: 'r1', speakerId: 'mara', text: 'So far' } });
    await session.open();
    expect(words.snapshot()?.shown).toBe('So far');
  });

  it('LV-2 asks again when words are missing, once', async () => {
    const { session, heard } = stage([...path(3), started(3, 't2')]);
    await session.open();
    heard.tell?.({ type: 'words', chatId: 'c', turnId: 'r1', offset: 40, text: 'later' });
    heard.tell?.({ type: 'words', chatId: 'c', turnId: 'r1', offset: 45, text: 'later' });
    expect(heard.cursors).toEqual(['e.10', 'e.10']);
    expect(heard.ended).toBe(1);
  });

  it('TL-4 lets go of a reply that leaves the path', async () => {
    const { session, heard, words } = stage([...path(3), started(3, 't2')]);
    await session.open();
    expect(words.turnId()).toBe('r1');
    heard.tell?.(commit(11, [], { head: 't1', headDepth: 1, meetDepth: 1 }), 'e.11');
    expect(words.turnId()).toBeNull();
  });

  it('LV-2 reads everything anew when told so', async () => {
    const { session, heard, api } = stage(path(3));
    await session.open();
    heard.tell?.({ type: 'reset', seq: 40 }, 'e.40');
    await settle();
    expect(api.open).toHaveBeenCalledTimes(2);
  });

  it('UI-6 brings what is in view, and nothing twice', async () => {
    const { session, heard } = stage(path(300));
    await session.open();
    session.show({ from: 100, to: 120 });
    session.show({ from: 101, to: 121 });
    await settle();
    expect(heard.pages).toEqual(['100-149']);
    expect(session.snapshot().state?.transcript.turns.has(149)).toBe(true);
  });

  it('MO-4 says what a reply waits for, until its first word', async () => {
    const { session, heard } = stage([...path(3), started(3, 't2')]);
    await session.open();
    heard.tell?.({ type: 'waiting', chatId: 'c', turnId: 'r1', message: 'Too many requests.', retryAt: 5 });
    expect(session.snapshot().state?.waiting?.message).toBe('Too many requests.');
    heard.tell?.({ type: 'words', chatId: 'c', turnId: 'r1', offset: 0, text: 'Now' });
    expect(session.snapshot().state?.waiting).toBeNull();
  });

  it('UI-10 says how much of a closed scene is told, until all is, or it is told anew what goes on', async () => {
    const { session, heard } = stage(path(3));
    await session.open();
    const tell = (done: number, chatId = 'c'): void => heard.tell?.({ type: 'telling', chatId, sceneId: 's', done, total: 4 });
    const telling = () => session.snapshot().state?.telling?.done ?? null;
    tell(1);
    tell(2, 'another');
    expect(telling()).toBe(1);
    tell(4);
    expect(telling()).toBeNull();
    tell(3);
    heard.tell?.({ type: 'ready', seq: 1 });
    expect(telling()).toBeNull();
  });

  it('LV-1 hears typing in other tabs, not in its own', async () => {
    const { session, heard } = stage(path(3));
    await session.open();
    heard.tell?.({ type: 'typing', chatId: 'c', tabId: 'tab-1' });
    expect(session.snapshot().typedElsewhereAt).toBeNull();
    heard.tell?.({ type: 'typing', chatId: 'c', tabId: 'tab-2' });
    expect(session.snapshot().typedElsewhereAt).not.toBeNull();
  });

  it('LV-5 a server that does not answer is asked again, one that refuses is not', async () => {
    vi.useFakeTimers();
    const { session, api } = stage(path(3));
    const open = vi.mocked(api.open);
    open.mockRejectedValueOnce(new TypeError('fetch failed'));
    await session.open();
    expect(session.snapshot().problem).not.toBeNull();
    await vi.advanceTimersByTimeAsync(4_000);
    expect(session.snapshot().problem).toBeNull();
    const refused = stage(path(3));
    vi.mocked(refused.api.open).mockRejectedValue({ data: { offstage: { code: 'not_found', message: 'This chat is no longer there.', fields: [] } } });
    await refused.session.open();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(refused.api.open).toHaveBeenCalledTimes(1);
  });

  it('LV-2 ends what is under way, and can begin again', async () => {
    const { session, heard, api, words } = stage([...path(3), started(3, 't2')]);
    const end = session.begin();
    await settle();
    expect(words.turnId()).toBe('r1');
    end();
    expect([heard.ended, words.turnId()]).toEqual([1, null]);
    session.begin();
    await settle();
    expect(api.open).toHaveBeenCalledTimes(2);
    expect(words.turnId()).toBe('r1');
  });
});
