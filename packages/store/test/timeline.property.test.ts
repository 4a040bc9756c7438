import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Step } from './support/actions.ts';
import { plays } from './support/actions.ts';
import { check } from './support/check.ts';

/** 100 plays in `npm test`; `OFFSTAGE_PLAYS=1000` is the long mode. */
const RUNS = Number(process.env['OFFSTAGE_PLAYS'] ?? 100);

describe('TL-15 every row equals the fold of the live events', () => {
  test(`whatever is played in three chats that share bots, edges and pins (${RUNS} plays)`, { timeout: 1_800_000 }, async () => {
    let deepest = 0;
    const play = async (steps: readonly Step[]) => {
      deepest = Math.max(deepest, await check(steps));
    };
    await fc.assert(fc.asyncProperty(plays(60), play), { numRuns: RUNS, interruptAfterTimeLimit: RUNS * 6_000, markInterruptAsFailure: true });
    expect(deepest, 'checkpoints that one row has passed').toBeGreaterThanOrEqual(3);
  });
});
