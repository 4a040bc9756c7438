import { GESTURES, MANNER_WORDS, OPENERS, REACTIONS, type Manner } from './beats.ts';
import { factsOf, pronounsIn } from './facts.ts';
import { hear, type Act, type Heard } from './heard.ts';
import { HOOKS, LINES } from './lines.ts';
import { placeInSentence } from './places.ts';
import type { Prompt } from './prompt.ts';
import { Dice, hash } from './seed.ts';
import { surroundings } from './surroundings.ts';

/** A reply is this long, in words, unless more is asked for. */
const SHORTEST = 42;
const LONGEST = 118;
/** Replies that a new one must not open like, or repeat a sentence of. */
const REMEMBERED = 6;
/** Seeds that are tried before a likeness is put up with. */
const TRIES = 12;

/** Acts whose words are about something. */
const TOPICAL: ReadonlySet<Act> = new Set<Act>(['tells', 'news', 'confession', 'offer', 'request', 'asks-what', 'asks-where', 'asks-when', 'asks-why', 'asks-who', 'asks-whether', 'greeting', 'gives']);
const HOOKS_ON = HOOKS.filter((line) => line.includes('{thing}'));

/** Takes one of a list that this reply does not hold yet; `again` (the default) lets in what was said of late, rather than nothing. */
type Take = (list: readonly string[], again?: boolean) => string;

/** What a reply is made from. */
interface Stage {
  readonly prompt: Prompt;
  readonly manner: Manner;
  readonly heard: Heard;
  readonly slots: Readonly<Record<string, string>>;
  readonly facts: readonly string[];
  readonly voice: readonly string[];
  readonly around: readonly string[];
  /** Sentences that have been used of late, in lower case. */
  readonly used: ReadonlySet<string>;
}

/** A reply in character to the last message, the same for the same prompt and seed. `least` asks for a longer one, in words. */
export function reply(prompt: Prompt, seed: number, least = 0): string {
  const before = prompt.turns.filter((turn) => turn.own).slice(-REMEMBERED).map((turn) => turn.text);
  const start = hash(`${prompt.name}\n${prompt.last}\n${before.at(-1) ?? ''}\n${prompt.turns.length}\n${seed}`);
  const stage = setStage(prompt, before);
  let text = '';
  for (let attempt = 0; attempt < TRIES; attempt++) {
    text = compose(stage, new Dice(start + attempt * 0x9e3779b1), least);
    if (!before.some((old) => old === text || opening(old) === opening(text))) break;
  }
  return text;
}

function setStage(prompt: Prompt, before: readonly string[]): Stage {
  const card = `${prompt.persona}\n${prompt.backstory}`;
  const pronouns = pronounsIn(card);
  const partner = prompt.turns.findLast((turn) => !turn.own)?.speaker ?? '';
  const heard = hear(lastWords(prompt), [prompt.name, partner, ...prompt.present]);
  const act: Act = prompt.last === '' ? 'begins' : heard.act;
  const topic = heard.topics[0];
  // One does not ask the other about what is one's own.
  const thing = heard.topics.find((one) => !one.startsWith('my '));
  return {
    prompt,
    manner: mannerOf(prompt),
    heard: { ...heard, act },
    slots: {
      ...pronouns,
      name: shortName(prompt.name) || 'the other one',
      ...(partner !== '' && { you: shortName(partner) }),
      ...(topic !== undefined && { topic, Topic: capital(topic) }),
      ...(thing !== undefined && { thing }),
      place: sayPlace(prompt.place),
    },
    facts: factsOf(card, prompt.name, pronouns),
    voice: prompt.voice.flatMap(spokenSentences),
    around: surroundings(prompt.place, prompt.weather, prompt.time),
    used: new Set(before.flatMap(sentences)),
  };
}

/** What was said last, without the name that stands before it. */
function lastWords(prompt: Prompt): string {
  const last = prompt.turns.findLast((turn) => !turn.own);
  return last?.text ?? '';
}

function compose(stage: Stage, dice: Dice, least: number): string {
  if (stage.prompt.name === '') return narrate(stage, dice);
  const taken = new Set<string>();
  const take: Take = (list, again = true) => pickNew(list, stage, taken, dice, again);
  const { act } = stage.heard;
  const reaction = REACTIONS.find(([pattern]) => pattern.test(act))?.[1] ?? [];

  const first = take(reaction.length > 0 && dice.chance(0.6) ? reaction : GESTURES[stage.manner]);
  const opener = dice.chance(0.3) ? take(OPENERS[stage.manner]) : '';
  const line = joinWords(opener, take(LINES[act]));
  const second = ownWords(stage, dice, take);
  // Which comes first, and who is named, is what varies most from one reply to the next.
  const shape = Math.floor(dice.roll() * 4);
  const lead = shape === 2 ? `${stage.slots['name']} ${first}.` : `${capital(first)}.`;
  const parts: string[] = [];
  if (shape === 1) parts.push(say(line), does(`${capital(first)}.`));
  else parts.push(does(lead), say(line));
  if (stage.around.length > 0 && dice.chance(0.65)) parts.push(does(take(stage.around)));
  else parts.push(does(`${capital(take(GESTURES[stage.manner]))}.`));
  parts.push(say(second));
  if (shape === 3 || words(parts.join(' ')) < SHORTEST) parts.push(does(`${capital(take(GESTURES[stage.manner]))}.`), say(take(HOOKS)));
  // Whoever is spoken to about something wants to hear of it again.
  if (TOPICAL.has(act) && stage.slots['thing'] !== undefined && !parts.some((part) => part.toLowerCase().includes(stage.slots['thing']?.toLowerCase() ?? ''))) parts.push(say(take(HOOKS_ON)));
  while (words(parts.join(' ')) < SHORTEST) {
    const more = take(HOOKS);
    if (more === '') break;
    parts.push(say(more));
  }

  const paragraphs = [clipped(parts)];
  // A long reply is several in one, each with another thread.
  for (let round = 0; words(paragraphs.join(' ')) < least && round < 40; round++) {
    const detail = take(stage.around) || capital(`${take(GESTURES[stage.manner])}.`);
    const thought = ownWords(stage, dice, take) || take(LINES.tells) || take(LINES.confession);
    const close = take(HOOKS) || take(LINES['asks-what']);
    const more = clipped([does(detail), say(thought), does(`${capital(take(GESTURES[stage.manner]))}.`), say(close)]);
    // All lines have been used: from the start again.
    if (words(more) < 12) taken.clear();
    else paragraphs.push(more);
  }
  return paragraphs.join('\n\n');
}

