import type { ProjectionName } from '@offstage/domain';
import type { Database, Statement } from 'better-sqlite3';

/** Every so many touches of a row, how it stands is kept: the longest stretch that a head move folds again. */
export const CHECKPOINT_EVERY = 64;

/** Rows as they stood at every 64th touch. */
export class Checkpoints {
  readonly #lay: Statement<[string, string, number, string | null]>;
  readonly #before: Statement<[string, string, number], { seq: number; row: string | null }>;

  constructor(database: Database) {
    this.#lay = database.prepare('insert or replace into checkpoints (projection, key, seq, row) values (?, ?, ?, ?)');
    this.#before = database.prepare(
      'select seq, row from checkpoints where projection = +? and key = +? and seq < +? order by seq desc limit 1',
    );
  }

  /**
   * Lays a checkpoint when the count of touches says so: the row as it stands after the event at `seq`. Touches keep
   * their count for good, so one that is laid anew falls on the very place of the old one.
   */
  layIfDue(projection: ProjectionName, key: string, seq: number, n: number, row: object | undefined): void {
    if (n % CHECKPOINT_EVERY === 0) {
      this.#lay.run(projection, key, seq, row === undefined ? null : JSON.stringify(row));
    }
  }

  /** The last checkpoint before a place in the log: where folding can start. From nothing when there is none. */
  before(projection: ProjectionName, key: string, seq: number): { seq: number; row: object | undefined } {
    const found = this.#before.get(projection, key, seq);
    if (found === undefined) return { seq: 0, row: undefined };
    return { seq: found.seq, row: found.row === null ? undefined : (JSON.parse(found.row) as object) };
  }
}
