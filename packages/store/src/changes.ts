import type { Diff, PathMove, RowChange } from '@offstage/domain';
import { diffOf } from '@offstage/domain';
import { isDeepStrictEqual } from 'node:util';

/** What became of rows, without those that ended as they had begun. */
export function realDiff(changes: readonly RowChange[]): Diff {
  return diffOf(changes.filter(({ before, after }) => !isDeepStrictEqual(before, after)));
}

/** Gathers how one commit moves paths. */
export class PathMoves {
  readonly #meets = new Map<string, number>();

  /** Notes that a chat's path changed below a depth: the deepest turn that stood before and after; -1 for none. */
  note(chatId: string, meetDepth: number): void {
    this.#meets.set(chatId, Math.min(this.#meets.get(chatId) ?? Infinity, meetDepth));
  }

  all(headOf: (chatId: string) => { turnId: string; depth: number } | undefined): PathMove[] {
    const moves: PathMove[] = [];
    for (const [chatId, meetDepth] of this.#meets) {
      const head = headOf(chatId);
      if (head !== undefined) moves.push({ chatId, head: head.turnId, headDepth: head.depth, meetDepth });
    }
    return moves;
  }
}
