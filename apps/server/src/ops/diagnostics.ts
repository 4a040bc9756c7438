import { arch, platform } from 'node:process';
import type { Library } from '../keeping/library.ts';
import type { Services } from '../services.ts';
import { healthOf } from './health.ts';

/** How long it has been up, in words. `seconds` */
function upFor(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 2) return 'just started';
  return minutes < 120 ? `up for ${minutes} minutes` : `up for ${Math.floor(minutes / 60).toLocaleString('en')} hours`;
}

const mb = (bytes: number): string => `${Math.round(bytes / 1024 ** 2).toLocaleString('en')} MB`;

/** How things stand, for a person to read or to pass on (OP-9): no key, no address, no name and no word of a story. */
export async function diagnosticsOf(library: Library, { problems, live }: Pick<Services, 'problems' | 'live'>): Promise<string> {
  const { status, version, seq, database, disk, model, queue, backups, settings } = await healthOf(library);
  const memory = process.memoryUsage();
  const last = { unknown: 'not called yet', ok: 'answered', failed: 'failed' }[model.lastCall];
  const late = problems.list().toReversed();
  return [
    `Offstage ${version}, ${status === 'ok' ? 'all is well' : status === 'degraded' ? 'it plays, with something amiss' : 'it does not play'}`,
    `Node ${process.versions.node} on ${platform} ${arch}, ${upFor(process.uptime())}`,
    `Memory: ${mb(memory.rss)}, of which ${mb(memory.heapUsed)} in use`,
    `Library: ${database.ok ? 'whole' : 'cannot be used'}, ${seq.toLocaleString('en')} entries`,
    `Free space: ${disk.freeBytes === null ? 'not known' : mb(disk.freeBytes)}`,
    `Copies: ${backups.failed === null ? 'as they should be' : 'the last one failed'}`,
    `Model: ${model.scripted ? 'the built-in rehearsal model' : 'one of yours'}, last call: ${last}; calls that wait: ${queue.waiting}`,
    `Pages open: ${live.subscribers}; let go because they were too slow: ${live.letGo}`,
    `Mistakes in the settings file: ${settings.problems}`,
    '',
    late.length === 0 ? 'No warnings since the start.' : 'Warnings and errors, the newest first:',
    ...late.map(({ at, level, message, times }) => `${at} ${level}: ${message}${times > 1 ? ` (${times} times)` : ''}`),
  ].join('\n');
}
