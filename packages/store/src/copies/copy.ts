import Sqlite from 'better-sqlite3';
import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync } from 'node:fs';
import type { Contents } from './inspect.ts';
import { assertHarmless, inspect, NoLibrary } from './inspect.ts';

/** What to copy where. */
export interface CopyOrder {
  readonly from: string;
  /** A name that nothing has yet. */
  readonly to: string;
  /** For a copy that is to be played on: pages that knew the original start over. */
  readonly asNew: boolean;
}

/** Pages copied at a time: about 2 MB, a few milliseconds. */
const PAGES = 500;

/** How long a library that another process holds is waited for, in milliseconds. */
const BUSY_MS = 5_000;

/**
 * Copies a library as it stands now, while others go on writing it, and reads the whole copy to see that it is sound.
 * `progress` gets pages done and in all. Throws SqliteError, or NoLibrary where the copy is not what it should be; what
 * was written then is the caller's to remove.
 */
export async function copyLibrary({ from, to, asNew }: CopyOrder, progress: (done: number, total: number) => void): Promise<Contents> {
  // What is to be played on may come from anywhere.
  if (asNew) assertHarmless(from);
  const source = new Sqlite(from, { readonly: true, fileMustExist: true, timeout: BUSY_MS });
  try {
    // One read that stays open: what is written meanwhile is not in the copy, and never has it begin again.
    source.exec('begin');
    const seq = source.prepare<[], number>('select coalesce(max(seq), 0) from events').pluck().get() ?? 0;
    let pages = 0;
    await source.backup(to, {
      progress({ totalPages, remainingPages }) {
        pages = totalPages;
        progress(totalPages - remainingPages, totalPages);
        return PAGES;
      },
    });
    // Told before each piece, not after the last: what comes now is that it is read through.
    progress(pages, pages);
    settle(to, asNew);
    const contents = inspect(to);
    if (contents.seq !== seq) throw new NoLibrary('The copy does not hold all that it should.', 'OFFSTAGE_DAMAGED');
    return contents;
  } finally {
    source.close();
  }
}

/** Makes a copy one file that stands by itself, and has it on the disk for good. */
function settle(path: string, asNew: boolean): void {
  const copy = new Sqlite(path, { fileMustExist: true });
  try {
    copy.pragma('journal_mode = delete');
    if (asNew) copy.prepare(`insert or replace into meta (name, value) values ('epoch', ?)`).run(randomUUID().slice(0, 8));
  } finally {
    copy.close();
  }
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
