import { COMMON, DISTANT, GESTURES, OPENERS, REACTIONS } from './beats.ts';
import type { Act } from './heard.ts';
import { ABOUT, AGAIN, BACK, COLD, FOND, LINES, ON, OPEN, PARTING, QUIET, SAID_BEFORE, SHUT, TOLD } from './lines.ts';
import type { Prompt } from './prompt.ts';
import { Dice, hash } from './seed.ts';
import { QUESTION, setStage, type Stage } from './stage.ts';
import { capital, does, joinWords, opening, say, sentences, words } from './text.ts';

/** A reply is this long, in words, unless more is asked for. */
const SHORTEST = 42;
const LONGEST = 118;
/** Replies that a new one must not open like. */
const REMEMBERED = 6;
/** Seeds that are tried before a likeness is put up with. */
const TRIES = 12;
/** Affinity below which somebody is short with one, and from which they are fond. */
const DISLIKES = 35;
const FOND_FROM = 78;
/** Who dislikes but trusts still answers. */
const ANSWERS_FROM = 45;
/** An answer of fewer words has a second one with it, where there is one. */
const BRIEF = 12;
/** How often the surroundings are told. */
const AROUND = 0.22;

const HOSTILE: ReadonlySet<Act> = new Set<Act>(['insult', 'threat', 'attacks']);
/** What nobody is short about. */
const SOFTENS: ReadonlySet<Act> = new Set<Act>(['grieves', 'news', 'begins']);
const PARTS: ReadonlySet<Act> = new Set<Act>(['farewell', 'leaves']);
const KIND: ReadonlySet<Act> = new Set<Act>(['kindness', 'thanks', 'apology', 'gives', 'offer', 'touches', 'jokes', 'greeting', 'promises', 'loves', 'pities']);
/** After these somebody may speak of themselves unasked. */
const IDLE: ReadonlySet<Act> = new Set<Act>(['tells', 'looks', 'silent', 'begins', 'greeting', 'asks-how-are-you', 'arrives', 'settles', 'discloses']);
/** After these somebody goes on who was telling something. */
const TELLING: ReadonlySet<Act> = new Set<Act>(['tells', 'discloses', 'grieves', 'confession', 'news', 'denies']);
const ASIDE: readonly string[] = ['I will tell you something.', 'You may as well know this.', 'It puts me in mind of something.', 'Since we are talking.'];

const ASIDE_MARK = '*aside*';

/** Takes one of a list that this reply does not hold yet; `again` (the default) lets in what was said of late, rather than nothing. */
type Take = (list: readonly string[], again?: boolean) => string;

/** A reply in character to the last message, the same for the same prompt and seed. `least` asks for a longer one, in words. */
export function reply(prompt: Prompt, seed: number, least = 0): string {
  const own = prompt.turns.filter((turn) => turn.own).map((turn) => turn.text);
  const before = own.slice(-REMEMBERED);
  const start = hash(`${prompt.name}\n${prompt.last}\n${before.at(-1) ?? ''}\n${prompt.turns.length}\n${seed}`);
  const stage = setStage(prompt, own);
  let text = '';
  for (let attempt = 0; attempt < TRIES; attempt++) {
    text = compose(stage, new Dice(start + attempt * 0x9e3779b1), least);
    if (!before.some((old) => old === text || opening(old) === opening(text))) break;
  }
  return text;
}

