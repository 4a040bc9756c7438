import { stem } from './stem.ts';

/** Words that tell nothing of what a text is about. */
const STOP = new Set(
  `a about after all also am an and any are as at be been before being both but by can could d did do does doing done down during don doesn didn isn wasn aren weren hasn haven hadn couldn wouldn shouldn
  ever for from had has have having he her here hers him his how i if in into is it its just ll lot m may me might mine must my
  myself no not of off on or our ours out over re really s she should so some t than that the their theirs them then there these they
  this those to too up us ve very was we were what when where which while who whom whose why will with would you your yours`.split(/\s+/),
);

/** Forms that no ending shows, and a few everyday words for the same thing, each with the word it is kept as. */
const SAME = new Map(
  `went go,gone go,goes go,bought buy,made make,took take,taken take,gave give,given give,got get,gotten get,saw see,seen see,
  came come,found find,thought think,told tell,said say,felt feel,left leave,lost lose,met meet,kept keep,began begin,begun begin,
  wrote write,written write,ran run,ate eat,eaten eat,drank drink,drunk drink,drove drive,driven drive,rode ride,ridden ride,
  flew fly,flown fly,sang sing,sung sing,swam swim,won win,wore wear,worn wear,broke break,broken break,chose choose,chosen choose,
  spoke speak,spoken speak,taught teach,caught catch,brought bring,built build,sent send,spent spend,slept sleep,sat sit,
  stood stand,understood understand,heard hear,held hold,fell fall,fallen fall,knew know,known know,grew grow,grown grow,
  threw throw,thrown throw,drew draw,drawn draw,hid hide,hidden hide,stole steal,stolen steal,paid pay,sold sell,led lead,
  fought fight,became become,forgot forget,forgotten forget,swore swear,sworn swear,rose rise,risen rise,woke wake,woken wake,
  shot shoot,hung hang,bore bear,tore tear,torn tear,lit light,shook shake,shaken shake,sank sink,sunk sink,bled bleed,
  children child,kids child,kid child,men man,women woman,people person,feet foot,teeth tooth,mice mouse,wives wife,lives life,
  knives knife,wolves wolf,mom mother,mum mother,mama mother,dad father,papa father,photo picture,photos picture,pic picture,
  pics picture,photograph picture,better good,best good,worse bad,worst bad`
    .split(',')
    .map((pair) => pair.trim().split(' ') as [string, string]),
);

/** What a word is kept as: '' for one that tells nothing. Held for words that were met; the table is bounded. */
const HELD = 50_000;
const held = new Map<string, string>();

function kept(word: string): string {
  const known = held.get(word);
  if (known !== undefined) return known;
  const made = STOP.has(word) ? '' : stem(SAME.get(word) ?? word);
  if (held.size >= HELD) held.clear();
  held.set(word, made);
  return made;
}

/**
 * The words of a text in order, in small letters, without marks over letters and without stop words, as stems. Scripts
 * that set no spaces between words are read two letters at a time, each pair a word: what is said again is found by them.
 */
export function stemsOf(text: string): string[] {
  const plain = plainOf(text);
  const stems: string[] = [];
  let unspaced = false;
  for (let at = 0, start = -1; at <= plain.length; at += 1) {
    const code = at < plain.length ? plain.charCodeAt(at) : 0;
    if (isWordCode(code)) {
      if (start < 0) start = at;
      unspaced ||= code >= FIRST_UNSPACED;
    } else if (start >= 0) {
      if (unspaced) stems.push(...pairsOf(plain.slice(start, at)));
      else addStem(stems, plain.slice(start, Math.min(at, start + WORD_MOST)));
      start = -1;
      unspaced = false;
    }
  }
  return stems;
}

function addStem(stems: string[], word: string): void {
  const stem = kept(word);
  if (stem !== '') stems.push(stem);
}

/** Thai is the first of the scripts that set no spaces between words; nearly all texts are told from them by this alone. */
const FIRST_UNSPACED = 0x0e_00;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u30fc\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+/gu;

