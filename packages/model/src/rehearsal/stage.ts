import { MANNER_WORDS, type Manner } from './beats.ts';
import { factsOf, pronounsIn, toTheirFace, type Fact, type Pronouns } from './facts.ts';
import { hear, type Act, type Heard } from './heard.ts';
import { keysOf, nearest } from './keys.ts';
import { placeInSentence } from './places.ts';
import type { Prompt } from './prompt.ts';
import { surroundings } from './surroundings.ts';
import { capital, joinWords, sentences, words } from './text.ts';

/** How near something must be to what was asked, and to what was only said: 1 is a word that nothing else shares. */
const NEAR_ASKED = 0.2;
const NEAR_SAID = 0.4;
const OF_ME = /\b(?:know|remember|learned|heard|think) (?:about|of) me\b|\bwho (?:am i|i am)\b/i;
/** What wants an answer. */
export const QUESTION: ReadonlySet<Act> = new Set<Act>(['asks-who', 'asks-how-are-you', 'asks-why', 'asks-where', 'asks-when', 'asks-until', 'asks-what', 'asks-whether', 'request']);

/** What a reply is made from. */
export interface Stage {
  readonly prompt: Prompt;
  readonly manner: Manner;
  readonly heard: Heard;
  readonly slots: Readonly<Record<string, string>>;
  readonly affinity: number;
  readonly trust: number;
  /** What the card and the voice samples tell that belongs to what was said, the nearest first. */
  readonly near: readonly string[];
  /** What else the character might tell of themselves. */
  readonly facts: readonly string[];
  readonly around: readonly string[];
  /** What somebody goes on doing who is at something. */
  readonly busy: readonly string[];
  /** Whether the topic was spoken of long ago. */
  readonly again: boolean;
  /** Sentences that have been used of late, in lower case. */
  readonly used: ReadonlySet<string>;
}

/** What of a character does not change from turn to turn. */
interface Character {
  readonly pronouns: Pronouns;
  readonly manner: Manner;
  readonly facts: readonly Fact[];
  readonly voice: readonly Fact[];
}

const CHARACTERS = 50;
const characters = new Map<string, Character>();

/** Reads a card, once: it is the same with every turn. */
function characterOf(prompt: Prompt, partner: string): Character {
  const key = JSON.stringify([prompt.name, partner, prompt.persona, prompt.backstory, prompt.about, prompt.voice, prompt.traits]);
  const known = characters.get(key);
  if (known) return known;
  const card = `${prompt.persona}\n${prompt.backstory}`;
  const pronouns = pronounsIn(card);
  const facts = [...factsOf(card, prompt.name, pronouns), ...factsOf(prompt.about, prompt.name, pronouns, partner)];
  const character = { pronouns, manner: mannerOf(prompt), facts, voice: prompt.voice.flatMap(spokenPieces) };
  if (characters.size >= CHARACTERS) characters.clear();
  characters.set(key, character);
  return character;
}

/** Sets out everything that a reply to a prompt is made from; `before` are the speaker's own replies of late. */
export function setStage(prompt: Prompt, before: readonly string[]): Stage {
  const partner = prompt.turns.findLast((turn) => !turn.own)?.speaker ?? '';
  const { pronouns, facts, voice, manner } = characterOf(prompt, partner);
  const heard = hear(lastWords(prompt), [prompt.name, partner, ...prompt.present]);
  const act: Act = prompt.last === '' ? 'begins' : heard.act;
  const topic = heard.topics[0];
  // One does not ask the other about what is one's own.
  const thing = heard.topics.find((one) => !one.startsWith('my '));
  const feeling = prompt.feelings.find((one) => one.to === partner) ?? prompt.feelings[0];
  const tellable = facts.filter((fact) => !fact.portrait || act === 'asks-who');
  const asked = keysOf(`${heard.speech} ${heard.action}`);
  const portraits = act === 'asks-who' ? tellable.filter((fact) => fact.portrait) : [];
  const known = partner === '' ? [] : prompt.known.filter((fact) => fact.startsWith(partner.split(' ')[0] ?? partner)).map((fact) => toTheirFace(fact, partner));
  // Asked what they know of one, people say it.
  const ofYou = OF_ME.test(heard.speech) ? known.toReversed() : [];
  const name = shortName(prompt.name) || 'the other one';
  const doing = prompt.doing.get(prompt.name) ?? '';
  return {
    prompt,
    manner,
    heard: { ...heard, act },
    slots: {
      ...pronouns,
      name,
      ...(partner !== '' && { you: shortName(partner) }),
      ...(topic !== undefined && { topic, Topic: capital(topic) }),
      ...(thing !== undefined && { thing }),
      place: sayPlace(prompt.place),
      // "They looks" would be wrong.
      subject: pronouns.they === 'they' ? name : capital(pronouns.they),
    },
    affinity: feeling?.affinity ?? 50,
    trust: feeling?.trust ?? 50,
    near: [...portraits, ...ofYou, ...nearest([...tellable, ...known, ...voice], asked, QUESTION.has(act) ? NEAR_ASKED : NEAR_SAID)].map((one) => one.text),
    facts: tellable.filter((fact) => !fact.portrait).map((fact) => fact.text),
    around: surroundings(prompt.place, prompt.weather, prompt.time),
    busy: busyWith(doing, pronouns.their),
    again: topic !== undefined && topicBefore(prompt, topic),
    used: new Set(before.flatMap((text) => sentences(text).flatMap((sentence) => [sentence, withoutSubject(sentence, name, pronouns.they)]))),
  };
}

