export const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
const DAYS = 'Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday';

/** Times of day as prose names them, with the hour that is meant. Longer names stand before those that they hold. */
const HOURS: readonly (readonly [RegExp, string, number])[] = [
  [/\b(?:past|after) midnight\b|\bsmall hours\b/i, 'After midnight', 1],
  [/\bmidnight\b/i, 'Midnight', 0],
  [/\b(?:before dawn|first light|dawn|daybreak|sunrise)\b/i, 'Dawn', 6],
  [/\bearly (?:in the )?morning\b/i, 'Early morning', 7],
  [/\blate (?:in the )?morning\b/i, 'Late morning', 11],
  [/\b(?:noon|midday|lunch(?:time)?)\b/i, 'Noon', 12],
  [/\blate (?:in the )?afternoon\b/i, 'Late afternoon', 17],
  [/\bafternoon\b/i, 'Afternoon', 15],
  [/\b(?:dusk|twilight|sunset|nightfall|sundown)\b/i, 'Dusk', 19],
  [/\b(?:late (?:in the )?evening|late at night|late night|deep in the night|closing time)\b/i, 'Late evening', 22],
  [/\bevening\b/i, 'Evening', 20],
  [/\b(?:to)?night\b|\bmoon(?:light|lit)?\b|\bstars\b/i, 'Night', 22],
  [/\bmorning\b|\bbreakfast\b/i, 'Morning', 9],
];

export interface When {
  /** ISO 8601 UTC, where the prose names a date with its year. */
  readonly iso: string | null;
  readonly label: string;
}

/** A time by the clock. */
interface Clock {
  readonly hour: number;
  readonly minute: number;
}

