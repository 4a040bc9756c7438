import type { Prompt } from '../prompt.ts';
import { readExchange, type Line } from './exchange.ts';
import { piecesOf } from './pieces.ts';
import { keeps, undertaken } from './promises.ts';
import { shared, wordsOf } from './words.ts';

const OPENED_MOST = 3;
const TITLE_MOST = 80;
const SAID_MOST = 160;
/** Words of a question below which it is small talk. */
const WORDS_LEAST = 4;

/** Questions of courtesy: they leave nothing open. */
const COURTESY = /\b(?:how are you|are you (?:all right|alright|ok|okay|well|cold|hungry)|what do you mean|really|isn't it|don't you|may i|can i|could you|would you|will you|shall we|do you want|is that so|what's your name|what is your name|who are you)\b/i;

/** Answers that are none. */
const DODGE = /\b(?:not now|not yet|later|another time|some other time|i (?:don't|do not|cannot|can't|won't|couldn't) (?:know|say|tell|remember|talk)|ask me (?:again|tomorrow|another)|who knows|maybe|perhaps|some day|one day|we shall see|we'll see|let us not|nobody knows|it is not mine to)\b/i;

/** What settles a matter. */
const SETTLED = /\b(?:it was (?:me|i|you|he|she|\p{Lu})|because|the (?:truth|answer) is|now (?:i|you|we) know|i confess|that is (?:who|why|what|where|how)|i (?:found|did|took|lit|sent|wrote|broke|hid|kept))\b/iu;

interface Matter {
  readonly label: string;
  readonly title: string;
  readonly summary: string;
  readonly words: readonly string[];
}

/**
 * What a closed scene left open, took up again and resolved: questions that nobody answered, promises and errands; and those of before that
 * were spoken of, answered or kept.
 */
export function sceneThreads(prompt: Prompt): unknown {
  const { turn, sections } = readExchange(prompt.messages);
  const before = (sections.get('left open before') ?? '').split('\n').flatMap((row): Matter[] => {
    const [, label, title, summary] = /^(thread-\d+|noted already): (.+?)(?:(?<=[?!])|\.)\s+(.*)$/.exec(`${row} `) ?? [];
    return label === undefined || title === undefined ? [] : [{ label, title, summary: summary?.trim() ?? '', words: wordsOf(title) }];
  });
  // What another company of the scene left open is known, and no more.
  const open = before.filter(({ label }) => label !== 'noted already');
  const touched = open.map((matter) => ({ matter, ...spokenOf(matter, turn) })).filter(({ said }) => said !== undefined);
  const carried = (settled: boolean): { thread: string; summary: string }[] =>
    touched.filter((one) => one.settled === settled).map(({ matter, said, speaker, done }) => ({ thread: matter.label, summary: `${matter.summary} ${told(speaker, said ?? '', done)}`.trim().slice(-600) }));
  return { opened: leftOpen(turn, before), updated: carried(false), closed: carried(true) };
}

/** One sentence as a summary has it: what somebody said, or what was seen. */
function told(speaker: string, said: string, done: boolean): string {
  if (!done) return `${speaker} said: "${said}"`;
  return /^\p{Ll}/u.test(said) ? `${speaker} ${said}` : said;
}

/** Matters that came up and stayed open, the last of them, in order. */
function leftOpen(turn: readonly Line[], known: readonly Matter[]): { title: string; summary: string }[] {
  const found: { title: string; summary: string; at: number }[] = [];
  for (const one of [...unanswered(turn), ...undertaken(turn)].toSorted((a, b) => a.at - b.at)) {
    const words = wordsOf(one.title);
    // What is open already is no new matter.
    if (known.some((matter) => shared(matter.words, words) >= Math.min(2, matter.words.length)) || found.some(({ title }) => shared(wordsOf(title), words) > 1)) continue;
    found.push(one);
  }
  return found.slice(-OPENED_MOST).map(({ title, summary }) => ({ title, summary }));
}

/** Questions that were dodged, or stood last. */
function unanswered(turn: readonly Line[]): { title: string; summary: string; at: number }[] {
  return turn.flatMap((line, at) => {
    const question = piecesOf([line]).findLast(({ kind, text }) => kind !== 'done' && text.endsWith('?') && isMatter(text))?.text;
    if (question === undefined) return [];
    const reply = turn.slice(at + 1).find(({ speaker }) => speaker !== line.speaker);
    if (reply !== undefined && !DODGE.test(reply.text)) return [];
    return [{ title: question.slice(0, TITLE_MOST), summary: `${line.speaker} asked: "${question.slice(0, SAID_MOST)}" Nobody has answered.`, at }];
  });
}

function isMatter(question: string): boolean {
  return !COURTESY.test(question) && question.split(/\s+/).length >= WORDS_LEAST && wordsOf(question).length > 0;
}

/** What was said or done of a matter last, and whether that settles it. */
function spokenOf({ title, words }: Matter, turn: readonly Line[]): { said: string | undefined; speaker: string; settled: boolean; done: boolean } {
  const pieces = piecesOf(turn);
  const about = pieces.filter(({ kind, text }) => kind !== 'done' && shared(words, wordsOf(text)) >= Math.min(2, words.length));
  const end = pieces.find((piece) => keeps(title, piece)) ?? about.find(({ text }) => !text.includes('?') && SETTLED.test(text) && !DODGE.test(text));
  const last = end ?? about.at(-1);
  return { said: last?.text.slice(0, SAID_MOST), speaker: last?.speaker ?? '', settled: end !== undefined, done: last?.kind === 'done' };
}
