import { keysOf } from './keys.ts';

/** Words for a character in the third person. */
export interface Pronouns {
  readonly they: string;
  readonly them: string;
  readonly their: string;
  readonly themself: string;
  readonly were: string;
}

const SHE: Pronouns = { they: 'she', them: 'her', their: 'her', themself: 'herself', were: 'was' };
const HE: Pronouns = { they: 'he', them: 'him', their: 'his', themself: 'himself', were: 'was' };
const THEY: Pronouns = { they: 'they', them: 'them', their: 'their', themself: 'themself', were: 'were' };

/** The pronouns that a card uses of its character: those it uses most, "they" when it uses neither. */
export function pronounsIn(card: string): Pronouns {
  const count = (pattern: RegExp): number => card.match(pattern)?.length ?? 0;
  const she = count(/\b(?:she|her|hers|herself|woman|girl|lady)\b/gi);
  const he = count(/\b(?:he|him|his|himself|man|boy|gentleman)\b/gi);
  if (she === he) return THEY;
  return she > he ? SHE : HE;
}

/** Something that a card tells, as its character would say it. */
export interface Fact {
  readonly text: string;
  readonly keys: ReadonlySet<string>;
  /** What kind of person they are: nobody says that unasked. */
  readonly portrait: boolean;
}

const MAX_WORDS = 44;
/** Of two sentences that belong together. */
const MAX_JOINED = 48;
/** Verbs whose first person is not the third without its s. */
const VERBS: Readonly<Record<string, string>> = {
  is: 'am', was: 'was', has: 'have', does: 'do', goes: 'go', "isn't": 'am not', "hasn't": "haven't", "doesn't": "don't", "wasn't": "wasn't", lies: 'lie', dies: 'die', ties: 'tie',
};
/** Verbs that may follow "and" or a comma; a word on s that is none of them may as well be a noun. */
const COMMON = new Set(
  ('answer ask believe bite blame bring build burn buy call carry catch change check choose clean climb close collect come cook count cover cry cut dance decide deny drink drive eat enjoy expect feed feel fight find fish fix ' +
    'fold follow forget forgive gather get give go grow guard hate hear help hide hold hope hunt hum judge keep kill know laugh lead lean learn leave lend let lie like listen live look lose love make mean meet mend ' +
    'mind miss move mumble need notice obey open order own owe paint pay plan play polish pray pretend prefer pull push put read refuse remember repair rest ride run save say search see sell send serve settle sew shout show sing ' +
    'sit sleep smell smile smoke speak spend stand stare start stay steal stop study swear sweep take talk teach tell tend think throw touch train translate travel treat trust try turn understand use visit wait wake walk want wash ' +
    'watch wear weigh whisper win wish wonder work worry write').split(' '),
);
const ADVERB = String.raw`(?:(?:never|always|still|once|often|secretly|also|now|only|quietly|rarely|therefore|really|usually|sometimes|both|just|long|simply|not)\s+)`;
/** Of those the ones that are as often nouns. */
const NOUNS_TOO = new Set('answer build burn call catch check cook count cover cry cut dance drink drive feel fight fish fix guard help hope hunt kiss laugh lie look mind move need order paint plan play pull push read rest ride run show sleep smell smile smoke stare start stay stop study talk tend touch train trust try turn visit wait wake walk want wash watch win wish wonder work worry'.split(' '));
const GOES_ON = new RegExp(String.raw`(,\s+(?:and |but |or |then )?|\s(?:and|but|or|then)\s+)(${ADVERB}*)([a-z]+s)\b`, 'g');
const FOLLOWS_VERB =
  /^(?:\s+(?:the|a|an|her|his|my|their|your|every|each|no|not|it|them|him|me|you|people|nothing|nobody|everything|on|in|at|up|down|out|with|to|for|from|by|into|as|like|what|who|that|so|only|about|over|of|off|back|away|around|when|until)\b|[,.;])/;

/**
 * What a card tells of a character, as the character would tell it: "Mara keeps the light" becomes "I keep the light". `you` is the name of whom it is told to.
 * What cannot be turned safely is left out.
 */