/** Something that only this character would say: from its voice samples, or from what its card tells of it, else a question back. */
function ownWords(stage: Stage, dice: Dice, take: Take): string {
  const { act } = stage.heard;
  const personal = act.startsWith('asks-') || act === 'confession' || act === 'tells' || act === 'begins';
  const roll = dice.roll();
  const close = nearest(stage.facts, stage.heard);
  // Asked about something that the card tells of, a character speaks of that.
  if (close.length > 0 ? roll < 0.85 : roll < (personal ? 0.4 : 0.2)) {
    const fact = take(close, false) || take(stage.facts, false);
    if (fact !== '') return joinWords(fact, dice.chance(0.5) ? take(HOOKS) : '');
  }
  if (roll < 0.7) {
    const sample = take(stage.voice, false);
    if (sample !== '') return sample;
  }
  return take(HOOKS) || take(LINES.tells);
}

/** Facts that share a word with what was said. */
function nearest(facts: readonly string[], heard: Heard): readonly string[] {
  const spoken = new Set(`${heard.speech} ${heard.topics.join(' ')}`.toLowerCase().match(/\p{L}{4,}/gu));
  return facts.filter((fact) => fact.toLowerCase().match(/\p{L}{4,}/gu)?.some((word) => spoken.has(word)));
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
  const lean = slots['topic'] !== undefined && about.length > 0 && dice.chance(0.7) ? about : list;
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

function mannerOf(prompt: Prompt): Manner {
  const weigh = (pattern: RegExp): number => 2 * (prompt.traits.join(', ').match(pattern)?.length ?? 0) + (prompt.persona.match(pattern)?.length ?? 0);
  let best: Manner = 'plain';
  let most = 0;
  for (const [manner, pattern] of MANNER_WORDS) {
    const weight = weigh(pattern);
    if (weight > most) {
      best = manner;
      most = weight;
    }
  }
  return best;
}

/** What a voice sample says aloud: its quoted words, or all of it where nothing is quoted; no stage directions. */
function spokenSentences(sample: string): string[] {
  const plain = sample.replaceAll(/\*[^*]*\*/g, ' ').replaceAll(/\{\{\w+\}\}:?/g, ' ');
  const quoted = [...plain.matchAll(/["“]([^"”]+)["”]/g)].map((found) => found[1] ?? '').join(' ');
  const said = (quoted || plain).replaceAll(/\s+/g, ' ').trim();
  const all = said.match(/[^.!?]+[.!?]+/g)?.map((one) => one.trim()) ?? (said === '' ? [] : [`${said}.`]);
  // A short piece, or one that begins with what was named before, says nothing by itself.
  return all.filter((one) => words(one) >= 4 && words(one) <= 26 && !/^(?:he|she|it|they|that is|this is|you do not know|one was|there were|in (?:his|her|yours))\b/i.test(one));
}

/** Drops what goes over the longest length, last first, but never the first thing said. */
function clipped(parts: readonly string[]): string {
  const kept = parts.filter((part) => part !== '');
  while (kept.length > 2 && words(kept.join(' ')) > LONGEST) kept.pop();
  // What is done, or said, on end stands between one pair of marks.
  return kept.join(' ').replaceAll(/([.!?])(\*|") \2/g, '$1 ');
}

function sayPlace(place: string): string {
  const short = place.split(/[,.;(]/)[0]?.trim() ?? '';
  return short === '' || words(short) > 6 ? 'this place' : placeInSentence(short);
}

const say = (text: string): string => (text === '' ? '' : `"${text}"`);
const does = (text: string): string => (text === '' || text === '.' ? '' : `*${text}*`);
const joinWords = (...pieces: string[]): string => pieces.filter(Boolean).join(' ');
const words = (text: string): number => text.match(/\S+/g)?.length ?? 0;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
/** What one is called in passing: the first name, but the whole where that starts with no name ("Old Gnaisha", "choir member"). */
const shortName = (name: string): string => {
  const first = name.split(' ')[0] ?? name;
  return EPITHET.test(first) || !/^\p{Lu}/u.test(first) ? name : first;
};

const EPITHET = /^(?:the|old|young|little|big|great|poor|good|lady|lord|king|queen|prince|princess|sir|saint|mother|father|brother|sister|doctor|captain|master|mistress)$/i;
const opening = (text: string): string => text.slice(0, 80).toLowerCase().replaceAll(/[^\p{L}\s]/gu, '').trim().split(/\s+/).slice(0, 3).join(' ');
const sentences = (text: string): string[] =>
  (text.match(/[^.!?*"]+[.!?]?/g) ?? []).map((one) => one.toLowerCase().replaceAll(/[^\p{L}\s]/gu, '').trim()).filter((one) => words(one) > 2);
