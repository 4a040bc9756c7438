import { hash } from '../seed.ts';
import type { Exchange } from './exchange.ts';
import { escape } from './pieces.ts';
import { significanceOf } from './significance.ts';

/** Of the turns in which nothing calls for it, one in so many is broken into. */
const ONE_IN = 6;

const TO_ALL = /\b(?:you (?:two|both|all)|both of you|all of you|everyone|everybody|what do you (?:two|all) (?:think|say))\b/i;

interface Interjection {
  readonly speaks: boolean;
  readonly to: string | null;
  readonly reason: string;
}

/** Whether the one who was there and did not answer breaks in, and why (TN-10). The same turn always gives the same. */
export function interjectionIn({ present, person, turn }: Exchange): Interjection {
  const reply = turn.at(-1);
  const silent = present.find((name) => name !== person && name !== reply?.speaker);
  if (reply === undefined || silent === undefined) return { speaks: false, to: null, reason: 'Nobody else is here.' };
  const named = new RegExp(`\\b(?:${[silent, silent.split(' ')[0] ?? silent].map(escape).join('|')})\\b`, 'iu');
  const message = turn.length > 1 ? turn[0] : undefined;
  if (named.test(reply.text)) return { speaks: true, to: reply.speaker, reason: `${reply.speaker} spoke of ${silent}.` };
  if (message !== undefined && TO_ALL.test(message.text)) return { speaks: true, to: message.speaker, reason: 'All were asked.' };
  if (message !== undefined && named.test(message.text)) return { speaks: true, to: reply.speaker, reason: `${silent} was spoken of.` };
  if (significanceOf(turn, person) >= 3) return { speaks: true, to: reply.speaker, reason: `${silent} cannot let that pass.` };
  if (hash(turn.map(({ text }) => text).join('\n')) % ONE_IN === 0) return { speaks: true, to: reply.speaker, reason: `${silent} has something to add.` };
  return { speaks: false, to: null, reason: `Nothing here concerns ${silent}.` };
}
