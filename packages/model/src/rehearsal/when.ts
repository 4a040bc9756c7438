const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
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

/** When a piece of prose is set. */
export function whenIn(prose: string): When {
  const clock = /\b(\d{1,2})(?::(\d\d))?\s*(am|pm|a\.m\.|p\.m\.|o['’]clock)|\b(\d{1,2}):(\d\d)\b/i.exec(prose);
  const named = HOURS.find(([pattern]) => pattern.test(prose));
  const day = new RegExp(String.raw`\b(${DAYS})\b`).exec(prose)?.[1];
  const season = /\b(?:in|of|this|late|early|mid|that|a|an)\s*(spring|summer|autumn|winter)\b/i.exec(prose)?.[1];
  const date = dateIn(prose);
  const hour = clock ? hourOf(clock) : named?.[2];
  const parts = [date?.label ?? day, clock ? clockLabel(clock) : (named?.[1] ?? 'Evening')].filter((part) => part !== undefined);
  const label = parts.map((part, i) => (i === 0 ? part : part.toLowerCase())).join(date ? ', ' : ' ');
  const minute = Number(clock?.[2] ?? clock?.[5] ?? 0);
  return {
    iso: date ? new Date(Date.UTC(date.year, date.month, date.day, hour ?? 20, minute)).toISOString() : null,
    label: season && !date ? `${label}, in ${season.toLowerCase()}` : label,
  };
}

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
  return { ...found, label: `${found.day} ${month.charAt(0).toUpperCase()}${month.slice(1)} ${found.year}` };
}

function hourOf(clock: RegExpExecArray): number {
  const hour = Number(clock[1] ?? clock[4]) % 24;
  const half = (clock[3] ?? '').toLowerCase();
  if (half.startsWith('p') && hour < 12) return hour + 12;
  return half.startsWith('a') && hour === 12 ? 0 : hour;
}

function clockLabel(clock: RegExpExecArray): string {
  return `${String(hourOf(clock)).padStart(2, '0')}:${clock[2] ?? clock[5] ?? '00'}`;
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
