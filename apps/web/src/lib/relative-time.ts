const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * How long ago something was, as one would say it: "now", "5 min", "3 h", "yesterday", "Tue", "3 Mar", "3 Mar 2024".
 * `at` is ISO 8601, `now` ms since 1970; days are those of the reader's own clock.
 */
export function relativeTime(at: string, now: number): string {
  const then = Date.parse(at);
  if (Number.isNaN(then)) return '';
  const ago = now - then;
  if (ago < MINUTE) return 'now';
  if (ago < HOUR) return `${Math.floor(ago / MINUTE)} min`;
  const days = dayOf(now) - dayOf(then);
  if (days <= 0) return `${Math.floor(ago / HOUR)} h`;
  if (days === 1) return 'yesterday';
  const date = new Date(then);
  if (days < 7) return date.toLocaleDateString('en', { weekday: 'short' });
  const sameYear = date.getFullYear() === new Date(now).getFullYear();
  return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', ...(!sameYear && { year: 'numeric' }) });
}

function dayOf(instant: number): number {
  const date = new Date(instant);
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY);
}
