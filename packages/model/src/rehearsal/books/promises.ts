import { piecesOf } from './pieces.ts';
import type { Piece } from './pieces.ts';
import type { Line } from './exchange.ts';
import { shared, wordsOf } from './words.ts';

/** Something that somebody has taken upon them, or that has to be done. */
export interface Undertaking {
  readonly title: string;
  readonly summary: string;
  /** The line in which it was said. */
  readonly at: number;
}

const TITLE_MOST = 80;
const SAID_MOST = 160;

/** Things that one undertakes and that can be seen to be done, with the words that say so. */
const DEEDS: Readonly<Record<string, string>> = {
  ask: 'asked', avenge: 'avenged', bake: 'baked', bring: 'brought', build: 'built', burn: 'burned|burnt', bury: 'buried', buy: 'bought', carry: 'carried', clean: 'cleaned', come: 'came', copy: 'copied',
  deliver: 'delivered', fetch: 'fetched', fill: 'filled', find: 'found', fix: 'fixed', free: 'freed', get: 'got', give: 'gave|given', help: 'helped', hide: 'hid|hidden', lend: 'lent', light: 'lit', make: 'made',
  meet: 'met', mend: 'mended', open: 'opened', paint: 'painted', pay: 'paid', prove: 'proved', read: 'read', repair: 'repaired', rescue: 'rescued', return: 'returned', save: 'saved', search: 'searched', sell: 'sold',
  send: 'sent', sew: 'sewed|sewn', show: 'showed|shown', steal: 'stole|stolen', take: 'took|taken', teach: 'taught', tell: 'told', visit: 'visited', warn: 'warned', write: 'wrote|written',
};
const VERBS = Object.keys(DEEDS).join('|');
const FORCED = String.raw`(?:must|ha(?:ve|s) to|need to|(?:have|'ve) got to)`;
const READILY = String.raw`(?:(?:also|then|gladly|surely|certainly|just|go and|go|try to|come back and|see that i) )*`;

/** "I will ...", "I promise to ...": somebody's word. */
const WORD = new RegExp(
  String.raw`(?:\b(?:i|we) (?:promise|swear)(?: (?:you|it|him|her|them))?,?(?: that)? (?:to |(?:i|we)(?:'ll| will| shall) )|\b(?:i|we)(?:'ll| will| shall|'m going to| am going to| are going to|'re going to) )${READILY}(${VERBS})\b(.*)`,
  'is',
);
/** "We must ...", "Somebody has to ...": an errand. */
const ERRAND = new RegExp(String.raw`\b(?:i|we|you|somebody|someone|one of us) ${FORCED} ${READILY}(${VERBS})\b(.*)`, 'is');

/** Where what is undertaken ends, and its time or its reason begins. */
const BEYOND = /[,;:.!?\u2014]|\b(?:before|until|till|when|once|while|tomorrow|tonight|today|tonight's|next|so that|because|or|if|and then)\b/i;
/** Words by which nothing is undertaken, or not yet. */
const UNSURE = /\?|\b(?:if|unless|would|could|might|may|perhaps|maybe|not|never)\b|n't\b/i;
/** What may come is not done. */
const AHEAD = /\?|\b(?:will|shall|must|have to|has to|need to|going to|ought|should|would|could|if|unless|until|tomorrow|soon|never|not|almost|nearly)\b|n't\b|'ll\b/i;
/** Words that say by themselves that something is done. */
const DONE = /\b(?:here (?:is|are|it is|they are|you are|comes)|as (?:i|we|you|he|she|they) (?:promised|said)|(?:kept|keeps?|keeping) (?:my|our|your|his|her|their|the) (?:word|promise)|(?:is|are) (?:done|ready|finished))\b/i;
/** What is seen when something is brought or given. */
const HANDS_OVER = /\b(?:gives?|hands?|holds? out|lays?|puts?|sets?|brings?|returns?|presses|passes|places)\b/i;

/** What was promised in a scene, and what has to be done, in the order in which it was said; what was done there is no longer open. */
export function undertaken(turn: readonly Line[]): Undertaking[] {
  return turn.flatMap((line, at): Undertaking[] => {
    const pieces = piecesOf([line]);
    const found = pieces.map((piece) => readUndertaking(piece)).findLast((one) => one !== undefined);
    if (found === undefined) return [];
    const later = piecesOf(turn.slice(at + 1));
    if (later.some((piece) => isDone(found, piece))) return [];
    const said = found.text.slice(0, SAID_MOST);
    const title = `${found.errand ? 'To do' : `${line.speaker}'s word`}: ${found.clause}`.slice(0, TITLE_MOST).trim();
    const summary = found.errand ? `${line.speaker} said: "${said}" It is not done yet.` : `${line.speaker} promised: "${said}" It is not kept yet.`;
    return [{ title, summary, at }];
  });
}

/** Whether a sentence tells that what a title names was done. */
export function keeps(title: string, piece: Piece): boolean {
  const found = readTitle(title);
  return found !== undefined && isDone(found, piece);
}

interface Deed {
  readonly verb: string;
  /** What it is done to. */
  readonly objects: readonly string[];
}

function readUndertaking({ kind, text }: Piece): (Deed & { readonly errand: boolean; readonly clause: string; readonly text: string }) | undefined {
  if (kind === 'done' || UNSURE.test(text)) return undefined;
  const word = WORD.exec(text);
  const [, verb, rest] = word ?? ERRAND.exec(text) ?? [];
  if (verb === undefined || rest === undefined) return undefined;
  const deed = deedOf(verb, rest);
  // "I will come" and "we must pay" name nothing that could be seen to be done.
  return deed.objects.length === 0 ? undefined : { ...deed, errand: word === null, clause: `${verb.toLowerCase()}${upTo(rest)}`, text };
}

/** What a title names, written here or by a hand: "Mara's word: bring you the ledger", "Mend the lamp". */
function readTitle(title: string): Deed | undefined {
  const [, verb, rest = ''] = new RegExp(String.raw`(?:^|: |\bto )(${VERBS})\b(.*)`, 'is').exec(title) ?? [];
  const deed = verb === undefined || title.includes('?') ? undefined : deedOf(verb, rest);
  return deed?.objects.length === 0 ? undefined : deed;
}

function deedOf(verb: string, rest: string): Deed {
  const base = verb.toLowerCase();
  return { verb: base, objects: wordsOf(upTo(rest)).filter((one) => one !== base) };
}

function upTo(rest: string): string {
  const end = BEYOND.exec(rest)?.index;
  return (end === undefined ? rest : rest.slice(0, end)).trimEnd();
}

function isDone({ verb, objects }: Deed, { kind, text }: Piece): boolean {
  if (AHEAD.test(text) || shared(objects, wordsOf(text)) < Math.min(2, objects.length)) return false;
  const past = new RegExp(String.raw`\b(?:${DEEDS[verb] ?? verb})\b`, 'i').test(text);
  // What is narrated happens as it is told: "*mends the lamp*", "*lays the ledger on the table*".
  const seen = kind === 'done' && (new RegExp(String.raw`\b${verb}e?s\b`, 'i').test(text) || HANDS_OVER.test(text));
  return past || seen || DONE.test(text);
}
