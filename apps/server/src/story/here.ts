import { firstDiffering } from '@offstage/domain/branchWords';
import { DomainError } from '@offstage/domain';
import { wordsOf } from '@offstage/domain/words';
import type { Core } from '../core.ts';

/** Turns beside the one that a branch begins with whose words are compared. */
const COMPARED_MOST = 12;

/** The branch that a chat stands on (TL-7). */
export interface Here {
  /** The name it was given; null where it has none. */
  readonly name: string | null;
  /** The turn that carries the name. */
  readonly namedAt: string | null;
  /** The first words in which it differs from what stands beside it; null where there is one story alone. */
  readonly words: string | null;
}

/**
 * Which branch a chat stands on: from where the active path last had others beside it, to the head. A name given
 * anywhere on that stretch is the branch's, so that it stays while the story goes on. Throws DomainError `not_found`.
 */
export async function hereOf({ store }: Pick<Core, 'store'>, chatId: string): Promise<Here> {
  const [head, fork, names] = await Promise.all([store.read.head(chatId), store.branches.lastFork(chatId), store.read.rows('branches', { chatId })]);
  if (head === undefined) throw new DomainError('not_found', 'This chat is no longer there.', ['chatId']);
  let named: { readonly tipId: string; readonly name: string; readonly depth: number } | undefined;
  for (const { tipId, name } of names) {
    const tip = await store.read.row('turns', tipId);
    if (tip === undefined || tip.depth < Math.max(fork?.depth ?? 0, named?.depth ?? 0) || !(await store.branches.isOnPath(tipId))) continue;
    named = { tipId, name, depth: tip.depth };
  }
  return { name: named?.name ?? null, namedAt: named?.tipId ?? null, words: fork === undefined ? null : await wordsFrom(store, fork.turnId) };
}

async function wordsFrom(store: Core['store'], turnId: string): Promise<string> {
  const turn = await store.read.row('turns', turnId);
  if (turn === undefined || turn.parentId === null) return '';
  const beside = (await store.branches.children(turn.parentId)).filter((id) => id !== turnId).slice(0, COMPARED_MOST);
  const others = await Promise.all(beside.map((id) => store.read.row('turns', id)));
  return firstDiffering(wordsOf(turn), others.flatMap((other) => (other === undefined ? [] : wordsOf(other))));
}
