import type { Diff, PathMove, ProjectionName, RowChange } from '@offstage/domain';
import { diffOf } from '@offstage/domain';
import { isDeepStrictEqual } from 'node:util';

/** Gathers what one commit does to rows and paths: the first state seen of each row, and the last. */
export class Changes {
  readonly #rows = new Map<string, { projection: ProjectionName; key: string; before: object | undefined; after: object | undefined }>();
  readonly #meets = new Map<string, number>();

  row(projection: ProjectionName, key: string, before: object | undefined, after: object | undefined): void {
    const id = `${projection}\n${key}`;
    const known = this.#rows.get(id);
    if (known === undefined) this.#rows.set(id, { projection, key, before, after });
    else known.after = after;
  }

  /** Notes that a chat's path changed below a depth: the deepest turn that stood before and after; -1 for none. */
  path(chatId: string, meetDepth: number): void {
    this.#meets.set(chatId, Math.min(this.#meets.get(chatId) ?? Infinity, meetDepth));
  }

  diff(): Diff {
    return diffOf(this.#real());
  }

  moves(headOf: (chatId: string) => { turnId: string; depth: number } | undefined): PathMove[] {
    const moves: PathMove[] = [];
    for (const [chatId, meetDepth] of this.#meets) {
      const head = headOf(chatId);
      if (head !== undefined) moves.push({ chatId, head: head.turnId, headDepth: head.depth, meetDepth });
    }
    return moves;
  }

  *#real(): Generator<RowChange> {
    for (const change of this.#rows.values()) {
      if (!isDeepStrictEqual(change.before, change.after)) yield change;
    }
  }
}
