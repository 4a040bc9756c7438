import { durationInWords } from '../../lib/duration.ts';
import type { Waiting } from './model/state.ts';

/** What a reply waits for. Where it is known how long, the time left takes the place of the length that it had at first. */
export function waitingWords({ message, retryAt }: Waiting, now: number): string {
  if (retryAt === null) return message;
  const left = Math.max(0, Math.ceil((retryAt - now) / 1_000));
  const why = message.replace(/ (?:Trying again|Going on) in [^.]*\.$/, '');
  return `${why} ${left === 0 ? 'Trying again now.' : `Trying again in ${durationInWords(left)}.`}`;
}
