import type { Config } from '../ops/configShape.ts';

const MINUTE = 60_000;

/** However fast a story runs, snapshots for its many events are at least this far apart: each reads the whole library. */
const SPACING_MS = 5 * MINUTE;

/** What is known of a library's use and its copies; times in ms since 1970. */
export interface Use {
  /** Events since the last snapshot, or since the start. */
  readonly events: number;
  /** When the first of them came. */
  readonly since: number | null;
  /** When the last snapshot was made, or the server started. */
  readonly snapshotAt: number;
  /** When the last nightly copy was made; null for never. */
  readonly nightlyAt: number | null;
  /** Whether anything has been written since that. */
  readonly changedSinceNightly: boolean;
}

/**
 * OP-2: which copy is due now, if any. A night that was slept through is made up for when there is something new. A time
 * that lies ahead is of a clock that has been set back since, and keeps no copy from being made.
 */
export function dueCopy(now: number, use: Use, settings: Config['backups']): 'nightly' | 'snapshot' | undefined {
  const isOver = (since: number, ms: number): boolean => since > now || now - since >= ms;
  const nightly = settings.nightly > 0 && use.changedSinceNightly && isOver(use.nightlyAt ?? 0, now - lastNight(now, settings.at) + 1);
  if (nightly) return 'nightly';
  if (settings.snapshots === 0 || use.events === 0 || use.since === null) return undefined;
  const longUsed = isOver(use.since, settings.every_minutes * MINUTE);
  const muchWritten = use.events >= settings.every_events && isOver(use.snapshotAt, SPACING_MS);
  return longUsed || muchWritten ? 'snapshot' : undefined;
}

/** The last time before `now` at which the clock on the wall showed `at` ("03:00"). */
export function lastNight(now: number, at: string): number {
  const [hours = 0, minutes = 0] = at.split(':').map(Number);
  const today = new Date(now);
  const night = new Date(today.getFullYear(), today.getMonth(), today.getDate(), hours, minutes);
  if (night.getTime() > now) night.setDate(night.getDate() - 1);
  return night.getTime();
}
