const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] as const;

/** Names for the hours of a day: each stands from its hour to the next. */
const HOURS: readonly (readonly [from: number, name: string])[] = [
  [0, 'night'],
  [5, 'early morning'],
  [8, 'morning'],
  [12, 'midday'],
  [14, 'afternoon'],
  [17, 'early evening'],
  [19, 'evening'],
  [22, 'late evening'],
];

/** `Tuesday, early evening`: a story's clock (ISO 8601 UTC) in words; undefined for a clock that is not set. */
export function storyTime(clock: string | null): string | undefined {
  const at = read(clock);
  if (at === undefined) return undefined;
  const name = HOURS.findLast(([from]) => at.getUTCHours() >= from)?.[1] ?? 'night';
  return `${DAYS[at.getUTCDay()] ?? ''}, ${name}`;
}

/** `18:40`: the hour of a story's clock; undefined for a clock that is not set. */
export function storyHour(clock: string | null): string | undefined {
  return read(clock)?.toISOString().slice(11, 16);
}

/** `Tuesday 3 March, 18:40`: a story's clock in full. */
export function storyMoment(clock: string | null): string | undefined {
  const at = read(clock);
  if (at === undefined) return undefined;
  return `${DAYS[at.getUTCDay()] ?? ''} ${at.getUTCDate()} ${MONTHS[at.getUTCMonth()] ?? ''}, ${storyHour(clock) ?? ''}`;
}

/** `6 minutes`, `2 hours`, `3 days`: a stretch of story time, in its largest whole unit. */
export function stretch(minutes: number): string {
  const [count, unit] =
    minutes < 90 ? [Math.round(minutes), 'minute'] : minutes < 36 * 60 ? [Math.round(minutes / 60), 'hour'] : [Math.round(minutes / 1440), 'day'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** `21 Nov 2026, 05:30`: a moment of real time where the reader is. */
export function realTime(iso: string): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? '' : at.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}

function read(clock: string | null): Date | undefined {
  if (clock === null) return undefined;
  const at = new Date(clock);
  return Number.isNaN(at.getTime()) ? undefined : at;
}
