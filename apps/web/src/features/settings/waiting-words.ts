import { durationInWords } from '../../lib/duration.ts';
import type { Answers } from '../../lib/trpc.ts';

type Call = Answers['diagnostics']['waiting'][number];

/** What a call is for, in words. */
export const PURPOSES: Readonly<Record<Call['purpose'], string>> = {
  narrative: 'A reply',
  kickoff: 'Reading an opening',
  addressee: 'Seeing who is spoken to',
  skip: 'A leap in time',
  passes: 'What is noted after a reply',
  scene: 'The account of a scene',
  other: 'Bookkeeping',
  embedding: 'What memories mean',
};

/** Why a call waits, and for how long already: "2 before it in line, for 12 s now, at". `now` in ms since 1970. */
export function waitsFor({ ahead, until, since }: Pick<Call, 'ahead' | 'until' | 'since'>, now: number): string {
  if (until !== null) {
    const left = Math.ceil((until - now) / 1_000);
    return left > 0 ? `Sent again in ${durationInWords(left)}, to` : 'Sent again now, to';
  }
  const place = ahead === null || ahead === 0 ? 'Next in line' : `${ahead} before it in line`;
  return `${place}, for ${durationInWords(Math.max(0, Math.round((now - since) / 1_000)))} now, at`;
}
