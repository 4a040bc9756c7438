import { DomainError } from './errors.ts';
import { timeInWords } from './storyTime.ts';

/** An elision leaves out the rest of what is going on (SC-4); a jump leaps ahead to another moment (SC-5). */
export type SkipMode = 'elision' | 'jump';

/** Where a skip goes. `to` is null where the words name no time, or where the story has no clock to reckon from. */
export interface SkipTarget {
  readonly mode: SkipMode;
  /** ISO 8601 UTC. */
  readonly to: string | null;
}

const MINUTE = 60_000;
const DAY = 1_440;
/** From so many minutes on, what is skipped is a piece of life rather than of what is going on. */
const JUMP_FROM = 180;
/** The longest skip, in minutes: ten years. */
const LEAP_MOST = 5_256_000;
/** The last year in which a story can stand. */
const LAST_YEAR = 9_998;

const COUNTS: Readonly<Record<string, number>> = {
  'a couple of': 2, 'a few': 3, several: 4, some: 3, 'half an': 0.5, 'half a': 0.5, an: 1, a: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6,
  seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12, fifteen: 15, twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, ninety: 90,
};
const UNITS: Readonly<Record<string, number>> = { minute: 1, min: 1, hour: 60, day: DAY, night: DAY, week: 7 * DAY, fortnight: 14 * DAY, month: 30 * DAY, season: 91 * DAY, year: 365 * DAY };
const SPAN = new RegExp(String.raw`\b(\d{1,6}|${Object.keys(COUNTS).join('|')})\s+(?:more\s+|whole\s+|long\s+)?(${Object.keys(UNITS).join('|')})s?\b`, 'i');
const NEXT = /\b(?:next|following)\s+(week|fortnight|month|season|year)\b/i;

