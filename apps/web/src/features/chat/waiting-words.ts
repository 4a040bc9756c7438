import type { Waiting } from './model/state.ts';

/** What a reply waits for. Where it is known how long, the time left takes the place of the length that it had at first. */
export function waitingWords({ message, retryAt }: Waiting, now: number): string {
  if (retryAt === null) return message;
  const left = Math.max(0, Math.ceil((retryAt - now) / 1_000));
  const why = message.replace(/ (?:Trying again|Going on) in [^.]*\.$/, '');
  return `${why} ${left === 0 ? 'Trying again now.' : `Trying again in ${leftInWords(left)}.`}`;
}

/** "42 s", "3 min 20 s", "1 h 59 min". */
function leftInWords(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${seconds} s`;
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
