import type { Prompt } from '../prompt.ts';
import { MONTHS } from '../when.ts';
import { readExchange } from './exchange.ts';
import { countOf } from './minutes.ts';

interface Skip {
  readonly kind: 'none' | 'elision' | 'jump';
  readonly minutes: number | null;
  /** ISO 8601, UTC. */
  readonly until: string | null;
  readonly label: string;
}

const NUMBER = String.raw`(\d{1,3}|an hour and a half|half an?|a quarter of an|a couple of|a few|twenty-five|forty-five|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety|several|some|an?)`;
const UNIT: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1_440, night: 1_440, week: 10_080, fortnight: 20_160, month: 43_200, season: 131_400, year: 525_600 };
const UNITS = Object.keys(UNIT).join('|');
const SPAN = new RegExp(String.raw`\b${NUMBER}\s+(?:more\s+|whole\s+|long\s+)?(${UNITS})s?\s+(?:later|pass(?:es)?|go(?:es)? by|ahead|on|forward|after that)\b|\b(?:skip|jump|forward|fast-?forward|ahead|advance)\b[^.!?]*?\b${NUMBER}\s+(?:more\s+)?(${UNITS})s?\b|\bafter\s+${NUMBER}\s+(${UNITS})s?\b`, 'i');
const NEXT = new RegExp(String.raw`\b(?:the )?(?:next|following) (${UNITS})\b`, 'i');

/** Times of day by name, with their hour; the first that fits counts. */
const HOURS: readonly (readonly [RegExp, number, string])[] = [
  [/\bmidnight\b/i, 24, 'midnight'],
  [/\b(?:dawn|daybreak|sunrise|first light)\b/i, 6, 'dawn'],
  [/\b(?:noon|midday|lunch)\b/i, 12, 'noon'],
  [/\bafternoon\b/i, 15, 'the afternoon'],
  [/\b(?:dusk|twilight|sunset|nightfall)\b/i, 19, 'dusk'],
  [/\b(?:evening|dinner|supper)\b/i, 20, 'the evening'],
  [/\b(?:night|bedtime)\b/i, 22, 'night'],
  [/\b(?:morning|breakfast|tomorrow|next day|following day|wake up)\b/i, 8, 'the morning'],
];
const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
/** What is left out within what is going on: the way, the meal, the wait. */
const ELIDED = /\b(?:skip|cut|jump|fast-?forward|forward|fade)\b.{0,40}\b(?:to when|until|to where|to the (?:end|part|moment)|ahead|past|over)\b|\b(?:when|until|once) (?:we|they|he|she|i) (?:arrive|reach|get there|are there|finish|are done|have eaten|land|dock|stop)\b|\bskip (?:the|this|to)\b/i;
const JOURNEY = /\b(?:arrive|reach|get there|are there|journey|ride|drive|walk|way|trip|crossing|land|dock)\b/i;
/** Minutes of a way, or of anything else, that is left out. */
const WAY = 30;
const WHILE = 15;
/** From here on what is skipped is a piece of life rather than a piece of the scene. */
const JUMP_FROM = 180;

/** Whether a message skips time, how much and to when (SC-4, SC-5). */
export function skip(prompt: Prompt): Skip {
  const exchange = readExchange(prompt.messages);
  const message = (exchange.sections.get('the message') || prompt.last).replace(/^\/skip\s*/i, 'skip ');
  const now = instantOf(exchange.time);
  const span = SPAN.exec(message);
  if (span !== null) return spanned((span[1] ?? span[3] ?? span[5] ?? '').toLowerCase(), (span[2] ?? span[4] ?? span[6] ?? '').toLowerCase(), message, now);
  const next = NEXT.exec(message)?.[1]?.toLowerCase();
  const hour = HOURS.find(([pattern]) => pattern.test(message));
  const day = DAYS.findIndex((name) => new RegExp(String.raw`\b(?:on|until|till|to|next) ${name}\b`, 'i').test(message));
  if (next !== undefined && next !== 'day' && next !== 'night') return spanned('one', next, message, now);
  if (looksAhead(message) && (hour !== undefined || day >= 0)) return untilHour(hour ?? [/./, 8, 'the morning'], day, /\b(?:next|following|tomorrow)\b/i.test(message), now);
  if (ELIDED.test(message)) {
    const minutes = JOURNEY.test(message) ? WAY : WHILE;
    return { kind: 'elision', minutes, until: after(now, minutes), label: JOURNEY.test(message) ? 'on arriving' : 'a little later' };
  }
  return { kind: 'none', minutes: null, until: null, label: '' };
}