export function factsOf(card: string, name: string, pronouns: Pronouns, you = ''): Fact[] {
  const short = name.split(' ')[0] ?? name;
  const facts: Fact[] = [];
  let follows = false;
  for (const sentence of card.replaceAll(/\s+/g, ' ').replaceAll('*', '').split(/(?<=[.!?])\s+|(?<=;)\s+/)) {
    const told = inFirstPerson(sentence.replace(/;$/, '.').trim(), name, short, pronouns, you);
    const last = follows ? facts.at(-1) : undefined;
    follows = told !== undefined;
    if (told === undefined) continue;
    // "I mean to find out whether they did" needs what was said before, and so does "It is nearly full".
    if (last !== undefined && /\b(?:whether|that|what|if|why|how) (?:they|it|he|she)\b/.test(told) && !last.portrait && count(last.text) + count(told) <= MAX_JOINED) {
      facts[facts.length - 1] = factFrom(`${last.text} ${told}`);
      continue;
    }
    if (/^(?:It|There|That|This|One)\b/.test(told) && !/\bI\b/.test(told)) {
      if (last !== undefined && count(last.text) + count(told) <= MAX_JOINED) facts[facts.length - 1] = factFrom(`${last.text} ${told}`);
      continue;
    }
    facts.push(factFrom(told));
  }
  return facts;
}

const factFrom = (text: string): Fact => ({
  text,
  keys: keysOf(text),
  portrait: /^I (?:am|was) (?!(?:afraid|scared|allergic|in|from|at|on|never|not|still|always|told|born|given|sent|taught|holding|\w+ing)\b)/i.test(text),
});

