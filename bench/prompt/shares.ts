interface Said {
  readonly role: string;
  readonly content: string;
}

/** How much of some prompts repeats, byte for byte from its start, the prompt before: 0 to 1, the first repeating nothing. */
export interface Shares {
  /** Of all tokens together. */
  readonly weighted: number;
  /** Prompt by prompt, from the second on. */
  readonly each: readonly number[];
}

/** Compares each prompt of one speaker with the one before it. */
export function repeatedShare(prompts: readonly (readonly Said[])[], count: (text: string) => number): Shares {
  let [all, repeated] = [0, 0];
  const each: number[] = [];
  let before = '';
  for (const [n, messages] of prompts.entries()) {
    const whole = messages.map(({ role, content }) => `${role}\n${content}\n`).join('');
    let same = 0;
    while (same < before.length && same < whole.length && before.charCodeAt(same) === whole.charCodeAt(same)) same += 1;
    const tokens = count(whole);
    const kept = same === whole.length ? tokens : count(whole.slice(0, same));
    all += tokens;
    repeated += kept;
    if (n > 0) each.push(kept / tokens);
    before = whole;
  }
  return { weighted: all === 0 ? Number.NaN : repeated / all, each };
}