function looksAhead(message: string): boolean {
  return /\b(?:next|following|tomorrow|skip|jump|until|till|fast-?forward|fade|later|comes?|that (?:night|evening|afternoon))\b/i.test(message) || /^\W*(?:the )?(?:morning|evening|night|dawn|dusk|noon)\b/i.test(message);
}

function spanned(count: string, unit: string, message: string, now: Date | undefined): Skip {
  const minutes = Math.round(countOf(count) * (UNIT[unit] ?? 1));
  // "A week later, in the evening" is at eight.
  const hour = minutes >= 1_440 ? HOURS.find(([pattern]) => pattern.test(message.replace(/\b(?:nights?|days?)\b/gi, ''))) : undefined;
  const until = hour && now ? atHour(new Date(now.getTime() + minutes * 60_000), hour[1]) : undefined;
  const exact = until && now ? Math.round((until.getTime() - now.getTime()) / 60_000) : minutes;
  const plural = /^(?:an?|one|1|half an?|a quarter of an)$/.test(count) ? unit : `${unit}s`;
  return { kind: minutes >= JUMP_FROM ? 'jump' : 'elision', minutes: exact, until: until?.toISOString() ?? after(now, minutes), label: `${count} ${plural} later` };
}

function untilHour([, hour, label]: readonly [RegExp, number, string], weekday: number, next: boolean, now: Date | undefined): Skip {
  const name = weekday >= 0 ? (DAYS[weekday] ?? '') : '';
  const title = name === '' ? (next ? `the next day, ${label}` : label) : `${name.charAt(0).toUpperCase()}${name.slice(1)}, ${label}`;
  if (now === undefined) return { kind: 'jump', minutes: null, until: null, label: title };
  let target = atHour(now, hour);
  // "The next morning" said after midnight is still this day's, where it has not come yet.
  const sameNight = now.getUTCHours() < 5 && hour <= 12;
  if ((next && !sameNight) || target.getTime() <= now.getTime()) target = atHour(new Date(now.getTime() + 86_400_000), hour);
  while (weekday >= 0 && target.getUTCDay() !== weekday) target = new Date(target.getTime() + 86_400_000);
  return { kind: 'jump', minutes: Math.round((target.getTime() - now.getTime()) / 60_000), until: target.toISOString(), label: title };
}

function atHour(day: Date, hour: number): Date {
  const at = new Date(day.getTime());
  at.setUTCHours(hour, 0, 0, 0);
  return at;
}

function after(now: Date | undefined, minutes: number): string | null {
  return now === undefined ? null : new Date(now.getTime() + minutes * 60_000).toISOString();
}

/** "Tuesday, 5 October 1889 at 06:40", or an ISO instant. */
function instantOf(time: string): Date | undefined {
  const iso = /\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?/.exec(time)?.[0];
  if (iso !== undefined) return new Date(iso.endsWith('Z') ? iso : `${iso}Z`);
  const words = new RegExp(String.raw`(\d{1,2}) (${MONTHS.join('|')}) (\d{1,6})(?: at|,)? (\d{1,2}):(\d\d)`, 'i').exec(time);
  if (words === null) return undefined;
  const at = new Date(0);
  // Not Date.UTC, which takes the year 99 for 1999.
  at.setUTCFullYear(Number(words[3]), MONTHS.indexOf((words[2] ?? '').toLowerCase()), Number(words[1]));
  at.setUTCHours(Number(words[4]), Number(words[5]));
  return at;
}
