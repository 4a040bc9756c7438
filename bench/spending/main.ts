import { createTokenCounter } from '../../apps/server/src/prompt/tokens.ts';
import type { Report } from '../lib/report.ts';
import { lineOf } from '../prompt/lines.ts';
import { House } from './house.ts';
import { Spending } from './spent.ts';

/** Turns of each kind that are played. */
const ALONE = 16;
const TOGETHER = 12;
const ASIDES = 2;
const ASIDE_TURNS = 6;
const SKIPS = 4;

/** What each kind of turn costs in calls and tokens, over a story of three that moves through time; the rehearsal model plays. */
export async function story(report: Report): Promise<void> {
  report.note(`A chat of ${ALONE} turns with one bot, ${TOGETHER} with a guest, ${ASIDES} times the two by themselves, ${2 * SKIPS} skips; tokens are those of prompts and answers, counted by cl100k.`);
  const counter = createTokenCounter();
  await counter.load();
  const house = await House.open();
  try {
    const spending = new Spending(house, counter.count);
    let line = 0;
    const say = async (turns: number, kind: 'one bot' | 'with a guest'): Promise<void> => {
      for (let n = 0; n < turns; n += 1) {
        // Now and then both are asked: then it is to be found out who is meant, and the other breaks in.
        const both = kind === 'with a guest' && n % 4 === 3;
        await spending.during(kind, () => house.say(both ? 'What do you two think of it?' : lineOf(line++)));
      }
    };
    await say(ALONE / 2, 'one bot');
    await spending.during('scene close', () => house.close());
    await house.guest(true);
    await say(TOGETHER, 'with a guest');
    for (let n = 0; n < ASIDES; n += 1) {
      await spending.during('meanwhile', () => house.aside(ASIDE_TURNS));
      await say(1, 'with a guest');
    }
    await spending.during('scene close', () => house.close());
    await house.guest(false);
    for (let n = 0; n < SKIPS; n += 1) {
      await spending.during('skip, elision', () => house.say('/skip an hour'));
      await spending.during('skip, leap', () => house.leap('/skip next morning', n % 2 === 0 ? 'We mended the roof together.' : ''));
      await say(ALONE / 2 / SKIPS, 'one bot');
    }
    await spending.tell(report);
  } finally {
    await house.leave();
  }
}
