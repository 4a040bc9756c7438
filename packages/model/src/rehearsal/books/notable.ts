import { weatherIn } from '../when.ts';
import type { Exchange } from './exchange.ts';

/** What a leap in time left behind, as the writer told it. */
interface Notable {
  readonly memories: readonly { readonly owner: string; readonly text: string }[];
  readonly moves: readonly { readonly from: string; readonly to: string; readonly affinity: number; readonly trust: number; readonly facts: readonly string[] }[];
  readonly people: readonly never[];
  readonly weather: string | null;
}

const TOLD = /says of the time in between: "([\s\S]*?)"\. memories has/;
const APART = /\b(?:quarrel\w*|argu\w+|fought|fight|lied|betray\w*|insult\w*|left without|avoid\w*|shout\w*)\b/i;
const CLOSER = /\b(?:together|help\w*|laugh\w*|kiss\w*|embrac\w*|danc\w*|nurs\w*|saved?|walked with|talked (?:long|all|until)|made up|friends?)\b/i;

/** Each bot's own memory of a time that nobody played, and how it moved them (SC-5). */
export function notableIn(exchange: Exchange): Notable {
  const told = TOLD.exec(exchange.sections.get('what to note') ?? '')?.[1]?.trim() ?? '';
  const bots = exchange.present.filter((name) => name !== exchange.person);
  const step = APART.test(told) ? { affinity: -3, trust: -2 } : CLOSER.test(told) ? { affinity: 3, trust: 2 } : undefined;
  const pairs = step === undefined ? [] : bots.flatMap((from) => exchange.present.filter((to) => to !== from).map((to) => ({ from, to, ...step, facts: [] })));
  return { memories: bots.map((owner) => ({ owner, text: fromWithin(told, owner) })), moves: pairs, people: [], weather: weatherIn(told) };
}

/** What was told of somebody, as that one would tell it. */
function fromWithin(told: string, owner: string): string {
  const name = owner.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return told.replaceAll(new RegExp(String.raw`\b${name}(?:'|\u2019)s\b`, 'gu'), 'my').replaceAll(new RegExp(String.raw`\b${name}\b`, 'gu'), 'I');
}
