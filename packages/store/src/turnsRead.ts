import type { Row } from '@offstage/domain';

/** Turns kept at hand: the transcripts of the prompts of a few dozen chats. */
const KEPT = 2_000;

/**
 * Turns that were read before and have not changed since: a prompt reads the last forty, of which two are new. Whether
 * somebody may read a turn is never asked here.
 */
export class TurnsRead {
  readonly #read: (turnId: string) => Row<'turns'>;
  readonly #known = new Map<string, { readonly changedSeq: number; readonly row: Row<'turns'> }>();

  constructor(read: (turnId: string) => Row<'turns'>) {
    this.#read = read;
  }

  /** The row as it stands since the place in the log that changed it last. */
  get(turnId: string, changedSeq: number): Row<'turns'> {
    const known = this.#known.get(turnId);
    if (known?.changedSeq === changedSeq) return known.row;
    const row = this.#read(turnId);
    this.#known.delete(turnId);
    this.#known.set(turnId, { changedSeq, row });
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= KEPT) break;
      this.#known.delete(oldest);
    }
    return row;
  }
}
