import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AlternatesBook } from '../../src/features/chat/alternates/book.ts';
import type { Commit } from '../../src/features/chat/model/session.ts';
import { Touch } from '../../src/features/chat/turn-menu/touch.ts';
import { turnOf } from './make.ts';

const heard = (...turns: ReturnType<typeof turnOf>[]): Commit => ({ type: 'commit', seq: 1, path: [], rows: turns.map((row) => ({ p: 'turns', key: row.turnId, row })) });

function bookOf(answers: Record<string, readonly string[]>) {
  let tell: (commit: Commit) => void = () => undefined;
  const ask = vi.fn(async (_turnIds: readonly string[]) => answers);
  const book = new AlternatesBook({ onCommit: (listener) => ((tell = listener), () => undefined) }, ask);
  book.begin();
  return { book, ask, tell: (commit: Commit) => tell(commit) };
}

describe('TL-7 alternates of the turns in view', () => {
  const [one, two, three] = ['one', 'two', 'three'].map((turnId) => turnOf({ turnId, depth: 2, parentId: 'p' })) as [ReturnType<typeof turnOf>, ReturnType<typeof turnOf>, ReturnType<typeof turnOf>];

  test('are asked for once, and known of each that stands beside', async () => {
    const { book, ask } = bookOf({ one: ['one', 'two'] });
    book.want([one]);
    await vi.waitFor(() => expect(book.snapshot().get('two')).toEqual(['one', 'two']));
    book.want([two]);
    expect(ask).toHaveBeenCalledTimes(1);
  });

  test('are asked for again when another comes to stand beside them', async () => {
    const answers: Record<string, readonly string[]> = {};
    const { book, ask, tell } = bookOf(answers);
    book.want([one]);
    await vi.waitFor(() => expect(book.snapshot().get('one')).toEqual([]));
    tell(heard(turnOf({ turnId: 'elsewhere', depth: 5, parentId: 'q' })));
    expect(ask).toHaveBeenCalledTimes(1);
    answers.one = ['one', 'three'];
    tell(heard(three));
    await vi.waitFor(() => expect(book.snapshot().get('one')).toEqual(['one', 'three']));
  });
});

describe('UI-3 a finger on a turn', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const touched = () => {
    const touch = new Touch();
    const asked = { onHold: vi.fn(), onSwipe: vi.fn() };
    touch.hear(asked);
    touch.begin(3, { clientX: 100, clientY: 100 });
    return { touch, ...asked };
  };

  test('that rests asks what can be done', () => {
    const { onHold } = touched();
    vi.advanceTimersByTime(600);
    expect(onHold).toHaveBeenCalledExactlyOnceWith(3);
  });
  test('that scrolls asks nothing', () => {
    const { touch, onHold, onSwipe } = touched();
    touch.move({ clientX: 102, clientY: 160 });
    vi.advanceTimersByTime(600);
    touch.lift({ clientX: 104, clientY: 300 });
    expect(onHold).not.toHaveBeenCalled();
    expect(onSwipe).not.toHaveBeenCalled();
  });
  test.each([[20, 1], [190, -1]])('that goes sideways to %i turns by %i', (clientX, step) => {
    const { touch, onSwipe } = touched();
    touch.move({ clientX, clientY: 104 });
    touch.lift({ clientX, clientY: 104 });
    expect(onSwipe).toHaveBeenCalledExactlyOnceWith(3, step);
  });
});