/** When a piece of prose is set: by the first sentence that tells a time of day, which is most often the setting's own. */
export function whenIn(prose: string): When {
  const sentences = prose.split(/(?<=[.!?][*"”]*)\s+/);
  const told = sentences.find((one) => clockIn(one) !== undefined || HOURS.some(([pattern]) => pattern.test(one))) ?? '';
  const named = HOURS.find(([pattern]) => pattern.test(told));
  const clock = clockIn(told);
  const date = dateIn(prose);
  const day = new RegExp(String.raw`\b(${DAYS})\b`).exec(told)?.[1] ?? new RegExp(String.raw`\b[Oo]n (?:a )?(${DAYS})\b`).exec(prose)?.[1];
  const part = clock ? partOfDay(clock.hour) : (named?.[1] ?? 'Evening');
  const label = [day === undefined || date ? part : `${day} ${part.toLowerCase()}`, ...(clock ? [`${two(clock.hour)}:${two(clock.minute)}`] : [])].join(', ');
  const hour = clock?.hour ?? named?.[2] ?? EVENING;
  return {
    iso: date ? new Date(Date.UTC(date.year, date.month, date.day, hour, clock?.minute ?? 0)).toISOString() : null,
    label: [date?.label, label, date ? undefined : seasonIn(prose)].filter((one) => one !== undefined).join(', '),
  };
}

const EVENING = 20;

function partOfDay(hour: number): string {
  if (hour < 5) return 'After midnight';
  if (hour < 12) return 'Morning';
  if (hour < 18) return 'Afternoon';
  return hour < 22 ? 'Evening' : 'Night';
}

/** "2 February", "in November" or "in spring", where no year makes it a date. */
function seasonIn(prose: string): string | undefined {
  const months = MONTHS.join('|');
  const ordinals = ORDINALS.join('|');
  const day = new RegExp(String.raw`\b(\d{1,2}(?=st|nd|rd|th|\s)|${ordinals})(?:st|nd|rd|th)?\s+(?:of\s+)?(${months})\b`, 'i').exec(prose);
  if (day) {
    const count = ORDINALS.indexOf((day[1] ?? '').toLowerCase()) + 1 || Number(day[1]);
    return `${count} ${capital(day[2] ?? '')}`;
  }
  const month = new RegExp(String.raw`\b(?:in|of|late|early|mid)[\s-]+(${months})\b`, 'i').exec(prose)?.[1];
  const season = /\b(?:in|of|this|late|early|mid|that|a|an)\s*(spring|summer|autumn|winter)\b/i.exec(prose)?.[1];
  return month !== undefined ? `in ${capital(month)}` : season && `in ${season.toLowerCase()}`;
}

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth', 'eleventh', 'twelfth'];
const COUNTS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const MINUTES: Readonly<Record<string, number>> = { five: 5, ten: 10, 'a quarter': 15, quarter: 15, twenty: 20, 'twenty-five': 25, half: 30, 'a few minutes': 5, 'a little': 5, just: 0, shortly: 5 };

const IN_WORDS = new RegExp(
  String.raw`\b(?:(${Object.keys(MINUTES).join('|')})\s+(to|before|past|after)\s+)?(${COUNTS.join('|')})(\s+o['’]clock)?\b`,
  'gi',
);

/** A time of the clock in figures ("9 pm", "03:30") or words ("a quarter to three in the morning"). */
function clockIn(text: string): Clock | undefined {
  const figures = /\b(\d{1,2})(?::(\d\d))?\s*(am|pm|a\.m\.|p\.m\.|o['’]clock)|\b(\d{1,2}):(\d\d)\b/i.exec(text);
  if (figures) return onDial(Number(figures[1] ?? figures[4]) % 24, Number(figures[2] ?? figures[5] ?? 0), figures[3]?.replaceAll('.', '').toLowerCase(), text);
  // A bare number is no time: "Pillar Nine".
  const words = [...text.matchAll(IN_WORDS)].find((found) => found[1] !== undefined || found[4] !== undefined);
  if (!words) return undefined;
  const minutes = MINUTES[(words[1] ?? 'just').toLowerCase()] ?? 0;
  const hour = COUNTS.indexOf((words[3] ?? '').toLowerCase()) + 1;
  const before = /^(?:to|before)$/i.test(words[2] ?? '');
  return onDial(before ? hour - 1 : hour, before ? 60 - minutes : minutes, undefined, text);
}

/** Which half of the day a time on the dial belongs to, by "pm" or by what the sentence says of the day. */
function onDial(hour: number, minute: number, half: string | undefined, text: string): Clock {
  const late = half === 'pm' || (half !== 'am' && /\b(?:afternoon|evening|dusk|at night|tonight)\b/i.test(text));
  const early = half === 'am' || /\b(?:morning|dawn|small hours)\b/i.test(text);
  if (late && hour < 12) return { hour: hour + 12, minute };
  return { hour: early && hour === 12 ? 0 : hour, minute };
}

const two = (value: number): string => String(value).padStart(2, '0');
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();

function dateIn(prose: string): { year: number; month: number; day: number; label: string } | undefined {
  const months = MONTHS.join('|');
  const iso = /\b(\d{4})-(\d\d)-(\d\d)\b/.exec(prose);
  const english = new RegExp(String.raw`\b(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(${months}),?\s+(\d{3,4})\b`, 'i').exec(prose);
  const american = new RegExp(String.raw`\b(${months})\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{3,4})\b`, 'i').exec(prose);
  const found = iso
    ? { year: Number(iso[1]), month: Number(iso[2]) - 1, day: Number(iso[3]) }
    : english
      ? { year: Number(english[3]), month: MONTHS.indexOf((english[2] ?? '').toLowerCase()), day: Number(english[1]) }
      : american
        ? { year: Number(american[3]), month: MONTHS.indexOf((american[1] ?? '').toLowerCase()), day: Number(american[2]) }
        : undefined;
  const month = MONTHS[found?.month ?? -1];
  if (!found || month === undefined || found.day < 1 || found.day > 31) return undefined;
  return { ...found, label: `${found.day} ${capital(month)} ${found.year}` };
}

const WEATHERS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:thunderstorm|thunder|lightning)\b/i, 'Thunderstorm'],
  [/\b(?:blizzard|snowstorm)\b/i, 'Blizzard'],
  [/\b(?:storm|gale|tempest|squall)\w*\b/i, 'Storm'],
  [/\b(?:downpour|pouring|heavy rain|hammering rain|sheets of rain)\b/i, 'Heavy rain'],
  [/\bdrizzl\w+/i, 'Drizzle'],
  [/\brain(?:s|ing|y|ed|drops|fall)?\b/i, 'Rain'],
  [/\bsnow(?:s|ing|y|ed|fall|flakes)?\b/i, 'Snow'],
  [/\b(?:fog|foggy|mist|misty|haze)\b/i, 'Fog'],
  [/\b(?:sleet|hail)\b/i, 'Sleet'],
  [/\bfrost\w*|\bfreezing|\bbitter(?:ly)? cold|\bicy\b/i, 'Freezing'],
  [/\b(?:windy|wind howl\w*|strong wind|the wind)\b/i, 'Windy'],
  [/\b(?:overcast|cloudy|grey sk(?:y|ies)|gray sk(?:y|ies)|clouds)\b/i, 'Overcast'],
  [/\b(?:heat|heatwave|sweltering|scorching|blazing sun)\b/i, 'Hot'],
  [/\b(?:sunny|sunlight|sunshine|clear sk(?:y|ies)|blue sk(?:y|ies)|bright sun)\b/i, 'Clear'],
];

/** The weather that a piece of prose names, or null. */
export function weatherIn(prose: string): string | null {
  return WEATHERS.find(([pattern]) => pattern.test(prose))?.[1] ?? null;
}

/** What the first day of the story is counted from: "the night the ferries stopped", or null. */
export function anchorIn(prose: string): string | null {
  const found = /\b(?:on|it is|it['’]s|it was|this is|since|after|before)?\s*(the (?:very )?(?:first |last )?(?:day|night|morning|evening|week|winter|summer|year) (?:after|before|when|of|that|since|the) [^.,;!?*"]{3,60})/i.exec(prose)?.[1];
  return found ? `Day 1 = ${found.trim()}` : null;
}
