import { describe, expect, it } from 'vitest';
import { fit, outcomeOf, partsOf, purposeOf, seconds, tokens } from '../../src/features/chat/inspector/words.ts';

describe('a prompt in words', () => {
  it('PR-4 says how well a memory fitted beside the best one', () => {
    expect([10, 8, 5, 1].map((score) => fit(score, 10))).toEqual(['fits best', 'fits well', 'fits', 'fits a little']);
  });

  it('PR-4 says what a score is made of: what adds up, and what weighs it', () => {
    expect(partsOf({ text: 7.75, vector: null, neighbour: 0, significance: 1.1, recency: 1, reliability: 0.8 })).toEqual([
      { name: 'same words', value: '7.75' },
      { name: 'how much it matters', value: '\u00D7 1.10' },
      { name: 'how fresh it is', value: '\u00D7 1.00' },
      { name: 'how sure it is', value: '\u00D7 0.80' },
    ]);
  });

  it('PR-4 says what a call was for, how long it took and how it ended', () => {
    expect(purposeOf({ purpose: 'passes' })).toBe('Noting what changed');
    expect(purposeOf({ purpose: 'unheard of' })).toBe('Another question');
    expect([seconds(12), seconds(840), seconds(12_400), tokens(1204)]).toEqual(['12 ms', '0.8 s', '12 s', '1,204']);
    expect(outcomeOf({ outcome: 'truncated', problem: null })).toBe('broke off');
    expect(outcomeOf({ outcome: 'error', problem: 'The key was refused.' })).toBe('The key was refused.');
  });
});