/** What was said last, without the name that stands before it. */
function lastWords(prompt: Prompt): string {
  const last = prompt.turns.findLast((turn) => !turn.own);
  return last?.text ?? '';
}

/** Whether something is remembered that nobody has named of late. */
function topicBefore(prompt: Prompt, topic: string): boolean {
  const word = topic.split(' ').at(-1)?.toLowerCase() ?? topic;
  const earlier = prompt.turns.slice(0, -1).map((turn) => turn.text.toLowerCase());
  return prompt.memories.some((memory) => memory.toLowerCase().includes(word)) && !earlier.some((text) => text.includes(word));
}

/** "sitting, unscrewing the lid of a flask, holding a flask": what can be gone on with. */
function busyWith(doing: string, their: string): string[] {
  const parts = doing.split(',').map((part) => part.trim());
  const work = parts.find((part) => /^\w+ing\b/.test(part) && !/^(?:sitting|standing|leaning|lying|kneeling|crouching|moving|waiting|walking|holding|arriving)\b/.test(part));
  const held = /^holding (?:a|an|the) ([\p{L} -]{2,30})$/u.exec(parts.find((part) => part.startsWith('holding ')) ?? '')?.[1];
  return [...(work === undefined ? [] : [`goes on ${work}`, `stops ${work} for a moment`]), ...(held === undefined ? [] : [`turns the ${held} over in ${their} hands`, `looks down at the ${held}`])];
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

/** What a voice sample says aloud, in pieces of one or two sentences: its quoted words, or all of it where nothing is quoted; no stage directions. */
function spokenPieces(sample: string): Fact[] {
  const quoted = [...sample.replaceAll(/\{\{\w+\}\}:?/g, ' ').matchAll(/["“]([^"”]+)["”]/g)].map((found) => found[1] ?? '').join(' ');
  // Within quotes asterisks lay stress on a word.
  const said = (quoted === '' ? sample.replaceAll(/\*[^*]*\*/g, ' ') : quoted.replaceAll('*', '')).replaceAll(/\s+/g, ' ').trim();
  const all = said.match(/[^.!?]+[.!?]+/g)?.map((one) => one.trim()) ?? (said === '' ? [] : [`${said}.`]);
  return all.flatMap((one, n) => {
    // A piece that begins with what was named before says nothing by itself.
    if (words(one) < 3 || /^(?:he|she|it|they|that|this|there|you do not know|one was|there were|in (?:his|her|yours)|five|no,|and|but|so|take your|use the)\b/i.test(one)) return [];
    const next = all[n + 1] ?? '';
    const text = words(one) + words(next) <= 32 ? joinWords(one, next) : one;
    return words(text) < 4 || words(text) > 36 ? [] : [{ text, keys: keysOf(text), portrait: false }];
  });
}

function sayPlace(place: string): string {
  const short = place.split(/[,.;(]/)[0]?.trim() ?? '';
  return short === '' || words(short) > 6 ? 'this place' : placeInSentence(short);
}

/** What one is called in passing: the first name, but the whole where that starts with no name ("Old Gnaisha", "choir member"). */
const shortName = (name: string): string => {
  const first = name.split(' ')[0] ?? name;
  return EPITHET.test(first) || !/^\p{Lu}/u.test(first) ? name : first;
};

const EPITHET = /^(?:the|old|young|little|big|great|poor|good|lady|lord|king|queen|prince|princess|sir|saint|mother|father|brother|sister|doctor|captain|master|mistress)$/i;
/** A small act as it stands in the lists: "she looks up" is "looks up". */
const withoutSubject = (sentence: string, name: string, they: string): string => sentence.replace(new RegExp(`^(?:${name.toLowerCase().replaceAll(/[^\p{L}\s]/gu, '')}|${they})\\s+`, 'u'), '');
