const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const MONTHS = [
  'january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december',
];

/** Hours of the day that words stand for; the first word found counts. */
const HOURS: readonly (readonly [word: RegExp, hour: number])[] = [
  [/\bmidnight\b/i, 0],
  [/\b(?:dawn|sunrise|daybreak)\b/i, 6],
  [/\bmorning\b/i, 8],
  [/\b(?:noon|midday)\b/i, 12],
  [/\bafternoon\b/i, 15],
  [/\b(?:dusk|sunset|evening)\b/i, 19],
  [/\bnight\b/i, 22],
];

/** The hour of a story about whose time of day nothing is said. */
const SOME_HOUR = 18;

/**
 * The moment that words like "Thursday evening, 21:10" or "a morning in March" mean for a story that begins about now:
 * the next such day from `now` (ISO 8601 UTC) on. Answers ISO 8601 UTC.
 */
export function momentOf(words: string, now: string): string {
  const day = new Date(`${now.slice(0, 10)}T00:00:00.000Z`);
  const month = MONTHS.findIndex((name) => says(words, name));
  const date = dateBeside(words, MONTHS[month]);
  const weekday = DAYS.findIndex((name) => says(words, name));
  // Two years hold every month and weekday; the bound only keeps a mistake here from going on for ever.
  for (let tries = 0; tries < 731; tries += 1) {
    // A day of the month outranks one of the week: both in one may be years away.
    const dayFits = date === undefined ? weekday < 0 || day.getUTCDay() === weekday : day.getUTCDate() === date;
    if ((month < 0 || day.getUTCMonth() === month) && dayFits) break;
    day.setUTCDate(day.getUTCDate() + 1);
  }
  const clock = /\b([01]?\d|2[0-3]):([0-5]\d)\b/.exec(words);
  const hour = clock === null ? (HOURS.find(([word]) => word.test(words))?.[1] ?? SOME_HOUR) : Number(clock[1]);
  day.setUTCHours(hour, clock === null ? 0 : Number(clock[2]));
  return day.toISOString();
}

/** The day of the month that stands beside its name: "2 February", "the 2nd of February", "February 2"; undefined for none, or one that no such month has. */
function dateBeside(words: string, month: string | undefined): number | undefined {
  if (month === undefined) return undefined;
  const found = new RegExp(String.raw`\b(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?${month}\b|\b${month}\s+(\d{1,2})(?:st|nd|rd|th)?\b(?!:)`, 'i').exec(words);
  const date = Number(found?.[1] ?? found?.[2] ?? 0);
  return date >= 1 && date <= (SHORT[month] ?? 31) ? date : undefined;
}

/** Months that end before their 31st. */
const SHORT: Readonly<Record<string, number>> = { february: 28, april: 30, june: 30, september: 30, november: 30 };

/** Names of days and months are written large; "may" and "march" are words as well. */
function says(words: string, name: string): boolean {
  return new RegExp(`\\b${name.charAt(0).toUpperCase()}${name.slice(1)}\\b`).test(words);
}