function compose(stage: Stage, dice: Dice, least: number): string {
  if (stage.prompt.name === '') return narrate(stage, dice);
  const taken = new Set<string>();
  const take: Take = (list, again = true) => pickNew(list, stage, taken, dice, again);
  const { act } = stage.heard;
  if (stage.affinity < DISLIKES && !HOSTILE.has(act) && !SOFTENS.has(act) && least === 0) return cold(stage, dice, take);

  const reaction = REACTIONS.find(([pattern]) => pattern.test(act))?.[1] ?? [];
  const gesture = (): string => (dice.chance(0.15) && take(stage.busy, false)) || (dice.chance(0.35) && take(GESTURES[stage.manner], false)) || take(COMMON);
  const first = reaction.length > 0 && dice.chance(0.6) ? take(reaction) : gesture();
  const { answer, more } = speech(stage, dice, take, taken);
  const shape = Math.floor(dice.roll() * 4);
  const beat = does(acted(first, stage, shape % 2 === 0));
  const scenery = dice.chance(AROUND) || act === 'begins' ? take(stage.around, false) : '';
  const parts = shape === 1 ? [say(answer), beat] : [beat, say(answer)];
  if (scenery !== '') parts.push(does(scenery));
  // A question back stands apart from the answer.
  else if (shape === 2 || (shape !== 1 && QUESTION.has(act))) parts.push(does(acted(gesture(), stage, false)));
  parts.push(say(more));
  for (let round = 0; words(parts.join(' ')) < SHORTEST && round < 6; round++) {
    parts.push(round % 2 === 0 ? does(acted(gesture(), stage, false)) : say(further(stage, dice, take, taken)));
  }

  const paragraphs = [clipped(parts)];
  // A long reply is several in one, each with another thread.
  for (let round = 0; words(paragraphs.join(' ')) < least && round < 40; round++) {
    const detail = take(stage.around, false) || acted(gesture(), stage, false);
    const thought = take(stage.near, false) || take(stage.facts, false) || take(LINES.tells) || take(LINES.confession);
    const paragraph = clipped([does(detail), say(thought), does(acted(gesture(), stage, false)), say(take(OPEN) || take(LINES['asks-what']))]);
    // All lines have been used: from the start again.
    if (words(paragraph) < 12) taken.clear();
    else paragraphs.push(paragraph);
  }
  return paragraphs.join('\n\n');
}

/** What is said to what was heard, and what is said after it. */
function speech(stage: Stage, dice: Dice, take: Take, taken: Set<string>): { answer: string; more: string } {
  const { act } = stage.heard;
  const opener = dice.chance(0.2) ? take(OPENERS[stage.manner], false) : '';
  if (HOSTILE.has(act)) return { answer: take(LINES[act]), more: take(SHUT) };
  if (PARTS.has(act)) return { answer: joinWords(opener, take(LINES[act])), more: take(PARTING) };
  if (QUESTION.has(act)) {
    // Asked about something that the card tells of, a character speaks of that.
    const first = nearestNew(stage, taken);
    const told = first !== '' && words(first) < BRIEF ? joinWords(first, nearestNew(stage, taken)) : first;
    if (told !== '') return { answer: joinWords(opener, told), more: (dice.chance(0.4) && nearestNew(stage, taken)) || take(TOLD) };
    if (stage.near.length > 0 && dice.chance(0.9)) return { answer: joinWords(take(SAID_BEFORE), stage.near[0] ?? ''), more: take(BACK) };
    const answer = recalled(stage, dice, take) || take(LINES[act]);
    const topic = stage.slots['topic'];
    const about = topic === undefined || answer.includes(topic) ? '' : take(ABOUT);
    return { answer: joinWords(opener, answer), more: about || fondly(stage, dice, take) || take(act === 'request' ? QUIET : BACK) };
  }
  const answer = joinWords(opener, recalled(stage, dice, take) || take(LINES[act]));
  const close = dice.chance(0.65) ? nearestNew(stage, taken) : '';
  return { answer, more: close || fondly(stage, dice, take) || further(stage, dice, take, taken) };
}

/** The nearest of what belongs to it that was not said of late; empty when there is none. */
function nearestNew({ near, used }: Stage, taken: Set<string>): string {
  const found = near.find((text) => !sentences(text).some((sentence) => taken.has(sentence) || used.has(sentence)));
  for (const sentence of sentences(found ?? '')) taken.add(sentence);
  return found ?? '';
}

function recalled(stage: Stage, dice: Dice, take: Take): string {
  return stage.again && dice.chance(0.6) ? take(AGAIN, false) : '';
}

function fondly(stage: Stage, dice: Dice, take: Take): string {
  return stage.affinity >= FOND_FROM && dice.chance(0.3) ? take(FOND, false) : '';
}

/** Something to go on with: of the speaker's own, where nothing presses, else a question back. */
function further(stage: Stage, dice: Dice, take: Take, taken: Set<string>): string {
  const { act } = stage.heard;
  if (HOSTILE.has(act)) return take(SHUT);
  if (PARTS.has(act)) return take(PARTING);
  // Once in a reply.
  if (IDLE.has(act) && !taken.has(ASIDE_MARK) && dice.chance(0.35)) {
    const fact = take(stage.facts, false);
    taken.add(ASIDE_MARK);
    if (fact !== '') return joinWords(dice.chance(0.6) ? take(ASIDE, false) : '', fact);
  }
  if (stage.slots['thing'] !== undefined && TELLING.has(act) && dice.chance(0.6)) {
    const on = take(ON, false);
    if (on !== '') return on;
  }
  return take(QUESTION.has(act) ? BACK : TELLING.has(act) ? OPEN : QUIET);
}

