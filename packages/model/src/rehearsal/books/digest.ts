import { placeInSentence } from '../places.ts';
import type { Prompt } from '../prompt.ts';
import { readExchange } from './exchange.ts';
import type { Line } from './exchange.ts';
import { disclosedIn } from './disclosed.ts';
import { piecesOf } from './pieces.ts';
import { regardOf } from './regard.ts';
import { scoreOf } from './significance.ts';

/** Words of a subject that are told on: what it is about, not what was said. */
const ABOUT = /\b(?:about|of) ((?:the|a|an|his|her|their) [\p{L}'-]+)/u;

/** What went on between two who were by themselves, told to somebody who was away (MW-4): what about, and how it leaves them. */
export function digest(prompt: Prompt): unknown {
  const { turn, present, place } = readExchange(prompt.messages);
  const two = [...new Set([...turn.map(({ speaker }) => speaker), ...present])].filter((name) => name !== '').slice(0, 2);
  const [first = 'The one', second = 'the other'] = two;
  const where = place.split(',')[0]?.trim() ?? '';
  const at = where === '' || where === 'not known' ? '' : ` by themselves at ${placeInSentence(where)}`;
  return { digest: [`${first} and ${second} spoke for a while${at}.`, subject(turn), mood(turn, first, second)].filter((part) => part !== '').join(' ') };
}

function subject(turn: readonly Line[]): string {
  const pieces = turn.flatMap((line) => piecesOf([line]));
  if (pieces.some((piece) => disclosedIn(piece) !== undefined)) return 'One of them told the other something that had not been said before.';
  const weightiest = pieces.toSorted((a, b) => scoreOf(b) - scoreOf(a)).find(({ text }) => ABOUT.test(text));
  const what = ABOUT.exec(weightiest?.text ?? '')?.[1];
  return what === undefined ? 'Nothing was settled, and nobody seemed to mind.' : `It was about ${what}, mostly.`;
}

function mood(turn: readonly Line[], first: string, second: string): string {
  const sum = turn.reduce((total, line) => total + regardOf(line).affinity, 0);
  if (sum <= -4) return `There was something between ${first} and ${second} afterwards that neither would name.`;
  return sum >= 4 ? `${first} and ${second} stood closer when it was over.` : 'They came back as they had gone.';
}
