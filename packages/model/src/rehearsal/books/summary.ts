import { hear, type Act } from '../heard.ts';
import { placeInSentence } from '../places.ts';
import type { Prompt } from '../prompt.ts';
import { disclosedIn } from './disclosed.ts';
import { readExchange, type Exchange, type Line } from './exchange.ts';
import { escape, piecesOf } from './pieces.ts';
import { regardOf } from './regard.ts';
import { scoreOf } from './significance.ts';

const SENTENCES = 5;
/** Characters of a line that are looked at for what it is about. */
const HEARD = 4_000;
const QUOTES = 3;
const LONGEST_QUOTE = 200;
/** A quote is worth keeping from this significance on. */
const QUOTABLE = 2;

/** What somebody else did to the one who tells, in the teller's words; {X} is who, {topic} what about. */
const TOLD: Readonly<Partial<Record<Act, string>>> = {
  greeting: '{X} greeted me.',
  farewell: '{X} said goodbye.',
  thanks: '{X} thanked me.',
  apology: '{X} said sorry to me.',
  kindness: '{X} was kind to me.',
  insult: '{X} insulted me, and I have not forgotten the words.',
  threat: '{X} threatened me.',
  confession: '{X} confided in me.',
  news: '{X} brought me news.',
  offer: '{X} offered me something.',
  request: '{X} asked something of me.',
  'asks-who': '{X} wanted to know who I am.',
  'asks-how-are-you': '{X} asked how I was.',
  jokes: '{X} made me laugh, or tried to.',
  arrives: '{X} came and joined me.',
  leaves: '{X} walked away.',
  touches: '{X} touched me, gently.',
  gives: '{X} gave me something.',
  attacks: '{X} came at me.',
  silent: '{X} said nothing for a while.',
};
const DEEDS: ReadonlySet<Act> = new Set<Act>(['gives', 'attacks', 'touches', 'leaves']);
const ABOUT: Readonly<Partial<Record<Act, string>>> = {
  gives: '{X} gave me {topic}.',
  offer: '{X} offered me {topic}.',
  request: '{X} asked me about {topic}.',
  news: '{X} brought me news of {topic}.',
  confession: '{X} confided in me about {topic}.',
  'asks-why': '{X} asked me why, about {topic}.',
  'asks-where': '{X} asked me where to find {topic}.',
  'asks-when': '{X} asked me when, about {topic}.',
  'asks-what': '{X} asked me about {topic}.',
  'asks-whether': '{X} asked me about {topic}.',
  tells: '{X} spoke of {topic}.',
};

/** A closed scene as one who was there tells it (ME-8): what mattered most, in order, with what was said of it and how it leaves them. */
export function sceneSummary(prompt: Prompt): unknown {
  const exchange = readExchange(prompt.messages);
  const name = exchange.present.find((one) => one === prompt.name) ?? prompt.name;
  const lines = exchange.turn;
  const others = [...new Set([...exchange.present, ...lines.map((line) => line.speaker)])].filter((one) => one !== name && one !== '');
  return {
    summary: [opening(exchange, others), ...middle(lines, name), closing(lines, name)].filter(Boolean).slice(0, SENTENCES).join(' '),
    quotes: quotesOf(lines),
    feelings: others.map((to) => ({ to, summary: feeling(exchange, name, to) })),
  };
}

function opening(exchange: Exchange, others: readonly string[]): string {
  const place = exchange.place.split(',')[0]?.trim() ?? '';
  const company = others.length === 0 ? 'alone' : `with ${others.length === 1 ? others[0] : `${others.slice(0, -1).join(', ')} and ${others.at(-1)}`}`;
  return `I was ${company}${place === '' ? '' : ` ${/, (?:shore|street|wild|station|town)$/.test(exchange.place) ? 'at' : 'in'} ${placeInSentence(place)}`}.`;
}

/** Three things that happened, the weightiest, in the order in which they did. */
function middle(lines: readonly Line[], name: string): string[] {
  const told = lines.map((line, n) => ({ n, weight: weightOf(line), text: sentenceOf(line, name) })).filter((one) => one.text !== '');
  const unlike = told.toSorted((a, b) => b.weight - a.weight || a.n - b.n).filter((one, n, all) => all.findIndex((other) => other.text === one.text) === n);
  return unlike.slice(0, 3).toSorted((a, b) => a.n - b.n).map((one) => one.text);
}

function weightOf(line: Line): number {
  const pieces = piecesOf([line]);
  const regard = regardOf(line);
  return Math.max(0, ...pieces.map((piece) => scoreOf(piece))) * 10 + Math.abs(regard.affinity) + Math.abs(regard.trust) + (pieces.some((piece) => disclosedIn(piece) !== undefined) ? 6 : 0);
}

