import type { Prompt } from '../prompt.ts';
import type { Line } from './exchange.ts';
import { readExchange } from './exchange.ts';
import { regardOf } from './regard.ts';

/** From where on what was said between them has warmed or cooled a company. */
const MARKED = 3;

/** How those who were together are together (WD-9): who spoke most, and how warm it was. */
export function group(prompt: Prompt): unknown {
  const { present, turn } = readExchange(prompt.messages);
  const spoke = (name: string): number => turn.filter((line) => line.speaker === name).length;
  const [most = 'Somebody', ...rest] = present.toSorted((a, b) => spoke(b) - spoke(a) || present.indexOf(a) - present.indexOf(b));
  const warmth = turn.reduce((total: number, line: Line) => total + regardOf(line).affinity, 0);
  const others = rest.length < 2 ? (rest[0] ?? 'the others') : `${rest.slice(0, -1).join(', ')} and ${rest.at(-1) ?? ''}`;
  const [how, mood] =
    warmth >= MARKED ? ['are glad of each other\u2019s company', 'warm']
    : warmth <= -MARKED ? ['are on their guard with each other', 'strained']
    : ['are still finding out what they are to each other', 'watchful'];
  const quiet = rest.at(-1);
  const silence = quiet !== undefined && spoke(quiet) === 0 ? ` ${quiet} keeps silent and listens.` : '';
  return { summary: `${most} talks most; ${others} let it be so. They ${how}.${silence}`, mood };
}