function inFirstPerson(sentence: string, name: string, short: string, pronouns: Pronouns, you: string): string | undefined {
  // What quotes, addresses the reader or speaks of several people cannot be turned safely.
  if (count(sentence) < 3 || count(sentence) > MAX_WORDS || /["“”{}[\]<>()]|\byou\b|\byour\b|\bI\b/i.test(sentence)) return undefined;
  if (pronouns === THEY ? /\b(?:they|them|their|theirs)\b/i.test(sentence) : /^(?:\S+\s){0,3}(?:they|them|their|theirs|those)\b/i.test(sentence)) return undefined;
  const others = pronouns === SHE ? 'he|him|his' : 'she|her|hers';
  if (new RegExp(`^(?:${others})\\b`, 'i').test(sentence)) return undefined;
  // Who is meant is not clear where another of the kind was named before.
  const kind = pronouns === SHE ? 'sister|mother|daughter|wife|aunt|queen|girl|woman|grandmother|lady|widow' : pronouns === HE ? 'brother|father|son|husband|uncle|king|boy|man|grandfather|lord|captain' : 'x{9}';
  if (new RegExp(`\\b(?:${kind})\\b(?!'s).*\\b${pronouns.they}\\b`, 'i').test(sentence)) return undefined;

  const names = [...new Set([name, short])].map(escape).join('|');
  const verbs = (subject: string): RegExp => new RegExp(`\\b(?:${subject})(?!['’]s\\b)(?:\\s+(${ADVERB}*)([a-z'’]+))?`, 'gi');
  let turned = sentence
    .replaceAll(new RegExp(`\\b(?:${names})['’]s\\b`, 'g'), 'my')
    .replaceAll(verbs(`${names}${pronouns === THEY ? '' : `|${pronouns.they}`}`), (whole: string, adverb: string | undefined, verb: string | undefined, at: number) => {
      const before = sentence.slice(0, at).trimEnd();
      const isName = new RegExp(`^(?:${names})`).test(whole);
      // A name that stands after a verb or a preposition is not the one who does something.
      const object = isName && before !== '' && !/[,:;]$/.test(before) && !/\b(?:that|which|when|while|where|because|and|but|what|how|whether|if|since|until|than|as)$/i.test(before);
      const rest = [adverb?.trim(), verb === undefined ? undefined : object ? verb : firstPersonVerb(verb)].filter(Boolean).join(' ');
      return `${object ? 'me' : 'I'}${rest === '' ? '' : ` ${rest}`}`;
    })
    .replaceAll(new RegExp(`\\b${pronouns.themself}\\b`, 'gi'), 'myself');
  if (pronouns !== THEY) {
    turned = turned
      .replaceAll(/\bhers\b/gi, (word) => (pronouns === SHE ? 'mine' : word))
      // "her" is both: before a word it is hers, elsewhere it is she herself.
      .replaceAll(new RegExp(`\\b${pronouns.their}\\b(?=\\s+(?!(?:to|and|or|but|with|for|in|on|at|from|that|when|as|so|again|back|away|up|down|out|a|the|alone|of|into|over)\\b)\\p{L})`, 'giu'), 'my')
      .replaceAll(new RegExp(`\\b${pronouns.them}\\b`, 'gi'), 'me');
  }
  if (you !== '') turned = addressed(turned, you);
  const told = agreed(turned);
  if (told === undefined || new RegExp(`\\b(?:${names})\\b`).test(told)) return undefined;
  return told.charAt(0).toUpperCase() + told.slice(1);
}

/** With the verbs that go on from "I" or "you" made to agree with it; undefined where it is not clear which those are. */
function agreed(text: string): string | undefined {
  let unclear = false;
  const told = text.replaceAll(GOES_ON, (whole, joint: string, adverb: string, verb: string, at: number) => {
    const before = text.slice(0, at);
    const subjects = [...before.matchAll(/\b(?:I|[Yy]ou|who|which|that|he|she|it|one|nobody|someone|everyone)\b/g)].map((found) => found[0]);
    // After a comma the sentence's own subject goes on; without one, the nearest.
    const subject = joint.startsWith(',') ? (/\b(?:I|^You)\b/.exec(before)?.[0] ?? subjects[0]) : subjects.at(-1);
    if (subject === undefined || !/^(?:I|you)$/i.test(subject) || /^(?:My|The|A|An)\s(?![^,]*\bI\b)/.test(before)) return whole;
    const bare = /^you$/i.test(subject) && verb === 'is' ? 'are' : /^you$/i.test(subject) && verb === 'was' ? 'were' : (firstPersonVerb(verb) ?? verb);
    const follows = FOLLOWS_VERB.test(text.slice(at + whole.length));
    if (VERBS[verb] !== undefined || (COMMON.has(bare) && (follows || !NOUNS_TOO.has(bare)))) return `${joint}${adverb}${bare}`;
    unclear ||= follows && (!joint.startsWith(',') || /and|but/.test(joint));
    return whole;
  });
  return unclear ? undefined : told;
}

/** What is known of somebody, as it may be said to them: "Ada is a baker" becomes "You are a baker". */
export function toTheirFace(known: string, you: string): Fact {
  const told = addressed(known, you)
    .replaceAll(/\b(?:they|them)\b/g, 'you')
    .replaceAll(/\btheir\b/g, 'your');
  return factFrom(`${told.charAt(0).toUpperCase()}${told.slice(1).replace(/\.$/, '')}.`);
}

/** With somebody's name turned to "you". */
function addressed(text: string, you: string): string {
  const name = [...new Set([you, you.split(' ')[0] ?? you])].map(escape).join('|');
  return text
    .replaceAll(/\b(either|both|neither|one) of them\b/g, '$1 of us')
    .replaceAll(new RegExp(`\\b(?:${name})['’]s\\b`, 'g'), 'your')
    .replaceAll(new RegExp(`\\b(?:${name})\\b(?:\\s+(${ADVERB}*)([a-z'’]+))?`, 'g'), (_, adverb: string | undefined, verb: string | undefined) => {
      const turned = verb === 'is' ? 'are' : verb === 'was' ? 'were' : verb === undefined ? undefined : (firstPersonVerb(verb) ?? verb);
      return ['you', adverb?.trim(), turned].filter(Boolean).join(' ');
    });
}

function firstPersonVerb(verb: string): string | undefined {
  const known = VERBS[verb.toLowerCase()];
  if (known !== undefined) return known;
  if (!/^[a-z'’]+$/.test(verb)) return undefined;
  if (/(?:ches|shes|sses|xes|zes)$/.test(verb)) return verb.slice(0, -2);
  if (/[^aeiou]ies$/.test(verb)) return `${verb.slice(0, -3)}y`;
  return /[^s]s$/.test(verb) ? verb.slice(0, -1) : verb;
}

const count = (text: string): number => text.match(/\S+/g)?.length ?? 0;

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
