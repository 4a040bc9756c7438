import { gerund } from '../bearing.ts';
import { weatherIn } from '../when.ts';
import { spotOf, type Departure } from './departure.ts';
import type { Exchange } from './exchange.ts';
import { escape, happens, hearerOf, piecesOf } from './pieces.ts';

/** How somebody is placed after a turn; null where nothing changed. */
export interface Change {
  readonly name: string;
  readonly place: string | null;
  readonly posture: string | null;
  readonly action: string | null;
  readonly holding: string[] | null;
  readonly attention: string | null;
}

const ADVERB = String.raw`(?:(?:then|now|slowly|quietly|carefully|heavily|finally|at last|just|and)\s+)*`;
/** Verbs by which a posture is taken. */
const TAKES: readonly (readonly [RegExp, string])[] = [
  [/^(?:lies?|lay) (?:down|back|on)\b|^stretch(?:es)? out\b|^collapses? (?:on|onto|into bed)/i, 'lying'],
  [/^kneels?\b|^(?:goes|go|drops?|sinks?|falls?) (?:down )?(?:to|on|onto) (?:one knee|my knees|his knees|her knees|their knees)/i, 'kneeling'],
  [/^crouch(?:es)?\b|^squats?\b/i, 'crouching'],
  [/^(?:sits?|sat)\b(?! (?:in silence|still))|^takes? a seat\b|^perch(?:es)?\b|^settles? (?:down|into|onto|on|in)\b|^sinks? (?:down|into|onto)\b|^lowers? (?:my|her|him|them)sel(?:f|ves)\b|^slides? down\b/i, 'sitting'],
  [/^leans? (?:against|on|over)\b/i, 'leaning'],
  [/^stands? (?:up|at|by|in|near|beside|before|behind|on|there)\b|^stands?$|^gets? (?:up|to (?:my|his|her|their) feet)\b|^rises?\b|^jumps? (?:up|to (?:my|his|her|their) feet)\b/i, 'standing'],
];
const AT = /\b(?:at|by|on|onto|against|beside|near|behind|into|in)\s+((?:the|a|an|my|your|his|her|their)\s+(?:[\p{L}'-]+\s+){0,2}?[\p{L}'-]+)(?=\s*(?:$|[,.;!]|and\b|with\b|while\b|opposite\b|to\b|near\b|by\b|beside\b|next\b|under\b|behind\b|in\b|at\b|on\b|over\b|before\b|facing\b|across\b|without\b))/iu;

const THING = String.raw`((?:the|a|an|my|your|his|her|their|another|some)\s+(?:[\p{L}'-]+\s+){0,2}?[\p{L}'-]+)(?=\s*(?:$|[,.;!]|and\b|from\b|off\b|out\b|up\b|down\b|in\b|on\b|to\b|with\b|into\b|back\b|away\b|aside\b|over\b|for\b|by\b|that\b|of\b|at\b|before\b|after\b|as\b|while\b|when\b|until\b|under\b|around\b|across\b|between\b|beside\b|near\b|like\b|without\b|through\b|against\b))`;
const TAKING = new RegExp(String.raw`^(?:takes?|picks? up|grabs?|lifts?|holds?(?: up)?|draws?|pulls? out|takes? out|takes? up|unsheath(?:es)?|fetch(?:es)?|raises?|carr(?:y|ies)|collects?)\s+(?:up |out )?${THING}`, 'iu');
const LEAVING = new RegExp(String.raw`^(?:puts?|sets?|lays?|drops?|places?|lowers?|pockets?|sheath(?:es)?|lets? go of|hangs?)\s+(?:down |away |aside |back )?${THING}`, 'iu');
const GIVING = [
  new RegExp(String.raw`^(?:hands?|gives?|pass(?:es)?|throws?|toss(?:es)?)\s+(?:over\s+)?(you|her|him|them|me|\p{Lu}\p{L}+)\s+${THING}`, 'iu'),
  new RegExp(String.raw`^(?:hands?|gives?|pass(?:es)?|throws?|toss(?:es)?)\s+(?:over\s+)?${THING}\s+(?:over\s+)?to\s+(you|her|him|them|me|\p{Lu}\p{L}+)`, 'iu'),
];
const NO_THING = /\b(?:seat|breath|step|steps|look|sip|moment|drag|bow|turn|hand|hands|arm|arms|time|place|chair|note|cup of|sword arm|head|eyes|eyebrow|voice|face|chin|shoulder|shoulders|gaze|fingers?|knee|nod|way|word|attention|smile|curtain|door|window|table|other|end|thing|weight|one|something|half)$/i;

const WORKS =
  /^((?:polish|clean|wip|pour|read|writ|cook|stir|mend|repair|sharpen|play|smok|drink|eat|sort|count|pack|unpack|sweep|scrubb?|paint|carv|knit|sew|feed|row|steer|driv|brew|bak|chopp?|bandag|fish|digg?|danc|sing|humm?|light|wash|peel|fold|search|tun|load|unscrew|winds?)(?:s|es|ies)|(?:polish|clean|wipe|pour|read|write|cook|stir|mend|repair|sharpen|play|smoke|drink|eat|sort|count|pack|unpack|sweep|scrub|paint|carve|knit|sew|feed|row|steer|drive|brew|bake|chop|bandage|fish|dig|dance|sing|hum|light|wash|peel|fold|search|tune|load|unscrew|wind))\b((?:\s+(?!and\b|when\b|while\b|as\b|but\b|until\b|two\b)[\p{L}'-]+){0,5})/iu;

/** Those who changed in a turn, each as they are after it. */
export function changesIn(exchange: Exchange, departure: Departure): Change[] {
  const state = new Map<string, { -readonly [K in keyof Change]: Change[K] }>();
  const of = (name: string): { -readonly [K in keyof Change]: Change[K] } => {
    const known = state.get(name) ?? { name, place: null, posture: null, action: null, holding: null, attention: null };
    state.set(name, known);
    return known;
  };
  const held = (name: string): string[] => state.get(name)?.holding ?? [...(exchange.standings.get(name)?.holding ?? [])];

  for (const line of exchange.turn) {
    const hearer = hearerOf(line, exchange.turn, exchange.present);
    for (const piece of piecesOf([line])) {
      if (piece.kind === 'said' || !happens(piece.text)) continue;
      for (const { who, deed } of deedsIn(piece.text, piece.kind, line.speaker, exchange.present)) {
        for (const name of who) {
          const posture = TAKES.find(([pattern]) => pattern.test(deed))?.[1];
          const spot = posture === undefined ? spotOf(deed) : AT.exec(deed)?.[1];
          if (posture !== undefined) of(name).posture = posture;
          else if (spot !== undefined && /^(?:sitting|lying|kneeling)/.test(state.get(name)?.posture ?? exchange.standings.get(name)?.posture ?? '')) of(name).posture = 'standing';
          if (spot !== undefined && !NO_SPOT.test(spot)) of(name).place = spot.toLowerCase().replace(/^(?:my|your|his|her|their|a|an)\s/, 'the ');
          // Where one sits down is what one does, until one does something.
          const at = posture === undefined ? undefined : AT.exec(deed);
          if (at && !NO_SPOT.test(at[1] ?? '')) of(name).action = at[0].toLowerCase();
          const given = GIVING.map((pattern) => pattern.exec(deed)).find((found) => found !== null);
          if (given) {
            const [thing = '', whom = ''] = /^(?:the|a|an|my|your|his|her|their|another|some)\s/i.test(given[1] ?? '') ? [given[1], given[2]] : [given[2], given[1]];
            const receiver = exchange.present.find((one) => one !== name && (one === whom || one.split(' ')[0] === whom)) ?? hearer;
            if (NO_THING.test(thing)) continue;
            if (held(name).some((one) => same(one, thing))) of(name).holding = held(name).filter((one) => !same(one, thing));
            if (receiver !== undefined) of(receiver).holding = added(held(receiver), thing);
            continue;
          }
          const took = TAKING.exec(deed)?.[1];
          if (took !== undefined && !NO_THING.test(took) && !held(name).some((one) => same(one, took))) of(name).holding = added(held(name), took);
          const left = LEAVING.exec(deed)?.[1];
          if (left !== undefined && held(name).some((one) => same(one, left))) of(name).holding = held(name).filter((one) => !same(one, left));
          const work = WORKS.exec(deed);
          if (work && posture === undefined) of(name).action = `${gerund(inThird(work[1] ?? ''))}${(work[2] ?? '').replace(/\s+(?:in|on|at|with|the|a|an|his|her|their|my|your|to|of|by|from|for)$/i, '')}`;
        }
      }
    }
  }
  // Whoever goes somewhere else is up and has left what they were at.
  if (departure.how === 'left') {
    for (const name of exchange.present) {
      const one = of(name);
      one.posture ??= 'standing';
      one.action ??= 'arriving';
    }
  }
  return [...state.values()].filter((one) => exchange.present.includes(one.name) && (one.place ?? one.posture ?? one.action ?? one.holding) !== null);
}

const NO_SPOT = /\b(?:silence|moment|while|way|voice|breath|time|heart|eyes?|mind|head|face|hands?|arms?|knees?|words?|air)$/i;
const HOLDS_MOST = 6;

function added(holding: readonly string[], thing: string): string[] {
  const plain = thing.toLowerCase().replace(/^(?:my|your|his|her|their)\s/, 'the ').replace(/^(?:another|some)\s/, 'a ');
  return [...holding.filter((one) => !same(one, plain)), plain].slice(-HOLDS_MOST);
}

/** The same thing by its last word: "a lamp" that was picked up is "the old lamp" that is put down. */
function same(one: string, other: string): boolean {
  const head = (text: string): string => text.toLowerCase().match(/\p{L}+$/u)?.[0] ?? text;
  return head(one) === head(other);
}

/** Who does what in a sentence: "She sits down and takes the lamp" are two deeds of the speaker's. */
function deedsIn(text: string, kind: 'done' | 'plain', speaker: string, present: readonly string[]): { who: readonly string[]; deed: string }[] {
  const clauses = text.replace(/[.!…]+$/, '').split(/[,;:]\s+(?:and |then )*|\s+(?:and then|and|then|as|while)\s+/i).map((one) => one.trim()).filter(Boolean);
  let who: readonly string[] = [];
  return clauses.flatMap((clause, n) => {
    const named = present.find((name) => [name, name.split(' ')[0] ?? name].some((one) => new RegExp(`^${escape(one)}\\b`, 'u').test(clause)));
    const others = /^(?:the|a|an|it|there|this|that|somebody|someone|nobody|rain|snow|\p{Lu}\p{L}+)\s/u.test(clause) && !/^(?:I|We|She|He|They)\b/.test(clause);
    const subject = /^(?:(we)|(?:i|he|she|they))\s+/i.exec(clause);
    let deed = clause;
    if (named !== undefined) {
      who = [named];
      deed = clause.replace(new RegExp(`^${escape(clause.startsWith(named) ? named : (named.split(' ')[0] ?? named))}\\s*`, 'u'), '');
    } else if (subject) {
      who = subject[1] === undefined ? [speaker] : present;
      deed = clause.slice(subject[0].length);
    } else if (n === 0 && kind === 'done' && (!others || /^\p{Lu}\p{Ll}*s\s/u.test(clause))) who = [speaker];
    else if (others) who = [];
    else if (n === 0) who = [];
    return who.length === 0 ? [] : [{ who, deed: deed.replace(new RegExp(`^${ADVERB}`, 'i'), '').trim() }];
  });
}

/** "play" as the narration has it: "plays". */
function inThird(verb: string): string {
  return verb.endsWith('s') ? verb : /(?:sh|ch|x|z)$/.test(verb) ? `${verb}es` : /[^aeiou]y$/.test(verb) ? `${verb.slice(0, -1)}ies` : `${verb}s`;
}

/** The weather where it turns in a turn; null where it does not. */
export function weatherAfter(exchange: Exchange): string | null {
  for (const { kind, text } of piecesOf(exchange.turn).toReversed()) {
    if (kind === 'said' || !happens(text)) continue;
    if (/\b(?:rain|snow|storm|fog|mist|clouds?|wind|hail|sleet)\b.{0,12}\b(?:stops?|ends?|clears?|lifts?|dies? down|passes|has stopped|lets? up|eases?)\b|\bsun (?:comes out|breaks through|rises)\b|\bsky clears\b/i.test(text)) return 'Clear';
    if (/\b(?:starts?|begins?) (?:to )?(?:rain|snow|hail|storm|drizzle|sleet)\w*|\b(?:rain|snow|storm|fog|mist|hail|thunder|wind|sleet)\b.{0,20}\b(?:starts?|begins?|comes? in|rolls? in|sets? in|breaks?|rises?|picks? up|closes in)\b/i.test(text)) return weatherIn(text);
  }
  return null;
}