/** What stands between two spaces where some of it is of such a script: pairs of its letters, and the words beside them. */
function pairsOf(run: string): string[] {
  const stems: string[] = [];
  let end = 0;
  const words = (until: number): void => {
    if (until > end) addStem(stems, run.slice(end, Math.min(until, end + WORD_MOST)));
  };
  for (const { 0: part, index } of run.matchAll(UNSPACED)) {
    words(index);
    const letters = Array.from(part);
    if (letters.length === 1) stems.push(part);
    for (let n = 1; n < letters.length; n += 1) stems.push(`${letters[n - 1] ?? ''}${letters[n] ?? ''}`);
    end = index + part.length;
  }
  words(run.length);
  return stems;
}

/** Nothing that long is a word; it would only burden the index. */
const WORD_MOST = 40;

/** Small letters and digits of ASCII; all else of other scripts that `plainOf` has left. */
function isWordCode(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code > 127;
}

function plainOf(text: string): string {
  // Most texts need no more than this; the rest are freed of marks and of punctuation that is not ASCII's.
  if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase();
  return text.toLowerCase().normalize('NFD').replaceAll(/\p{M}+/gu, '').replaceAll(/[^\p{L}\p{N}]+/gu, ' ');
}

/** How a line begins that tells who spoke: `Ada said to me: ...`, `Ada told me: ...`. */
const SPOKEN = /^(.{1,80}?) (?:said to|told) .{1,80}$/;

/** The least and the most that such a beginning has. */
const BEGINS = { least: 8, most: 180 } as const;

/** Where in a line its words begin, and who says them: null where it does not tell. */
function beginningOf(line: string): { name: string; length: number } | null {
  const colon = line.indexOf(': ');
  if (colon < BEGINS.least || colon > BEGINS.most) return null;
  const name = SPOKEN.exec(line.slice(0, colon))?.[1];
  return name === undefined ? null : { name, length: colon + 2 };
}

/** Who speaks in a memory besides its owner: the words of their names, as stems. */
export function speakersOf(text: string): string[] {
  const names = new Set(text.split('\n').map((line) => beginningOf(line)?.name ?? 'I'));
  names.delete('I');
  return [...names].flatMap((name) => stemsOf(name));
}

/** What is said in a memory, without who says it to whom. */
export function saidIn(text: string): string {
  return text
    .split('\n')
    .map((line) => line.slice(beginningOf(line)?.length ?? 0))
    .join('\n');
}

const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
/** The first hour of each part of a day; before the first it is still night. */
const DAYPARTS: readonly (readonly [number, string])[] = [[21, 'night'], [17, 'evening'], [12, 'afternoon'], [5, 'morning'], [0, 'night']];

/** The words for a moment of the story: `5 october 1889 saturday evening`. None for no clock. */
export function dateWordsOf(clock: string | null): string[] {
  const at = new Date(clock ?? '');
  if (Number.isNaN(at.getTime())) return [];
  const part = DAYPARTS.find(([from]) => at.getUTCHours() >= from)?.[1] ?? 'night';
  return [String(at.getUTCDate()), MONTHS[at.getUTCMonth()] ?? '', String(at.getUTCFullYear()), DAYS[at.getUTCDay()] ?? '', part];
}

const MONTH_NAMED = /\b(January|February|March|April|May|June|July|August|September|October|November|December)\b/g;
const DAY_NAMED = /\b(Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day\b/gi;
const YEAR_NAMED = /\b[12]\d{3}\b/g;
const DATE_NAMED = /\b(\d{1,2})(?:st|nd|rd|th)?(?: of)? (?:January|February|March|April|May|June|July|August|September|October|November|December)\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|December) (\d{1,2})\b/g;

/** The dates that a question names, as the words of `dateWordsOf`; months with a capital, or may would be one. */
export function datesNamedIn(text: string): string[] {
  const months = [...text.matchAll(MONTH_NAMED)].map(([month]) => month.toLowerCase());
  const days = [...text.matchAll(DATE_NAMED)].map(([, before, after]) => String(Number(before ?? after)));
  const weekdays = [...text.matchAll(DAY_NAMED)].map(([day]) => day.toLowerCase());
  const years = [...text.matchAll(YEAR_NAMED)].map(([year]) => year);
  return [...new Set([...months, ...days, ...weekdays, ...years])];
}