/** Of somebody who does not like the one they speak to: short, and no more than they must. */
function cold(stage: Stage, dice: Dice, take: Take): string {
  const { act } = stage.heard;
  const asked = QUESTION.has(act);
  const told = asked && stage.trust >= ANSWERS_FROM ? nearestNew(stage, new Set()) : '';
  const line = told || take(asked ? COLD.asked : KIND.has(act) ? COLD.kind : COLD.other);
  const beat = does(acted(take(DISTANT), stage, dice.chance(0.5)));
  const parts = dice.chance(0.3) ? [say(line), beat] : [beat, say(line)];
  if (!asked && dice.chance(0.35)) parts.push(say(take(COLD.other)));
  return clipped(parts);
}

/** A small act with the one who does it. */
function acted(act: string, { slots }: Stage, named: boolean): string {
  if (act === '') return '';
  const subject = named ? capital(slots['name'] ?? '') : slots['subject'];
  return `${subject} ${act.charAt(0).toLowerCase()}${act.slice(1).replace(/\.$/, '')}.`;
}

/** For prompts that name no character. */
function narrate(stage: Stage, dice: Dice): string {
  const taken = new Set<string>();
  const scenery = [...stage.around, 'Time passes, as it does when nobody is counting.', 'For a while nothing happens, and then a little less.', 'Whatever was going to be said waits a moment longer.'];
  return [1, 2, 3].map(() => pickNew(scenery, stage, taken, dice, true)).filter(Boolean).join(' ');
}

/** One of a list with its slots filled, none of this reply and none of late; `again` lets those of late in when no other is left. Else empty. */
function pickNew(list: readonly string[], { slots, used }: Stage, taken: Set<string>, dice: Dice, again: boolean): string {
  const about = list.filter((line) => /opic\}|\{thing\}/.test(line));
  // A line that takes up what was spoken of is worth more than one that could follow anything.
  const lean = slots['topic'] !== undefined && about.length > 0 && dice.chance(0.5) ? about : list;
  const text = pickFrom(lean, slots, [taken, used], dice) || pickFrom(list, slots, [taken, used], dice) || (again ? pickFrom(list, slots, [taken], dice) : '');
  for (const sentence of sentences(text)) taken.add(sentence);
  const thing = slots['thing'];
  if (thing !== undefined && text.includes(thing)) taken.add(thing);
  return text;
}

function pickFrom(list: readonly string[], slots: Stage['slots'], not: readonly ReadonlySet<string>[], dice: Dice): string {
  const start = Math.floor(dice.roll() * list.length);
  // The first that will do, from a place chosen by lot.
  for (let i = 0; i < list.length; i++) {
    const line = list[(start + i) % list.length] ?? '';
    const text = fill(line, slots);
    if (text === undefined) continue;
    // One thread is not taken up twice in one reply.
    const marks = [...(line.includes('{thing}') ? [slots['thing'] ?? ''] : []), ...sentences(text)];
    if (!marks.some((mark) => not.some((set) => set.has(mark)))) return text;
  }
  return '';
}

/** A line with its slots filled; undefined when it needs what is not known. */
function fill(line: string, slots: Stage['slots']): string | undefined {
  let missing = false;
  const text = line.replaceAll(/\{(\w+)\}/g, (_, slot: string) => {
    missing ||= slots[slot] === undefined;
    return slots[slot] ?? '';
  });
  return missing ? undefined : text.replace(/^\p{Ll}(?=.*[.?!]$)/u, (first) => first.toUpperCase());
}

/** Drops what goes over the longest length, last first, but never the first thing said. */
function clipped(parts: readonly string[]): string {
  const kept = parts.filter((part) => part !== '');
  while (kept.length > 2 && words(kept.join(' ')) > LONGEST) kept.pop();
  // What is done, or said, on end stands between one pair of marks.
  return kept.join(' ').replaceAll(/([.!?])(\*|") \2/g, '$1 ');
}
