import { describe, expect, test } from 'vitest';
import { readCopyName, copyPath } from '../../src/keeping/names.ts';
import { dueCopy, lastNight } from '../../src/keeping/schedule.ts';
import type { Use } from '../../src/keeping/schedule.ts';
import { DEFAULTS } from '../../src/ops/configShape.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const settings = DEFAULTS.backups;
/** Noon, by the clock of this machine. */
const noon = new Date(2026, 2, 10, 12).getTime();
const idle: Use = { events: 0, since: null, snapshotAt: noon - HOUR, nightlyAt: noon - HOUR, changedSinceNightly: false };

describe('OP-2 when copies are due', () => {
  test('none while nothing is written', () => {
    expect(dueCopy(noon, idle, settings)).toBeUndefined();
    expect(dueCopy(noon + 1_000 * HOUR, idle, settings)).toBeUndefined();
  });

  test('one after half an hour of use, not sooner', () => {
    const used = { ...idle, events: 3, since: noon };
    expect(dueCopy(noon + 29 * MINUTE, used, settings)).toBeUndefined();
    expect(dueCopy(noon + 30 * MINUTE, used, settings)).toBe('snapshot');
  });

  test('one after a thousand changes, but not one after the other', () => {
    const busy = { ...idle, events: 1_000, since: noon - MINUTE };
    expect(dueCopy(noon, { ...busy, events: 999 }, settings)).toBeUndefined();
    expect(dueCopy(noon, busy, settings)).toBe('snapshot');
    expect(dueCopy(noon, { ...busy, snapshotAt: noon - 2 * MINUTE }, settings)).toBeUndefined();
  });

  test('one at three in the night, made up for where the machine slept, not twice', () => {
    const night = new Date(2026, 2, 11, 3).getTime();
    const written = { ...idle, nightlyAt: noon, changedSinceNightly: true };
    expect(dueCopy(night - 1, written, settings)).toBeUndefined();
    expect(dueCopy(night, written, settings)).toBe('nightly');
    expect(dueCopy(night + 9 * HOUR, written, settings)).toBe('nightly');
    expect(dueCopy(night + 9 * HOUR, { ...written, nightlyAt: night + 10 }, settings)).toBeUndefined();
    expect(dueCopy(night, { ...written, changedSinceNightly: false }, settings)).toBeUndefined();
    expect(dueCopy(night, { ...written, nightlyAt: null }, settings)).toBe('nightly');
    expect(lastNight(night - 1, '03:00')).toBe(new Date(2026, 2, 10, 3).getTime());
  });

  test('a clock that was set back keeps none from being made', () => {
    const ahead = noon + 1_000 * HOUR;
    expect(dueCopy(noon, { ...idle, events: 3, since: ahead }, settings)).toBe('snapshot');
    expect(dueCopy(noon, { ...idle, events: 1_000, since: noon - MINUTE, snapshotAt: ahead }, settings)).toBe('snapshot');
    expect(dueCopy(noon, { ...idle, nightlyAt: ahead, changedSinceNightly: true }, settings)).toBe('nightly');
  });

  test('none of those that are switched off', () => {
    const all = { ...idle, events: 5_000, since: noon - HOUR, nightlyAt: null, changedSinceNightly: true };
    expect(dueCopy(noon, all, { ...settings, nightly: 0 })).toBe('snapshot');
    expect(dueCopy(noon, all, { ...settings, nightly: 0, snapshots: 0 })).toBeUndefined();
  });
});

describe('OP-2 names of copies', () => {
  test.each(['snapshot', 'by-hand', 'before-update'] as const)('say what they are: %s', (kind) => {
    const path = copyPath('/data/offstage.sqlite', kind, '2026-03-01T03:00:00.000Z');
    expect(path).toBe(`/data/backups/offstage-${kind}-2026-03-01T03-00-00-000Z.sqlite`);
    expect(readCopyName('/data/offstage.sqlite', path.split('/').at(-1) ?? '')).toEqual({ kind, at: '2026-03-01T03:00:00.000Z' });
  });

  test.each(['offstage-nightly-2026-13-41T03-00-00Z.sqlite', 'other-nightly-2026-03-01T03-00-00Z.sqlite', 'offstage-odd-2026-03-01T03-00-00Z.sqlite', '../offstage-nightly-2026-03-01T03-00-00Z.sqlite', 'offstage.sqlite'])(
    'other files are none: %s',
    (name) => expect(readCopyName('/data/offstage.sqlite', name)).toBeUndefined(),
  );
});
