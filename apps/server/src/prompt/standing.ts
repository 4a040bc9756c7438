import type { Row } from '@offstage/domain';
import type { PromptContext, Shown } from './block.ts';
import { factKey } from './block.ts';
import { accountText } from './blocks/accounts.ts';
import { ACCOUNTS_MOST } from './budget.ts';
import type { Transcript } from './history.ts';
import type { LoreFound } from './lore.ts';
import type { Quiet } from './settled.ts';
import type { TokenCounter } from './tokens.ts';

/** Facts about one person that stand at the head, the newest. */
const FACTS = 24;

type Told = (memory: Row<'memories'>) => boolean;

/** What a prompt shows, given what stands still at its head: of that, what is still so; and late, what came since. */
export function standing(context: PromptContext, quiet: Quiet | undefined, told: Told, lore: readonly LoreFound[]): Shown {
  const pinned = context.pinned.filter((memory) => !told(memory));
  const [pins, accounts] = [new Set(quiet?.pins), new Set(quiet?.accounts)];
  return {
    pinsSettled: inOrder(pinned.filter(({ memoryId }) => pins.has(memoryId)), quiet?.pins ?? []),
    pinsLate: pinned.filter(({ memoryId }) => !pins.has(memoryId)),
    factsSettled: new Set(quiet?.facts),
    accounts: context.accounts.filter(({ memoryId }) => accounts.has(memoryId)),
    recalled: [],
    lore,
  };
}

/** What stands still from now on: what stood before, then what has come since, so that the beginning stays as it is. */
export function shownAs(context: PromptContext, before: Quiet | undefined, transcript: Transcript, told: Told, counter: TokenCounter): Quiet {
  const pins = context.pinned.filter((memory) => !told(memory)).map(({ memoryId }) => memoryId);
  return {
    from: transcript.from,
    pins: [...(before?.pins ?? []).filter((id) => pins.includes(id)), ...pins.filter((id) => before?.pins.includes(id) !== true)],
    facts: context.edges.flatMap(({ target, knowledge }) => knowledge.slice(-FACTS).map((fact) => factKey(target, fact))),
    accounts: accountsBefore(context.accounts, before, transcript, counter).map(({ memoryId }) => memoryId),
  };
}

/**
 * Accounts of the scenes that the transcript no longer reaches, or reaches in part. They begin where they began before;
 * when they have become too long, only the newest stay, half as much as there is room for.
 */
function accountsBefore(all: readonly Row<'memories'>[], before: Quiet | undefined, { lines, trimmed }: Transcript, counter: TokenCounter): readonly Row<'memories'>[] {
  if (!trimmed) return [];
  const within = new Set(lines.map(({ sceneId }) => sceneId));
  within.delete(lines[0]?.sceneId ?? null);
  const gone = all.filter(({ sceneId }) => sceneId !== null && !within.has(sceneId));
  const first = gone.findIndex(({ memoryId }) => memoryId === before?.accounts[0]);
  const kept = gone.slice(Math.max(first, 0));
  const tokens = (list: readonly Row<'memories'>[]): number => list.reduce((total, memory) => total + counter.count(accountText(memory)), 0);
  if (tokens(kept) <= ACCOUNTS_MOST) return kept;
  let from = kept.length;
  while (from > 0 && tokens(kept.slice(from - 1)) <= ACCOUNTS_MOST / 2) from--;
  return kept.slice(from);
}

function inOrder(rows: readonly Row<'memories'>[], ids: readonly string[]): Row<'memories'>[] {
  return rows.toSorted((a, b) => ids.indexOf(a.memoryId) - ids.indexOf(b.memoryId));
}
