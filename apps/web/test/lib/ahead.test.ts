import { describe, expect, it } from 'vitest';
import { Ahead } from '../../src/lib/ahead.ts';

describe('what is asked for ahead', () => {
  function asking() {
    const asked: string[] = [];
    let now = 0;
    const ahead = new Ahead(
      async (name: string) => {
        asked.push(name);
        return `${name}!`;
      },
      () => now,
    );
    return { asked, ahead, pass: (ms: number) => (now += ms) };
  }

  it('PF-8 is taken once, by its name', async () => {
    const { asked, ahead } = asking();
    ahead.ask('a');
    expect(ahead.take('b')).toBeUndefined();
    await expect(ahead.take('a')).resolves.toBe('a!');
    expect(ahead.take('a')).toBeUndefined();
    expect(asked).toEqual(['a']);
  });

  it('PF-8 is not true for long, and only the last is kept', () => {
    const { ahead, pass } = asking();
    ahead.ask('a');
    pass(4_000);
    expect(ahead.take('a')).toBeUndefined();
    ahead.ask('a');
    ahead.ask('b');
    expect(ahead.take('a')).toBeUndefined();
    expect(ahead.take('b')).toBeDefined();
  });

  it('LV-5 a failure is heard by whoever takes it and by nobody else', async () => {
    const ahead = new Ahead(() => Promise.reject(new Error('away')));
    ahead.ask('a');
    await expect(ahead.take('a')).rejects.toThrow('away');
    ahead.ask('a');
  });
});