/** Parts of the day with their hour; the first that is named counts. */
const PARTS: readonly (readonly [RegExp, number])[] = [
  [/\bmidnight\b/i, 24],
  [/\b(?:dawn|daybreak|sunrise|first light)\b/i, 6],
  [/\b(?:morning|breakfast)\b/i, 8],
  [/\b(?:noon|midday|lunch)\b/i, 12],
  [/\bafternoon\b/i, 15],
  [/\b(?:dusk|sunset|nightfall|twilight|evening|dinner|supper)\b/i, 19],
  [/\b(?:tonight|night|bedtime)\b/i, 22],
];
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
const ISO = /(?<!\d)(\d{4,6})-(\d{1,2})-(\d{1,2})(?!\d)/;
const DAY_MONTH = new RegExp(String.raw`\b(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?\s+(${MONTHS.join('|')})\b(?:,?\s+(\d{3,6}))?`, 'i');
const MONTH_DAY = new RegExp(String.raw`\b(${MONTHS.join('|')})\s+(\d{1,2})(?:st|nd|rd|th)?\b(?:,?\s+(\d{3,6}))?`, 'i');
const TIME = /(?<![\d-])(\d{1,2})[:.](\d{2})(?::\d{2})?(?:\.\d+)?\s*(am|pm)?(?=z|\b)|\b(\d{1,2})\s*(am|pm|o['\u2019]clock)\b/i;
const PAST = /\b(?:ago|earlier|yesterday|last\s+(?:night|week|month|year|evening|morning)|back\s+in\s+time|go\s+back|rewind)\b/i;
/** Words that leave out the rest of what is going on, and name no time. */
const ELIDED = /\b(?:when|until|till|once|to where)\s+(?:we|they|i|he|she|it|you|the|everyone)\b|\b(?:arriv\w+|get there|the end of|past the|the rest of)\b/i;

/**
 * Reads where a skip goes from its words alone: "tomorrow 9:00", "in 3 days", "next morning", "an hour later", a date,
 * "to when we arrive". Undefined where they do not tell: then a model may be asked. `clock` is story time now, ISO 8601
 * UTC. Throws DomainError `invalid` (field `when`) for a time before now, one too far ahead, or none that there is.
 */
export function readSkipTarget(words: string, clock: string | null): SkipTarget | undefined {
  if (PAST.test(words)) throw before(clock);
  const date = dateIn(words, clock);
  if (date !== undefined) return reached(date, clock, undefined);
  const time = timeIn(words);
  const part = PARTS.find(([pattern]) => pattern.test(words))?.[1];
  const now = clock === null ? undefined : new Date(clock);

  const next = NEXT.exec(words)?.[1]?.toLowerCase();
  const span = SPAN.exec(words);
  if (next !== undefined || span !== null) {
    const counted = span?.[1]?.toLowerCase() ?? 'one';
    const minutes = Math.round((COUNTS[counted] ?? Number(counted)) * (UNITS[next ?? span?.[2]?.toLowerCase() ?? ''] ?? 0));
    if (now === undefined) return { mode: minutes >= JUMP_FROM ? 'jump' : 'elision', to: null };
    if (minutes > LEAP_MOST) throw tooFar();
    const then = new Date(now.getTime() + minutes * MINUTE);
    // "A week later, in the evening" is in the evening of that day; "two nights later" names no hour.
    const named = part !== undefined && !(part === 22 && /\bnights?\b/i.test(span?.[0] ?? ''));
    if (minutes >= DAY && (time !== undefined || named)) setTime(then, time ?? [part ?? 0, 0]);
    return reached(then, clock, undefined);
  }

  const weekday = WEEKDAYS.findIndex((name) => new RegExp(String.raw`\b${name}\b`, 'i').test(words));
  const tomorrow = /\b(?:tomorrow|(?:next|following)\s+(?:day|morning|noon|afternoon|evening|night|dawn))\b/i.test(words);
  if (weekday >= 0 || tomorrow || time !== undefined || part !== undefined) {
    // "When we arrive in the morning" is still no leap by the clock alone, but the clock says where it ends.
    const mode = weekday >= 0 || tomorrow ? 'jump' : undefined;
    if (now === undefined) return { mode: mode ?? 'jump', to: null };
    const then = new Date(now.getTime());
    setTime(then, time ?? [part ?? 8, 0]);
    // "The next morning" said after midnight is still this day's, where it has not come yet.
    const sameNight = now.getUTCHours() < 5 && then.getTime() > now.getTime() && !/\btomorrow\b/i.test(words);
    if ((tomorrow && !sameNight && then.getUTCDate() === now.getUTCDate()) || then.getTime() <= now.getTime()) then.setUTCDate(then.getUTCDate() + 1);
    while (weekday >= 0 && then.getUTCDay() !== weekday) then.setUTCDate(then.getUTCDate() + 1);
    return reached(then, clock, mode);
  }
  return ELIDED.test(words) ? { mode: 'elision', to: null } : undefined;
}

/** Where a skip to an exact moment goes. Throws as `readSkipTarget`. */
export function skipTo(to: string, clock: string | null): SkipTarget {
  return reached(new Date(to), clock, undefined);
}

function reached(then: Date, clock: string | null, mode: SkipMode | undefined): SkipTarget {
  if (Number.isNaN(then.getTime()) || then.getUTCFullYear() > LAST_YEAR) throw tooFar();
  const to = then.toISOString();
  if (clock === null) return { mode: mode ?? 'jump', to };
  const minutes = (then.getTime() - Date.parse(clock)) / MINUTE;
  if (minutes <= 0) throw before(clock);
  if (minutes > LEAP_MOST) throw tooFar();
  return { mode: mode ?? (minutes >= JUMP_FROM ? 'jump' : 'elision'), to };
}

/** A day that is named by its date; undefined for none. */
function dateIn(words: string, clock: string | null): Date | undefined {
  const iso = ISO.exec(words);
  const [dayMonth, monthDay] = [DAY_MONTH.exec(words), MONTH_DAY.exec(words)];
  const found = iso
    ? { year: Number(iso[1]), month: Number(iso[2]) - 1, day: Number(iso[3]) }
    : dayMonth
      ? { year: dayMonth[3] === undefined ? undefined : Number(dayMonth[3]), month: MONTHS.indexOf((dayMonth[2] ?? '').toLowerCase()), day: Number(dayMonth[1]) }
      : monthDay
        ? { year: monthDay[3] === undefined ? undefined : Number(monthDay[3]), month: MONTHS.indexOf((monthDay[1] ?? '').toLowerCase()), day: Number(monthDay[2]) }
        : undefined;
  if (found === undefined) return undefined;
  if (found.year === undefined && clock === null) return undefined;
  if ((found.year ?? 0) > LAST_YEAR) throw tooFar();
  const part = PARTS.find(([pattern]) => pattern.test(words))?.[1];
  const date = dayOf(found.year ?? Number(clock?.slice(0, 4)), found.month, found.day);
  setTime(date, timeIn(iso === null ? words : words.replace(iso[0], ' ')) ?? [part ?? 8, 0]);
  // A day without its year is the next one of that name.
  if (found.year === undefined && clock !== null && date.getTime() <= Date.parse(clock)) date.setUTCFullYear(date.getUTCFullYear() + 1);
  return date;
}

function dayOf(year: number, month: number, day: number): Date {
  const date = new Date(0);
  // Not Date.UTC, which takes the year 99 for 1999.
  date.setUTCFullYear(year, month, day);
  if (date.getUTCMonth() !== month || date.getUTCDate() !== day) throw noSuchTime();
  return date;
}

/** A time by the clock, hours and minutes; undefined for none. */
function timeIn(words: string): readonly [number, number] | undefined {
  const found = TIME.exec(words);
  if (found === null) return undefined;
  const half = (found[3] ?? found[5] ?? '').toLowerCase();
  const [said, minutes] = [Number(found[1] ?? found[4]), Number(found[2] ?? 0)];
  const hours = half === 'pm' && said < 12 ? said + 12 : half === 'am' && said === 12 ? 0 : said;
  if (hours > 24 || minutes > 59 || (half !== '' && said > 12)) throw noSuchTime();
  return [hours, minutes];
}

function setTime(date: Date, [hours, minutes]: readonly [number, number]): void {
  date.setUTCHours(hours, minutes, 0, 0);
}

function before(clock: string | null): DomainError {
  const now = clock === null ? '' : ` In the story it is ${timeInWords(clock)}.`;
  return new DomainError('invalid', `A skip goes ahead, never back.${now} Name a later time, or rewind to an earlier turn.`, ['when']);
}

function tooFar(): DomainError {
  return new DomainError('invalid', 'That is too far ahead: one skip goes ten years at most.', ['when']);
}

function noSuchTime(): DomainError {
  return new DomainError('invalid', 'There is no such day or time. Try "tomorrow 9:00", "in 3 days" or "5 October at 18:30".', ['when']);
}
