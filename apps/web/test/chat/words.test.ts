import { describe, expect, it } from 'vitest';
import { nextShown } from '../../src/features/chat/model/pace.ts';
import type { NextFrame } from '../../src/features/chat/model/words.ts';
import { WordsStore } from '../../src/features/chat/model/words.ts';

/** Frames by hand, 16 ms apart. */
function frames() {
  let now = 0;
  const waiting = new Set<(now: number) => void>();
  const nextFrame: NextFrame = (run) => {
    waiting.add(run);
    return () => waiting.delete(run);
  };
  const step = (times = 1): void => {
    for (let at = 0; at < times; at++) {
      now += 16;
      const due = [...waiting];
      waiting.clear();
      for (const run of due) run(now);
    }
  };
  return { nextFrame, step, waiting };
}

describe('words of a reply', () => {
  it('LV-3 a piece that comes twice is put in once', () => {
    const { nextFrame, step } = frames();
    const store = new WordsStore(nextFrame);
    store.begin('t', 'mara');
    expect(store.take('t', 0, 'one two ')).toBe('taken');
    expect(store.take('t', 0, 'one two ')).toBe('known');
    expect(store.take('t', 4, 'two three ')).toBe('taken');
    step(60);
    expect(store.snapshot()?.shown).toBe('one two three ');
  });

  it('LV-2 a missing piece is noticed', () => {
    const store = new WordsStore(frames().nextFrame);
    store.begin('t', 'mara');
    expect(store.take('t', 9, 'later')).toBe('gap');
    expect(store.take('u', 0, 'elsewhere')).toBe('other');
  });

  it('LV-2 a partial reply is shown at once and goes on at its offset', () => {
    const { nextFrame, step } = frames();
    const store = new WordsStore(nextFrame);
    store.begin('t', 'mara', 'So far ');
    expect(store.snapshot()?.shown).toBe('So far ');
    store.take('t', 0, 'So far so good ');
    step(60);
    expect(store.snapshot()?.shown).toBe('So far so good ');
  });

  it('MO-3 a reply that is told anew takes the place of what was told', () => {
    const { nextFrame, step } = frames();
    const store = new WordsStore(nextFrame);
    store.begin('t', 'mara');
    store.take('t', 0, 'I am sorry, but I cannot do that ');
    step(80);
    expect(store.take('t', 0, 'The lamp ')).toBe('taken');
    expect(store.snapshot()?.shown).toBe('');
    step(80);
    expect(store.snapshot()?.shown).toBe('The lamp ');
  });

  it('LV-3 PF-8 tells its listeners of the first word at once, and of the rest at most once a frame', () => {
    const { nextFrame, step } = frames();
    const store = new WordsStore(nextFrame);
    store.begin('t', 'mara');
    let told = 0;
    store.subscribe(() => told++);
    for (let at = 0; at < 100; at++) store.take('t', at * 5, 'word ');
    expect(told).toBe(1);
    expect(store.snapshot()?.shown).toBe('word ');
    step(3);
    expect(told).toBeLessThanOrEqual(4);
    step(200);
    expect(store.snapshot()?.shown.length).toBe(500);
  });

  it('TN-4 when the reply ends its last words follow, then it is let go', () => {
    const { nextFrame, step, waiting } = frames();
    const store = new WordsStore(nextFrame);
    store.begin('t', 'mara');
    store.take('t', 0, 'The lamp swings over the wa');
    step(2);
    store.end('t', 'The lamp swings over the water.');
    expect(store.turnId()).toBe('t');
    step(30);
    expect(store.turnId()).toBeNull();
    expect(waiting.size).toBe(0);
  });

  it('TN-5 a reply that ends without words is let go at once', () => {
    const store = new WordsStore(frames().nextFrame);
    store.begin('t', 'mara');
    store.end('t', '');
    expect(store.turnId()).toBeNull();
  });

  it('waits for no frame when there is nothing to show', () => {
    const { nextFrame, step, waiting } = frames();
    const store = new WordsStore(nextFrame);
    store.begin('t', 'mara');
    store.take('t', 0, 'word ');
    step(40);
    expect(waiting.size).toBe(0);
    store.take('t', 5, 'more ');
    store.reset();
    expect(waiting.size).toBe(0);
  });
});

describe('the pace', () => {
  it('LOOK shows whole words, evenly', () => {
    const text = 'The lamp swings over the dark water and she does not look round. '.repeat(4);
    let at = { shown: 0, owing: 0 };
    const steps: number[] = [];
    for (let frame = 0; frame < 400 && at.shown < text.length; frame++) {
      const next = nextShown(text, at.shown, at.owing, 16, false);
      if (next.shown > at.shown) expect(text.charAt(next.shown - 1)).toBe(' ');
      steps.push(next.shown - at.shown);
      at = next;
    }
    expect(at.shown).toBe(text.length);
    expect(Math.max(...steps)).toBeLessThan(40);
  });

  it('never cuts a surrogate pair, and shows scripts without spaces', () => {
    const text = `${'\u{1F3AD}'.repeat(40)}`;
    let at = { shown: 0, owing: 0 };
    for (let frame = 0; frame < 400; frame++) {
      at = nextShown(text, at.shown, at.owing, 16, false);
      expect(text.slice(0, at.shown).isWellFormed()).toBe(true);
    }
    const han = nextShown('\u6c34\u9762\u306b\u706f\u304c\u63fa\u308c\u308b', 0, 0, 40, false);
    expect(han.shown).toBeGreaterThan(0);
  });

  it('a last word without a space behind it waits, until the reply ends', () => {
    let at = { shown: 0, owing: 0 };
    for (let frame = 0; frame < 100; frame++) at = nextShown('one two', at.shown, at.owing, 16, false);
    expect(at.shown).toBe(4);
    expect(nextShown('one two', 4, 0, 200, true).shown).toBe(7);
  });

  it('PF-8 the first word is there with the first frame, however slowly the rest comes', () => {
    expect(nextShown('Good evening.', 0, 0, 1, false)).toEqual({ shown: 5, owing: 0 });
    expect(nextShown('Go', 0, 0, 1, false).shown).toBe(2);
    expect(nextShown('x'.repeat(100), 0, 0, 1, false).shown).toBeLessThanOrEqual(24);
  });
});
