import type { ProjectionName, RowChange } from '@offstage/domain';
import { projectionNames } from '@offstage/domain';
import type { Checkpoints } from './checkpoints.ts';
import type { Rows } from './rows.ts';
import type { Touches } from './touches.ts';

/** Rows of one projection that are kept at hand between commits: more than a page of turns, less than a megabyte. */
const KEPT = 512;

/** Rows written at a time. */
const AT_ONCE = 16;

interface Hot {
  readonly projection: ProjectionName;
  readonly key: string;
  row: object | undefined;
  /** As the transaction found it; of meaning while `changedSeq` is not 0. */
  before: object | undefined;
  /** Place in the log that last changed the row in this transaction; 0 for none. */
  changedSeq: number;
  /** Events that ever touched the row, once that was asked. */
  touches: number | undefined;
}

/**
 * The rows that a transaction reads and changes. A row that several events change is written once, at the end; what was
 * read or written stays at hand for the next transaction. Sees only its own connection's writes: after a transaction
 * that was rolled back, or one of another connection, `forget`.
 */
export class HotRows {
  readonly #rows: Rows;
  readonly #checkpoints: Checkpoints;
  readonly #touches: Touches;
  readonly #at = new Map<ProjectionName, Map<string, Hot>>(projectionNames.map((name) => [name, new Map()]));
  readonly #changed: Hot[] = [];

  constructor(rows: Rows, checkpoints: Checkpoints, touches: Touches) {
    this.#rows = rows;
    this.#checkpoints = checkpoints;
    this.#touches = touches;
  }

  /** The row as it now is. It is shared: never change it. */
  get(projection: ProjectionName, key: string): object | undefined {
    return this.#hot(projection, key).row;
  }

  /** Makes a row what it now is; `undefined` is no row. `seq` is the place in the log that did it. */
  set(projection: ProjectionName, key: string, row: object | undefined, seq: number): void {
    const hot = this.#hot(projection, key);
    if (hot.changedSeq === 0) {
      hot.before = hot.row;
      this.#changed.push(hot);
    }
    hot.row = row;
    hot.changedSeq = seq;
  }

  /** Notes that the event at `seq` touches a row, as the row stands after it. */
  touch(projection: ProjectionName, key: string, seq: number): void {
    const hot = this.#hot(projection, key);
    hot.touches = (hot.touches ?? this.#touches.count(projection, key)) + 1;
    this.#touches.note(projection, key, seq, hot.touches);
    this.#checkpoints.layIfDue(projection, key, seq, hot.touches, hot.row);
  }

  /** Writes what changed, some rows at a time, and says what that was: each row before the transaction and after. */
  *flush(): Generator<readonly RowChange[]> {
    for (let from = 0; from < this.#changed.length; from += AT_ONCE) yield this.#write(this.#changed.slice(from, from + AT_ONCE));
    this.#changed.length = 0;
    for (const rows of this.#at.values()) trim(rows);
  }

  #write(some: readonly Hot[]): RowChange[] {
    const changes: RowChange[] = [];
    for (const hot of some) {
      const { projection, key, before, row, changedSeq } = hot;
      this.#rows.write(projection, key, before, row, changedSeq);
      changes.push({ projection, key, before, after: row });
      hot.before = undefined;
      hot.changedSeq = 0;
    }
    return changes;
  }

  forget(): void {
    this.#changed.length = 0;
    for (const rows of this.#at.values()) rows.clear();
  }

  #hot(projection: ProjectionName, key: string): Hot {
    const rows = this.#at.get(projection);
    let hot = rows?.get(key);
    if (hot === undefined) {
      hot = { projection, key, row: this.#rows.get(projection, key), before: undefined, changedSeq: 0, touches: undefined };
      rows?.set(key, hot);
    }
    return hot;
  }
}

/** Lets the rows go that came first, down to what is kept. */
function trim(rows: Map<string, Hot>): void {
  if (rows.size <= KEPT) return;
  let surplus = rows.size - KEPT;
  for (const key of rows.keys()) {
    if ((surplus -= 1) < 0) return;
    rows.delete(key);
  }
}
