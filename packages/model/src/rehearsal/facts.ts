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

const MAX_WORDS = 22;
/** Verbs whose first person is not the third without its s. */
const VERBS: Readonly<Record<string, string>> = { is: 'am', was: 'was', has: 'have', does: 'do', goes: 'go', "isn't": 'am not', "hasn't": "haven't", "doesn't": "don't", "wasn't": "wasn't" };

/** What a card tells of a character, as the character would tell it: "Mara keeps the light" becomes "I keep the light". */
export function factsOf(card: string, name: string, pronouns: Pronouns): string[] {
  const short = name.split(' ')[0] ?? name;
  return card
    .replaceAll(/\s+/g, ' ')
    .split(/(?<=[.!?])\s+/)
    .flatMap((sentence) => inFirstPerson(sentence, name, short, pronouns) ?? []);
}

function inFirstPerson(sentence: string, name: string, short: string, pronouns: Pronouns): string | undefined {
  const words = sentence.split(' ');
  // What quotes, addresses the reader or speaks of several people cannot be turned safely.
  if (words.length < 4 || words.length > MAX_WORDS || /["“”*{}[\]<>:;()]|\byou\b|\byour\b|\bI\b/i.test(sentence)) return undefined;
  const others = [SHE, HE].filter((p) => p.they !== pronouns.they);
  if (others.some((p) => new RegExp(`\\b(?:${p.they}|${p.them}|${p.their})\\b`, 'i').test(sentence))) return undefined;
  // Somebody whom only the sentence before names.
  if (/\b(?:they|them|their|theirs|those)\b/i.test(sentence)) return undefined;
  const subject = new RegExp(`^(?:${escape(name)}|${escape(short)}|${pronouns.they})\\s+((?:never|always|still|once|often|secretly|also|now|only|quietly|rarely)\\s+)?([\\w'’]+)`, 'i').exec(sentence);
  if (!subject) return undefined;
  const verb = firstPersonVerb(subject[2] ?? '');
  if (verb === undefined) return undefined;
  const rest = sentence
    .slice(subject[0].length)
    .replaceAll(new RegExp(`\\b${pronouns.themself}\\b`, 'gi'), 'myself')
    .replaceAll(new RegExp(`\\b${pronouns.they}\\s+([\\w'’]+)`, 'gi'), (whole, next: string) => {
      const turned = firstPersonVerb(next);
      return turned === undefined ? whole.replace(/^\S+/, 'I') : `I ${turned}`;
    })
    // "her" is both: before a word it is hers, elsewhere it is she herself.
    .replaceAll(new RegExp(`\\b${pronouns.their}\\b(?=\\s+(?!(?:to|and|or|but|with|for|in|on|at|from|that|when|as|so|again|back|away|up|down|out)\\b)\\p{L})`, 'giu'), 'my')
    .replaceAll(new RegExp(`\\b${pronouns.them}\\b`, 'gi'), 'me');
  if (new RegExp(`\\b(?:${escape(short)})\\b`).test(rest)) return undefined;
  const told = `I ${subject[1] ?? ''}${verb}${rest}`.trim();
  // A second verb would stay in the third person ("I wash and carries on").
  if (/\b(?:and|but|or|then|who|which|that)\s+\p{L}+[^s\P{L}]s\b/u.test(told)) return undefined;
  // Nobody says of themselves what kind of person they are.
  return /^I (?:am|was) (?!(?:afraid|scared|allergic|in|from|at|on|never|not|still|always|\w+ing)\b)/i.test(told) ? undefined : told;
}

function firstPersonVerb(verb: string): string | undefined {
  const known = VERBS[verb.toLowerCase()];
  if (known !== undefined) return known;
  if (!/^[a-z'’]+$/.test(verb)) return undefined;
  if (/(?:ches|shes|sses|xes|zes)$/.test(verb)) return verb.slice(0, -2);
  if (/[^aeiou]ies$/.test(verb)) return `${verb.slice(0, -3)}y`;
  return /[^s]s$/.test(verb) ? verb.slice(0, -1) : verb;
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