function sentenceOf(line: Line, name: string): string {
  if (line.speaker === name) {
    const mine = piecesOf([line]).filter((piece) => piece.kind !== 'done' && disclosedIn(piece) !== undefined)[0];
    return mine === undefined ? '' : `I told them: ${quoted(mine.text)}`;
  }
  const told = piecesOf([line]).filter((piece) => disclosedIn(piece) !== undefined).toSorted((a, b) => scoreOf(b) - scoreOf(a))[0];
  if (told !== undefined) return `I learned that ${disclosedIn(told) ?? ''}.`;
  const whole = hear(line.text.slice(0, HEARD), [name, line.speaker]);
  const deed = hear(`*${whole.action}*`, [name, line.speaker]);
  // A gift outlasts the words that go with it.
  const heard = DEEDS.has(deed.act) ? deed : whole;
  const topic = heard.topics[0];
  const form = (topic === undefined ? undefined : ABOUT[heard.act]) ?? TOLD[heard.act];
  // "your brother" was said to the one who tells: it is the other's own.
  const thing = topic?.replace(/^your /, heard.act === 'gives' ? 'the ' : 'their ') ?? '';
  return form === undefined ? '' : form.replace('{X}', line.speaker).replace('{topic}', thing);
}

const quoted = (text: string): string => `"${text.slice(0, LONGEST_QUOTE)}"`;

function closing(lines: readonly Line[], name: string): string {
  const sum = lines.filter((line) => line.speaker !== name).reduce((total, line) => total + regardOf(line).affinity, 0);
  if (sum <= -4) return 'It left a bad taste, and I was glad when it was over.';
  if (sum >= 4) return 'I was sorry when it ended.';
  return '';
}

/** Up to three sentences as they were said, the weightiest (ME-8). */
function quotesOf(lines: readonly Line[]): string[] {
  const said = lines.flatMap((line, n) =>
    piecesOf([line])
      .filter((piece) => piece.kind !== 'done' && scoreOf(piece) >= QUOTABLE)
      .map((piece) => ({ n, score: scoreOf(piece), text: verbatim(piece.text, line.text) })),
  );
  const whole = said.filter((one) => one.text !== '' && one.text.length <= LONGEST_QUOTE);
  const best = whole.toSorted((a, b) => b.score - a.score || a.n - b.n).slice(0, QUOTES).toSorted((a, b) => a.n - b.n);
  return [...new Set(best.map((one) => one.text))];
}

/** A sentence with its apostrophes as they were written; empty where it is not to be found as it stands. */
function verbatim(sentence: string, text: string): string {
  const pattern = new RegExp(escape(sentence).replaceAll("'", "['’]"), 'u');
  return pattern.exec(text)?.[0] ?? '';
}

/** What the teller now makes of somebody: the heart of what it was, and what this scene did to it. */
function feeling(exchange: Exchange, name: string, to: string): string {
  const row = (exchange.sections.get('so far') ?? '').split('\n').find((line) => line.startsWith(`Towards ${to}:`)) ?? '';
  const prior = row.replace(/^Towards [^:]+:\s*(?:affinity [\d.]+(?: of 100)?,? *(?:and )?trust [\d.]+(?: of 100)?\.?)?\s*/, '').split(/(?<=[.!?])\s+/)[0]?.trim() ?? '';
  // What an earlier scene left is said anew, not stacked.
  const heart = AFTER.some((line) => line.test(prior)) ? '' : prior;
  const lines = exchange.turn.filter((line) => line.speaker === to);
  const affinity = lines.reduce((total, line) => total + regardOf(line).affinity, 0);
  const trust = lines.reduce((total, line) => total + regardOf(line).trust, 0);
  const fact = lines.flatMap((line) => piecesOf([line]).flatMap((piece) => disclosedIn(piece) ?? []))[0];
  const now =
    affinity <= -8 ? `After this I want no more of ${to} than I must have.`
    : affinity <= -2 ? `${to} has hurt me, and I am on my guard.`
    : trust >= 4 ? `${to} has been honest with me, and I trust them more for it.`
    : affinity >= 8 ? `${to} has become dear to me.`
    : affinity >= 2 ? `${to} was good to me, and I like them the better for it.`
    : fact !== undefined ? `I know ${to} a little better now.`
    : `Nothing between ${to} and me has changed.`;
  return [heart, heart !== '' && now.startsWith('Nothing') ? '' : now].filter(Boolean).join(' ') || name;
}

const AFTER = [/^After this I want/, /has hurt me, and I am on/, /has been honest with me/, /has become dear to me/, /was good to me, and I like/, /^I know .* a little better now/, /^Nothing between/];
