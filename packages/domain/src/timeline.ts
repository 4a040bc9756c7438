import type { Kind, LogEvent, NewEvent } from './catalogue.ts';

/** A turn's place in its tree. */
export interface TreeNode {
  readonly turnId: string;
  readonly chatId: string;
  readonly parentId: string | null;
  readonly depth: number;
}

/** The kinds of event that say what the trees look like, where chats stand, which resets are in force and what was withdrawn. */
export const TIMELINE_KINDS = [
  'kickoff_confirmed',
  'user_turn',
  'assistant_turn_started',
  'skip_started',
  'dice_rolled',
  'head_moved',
  'bot_reset',
  'bot_reset_undone',
  'turn_relearned',
] as const satisfies readonly Kind[];

/** The turn that an event starts, if it starts one. A turn is in the tree from its start, not from its end (TN-4). */
export function turnStart(event: LogEvent | NewEvent): TreeNode | undefined {
  const { turnId, chatId } = event;
  if (turnId === null || chatId === null) return undefined;
  switch (event.kind) {
    case 'kickoff_confirmed':
    case 'user_turn':
    case 'assistant_turn_started':
    case 'skip_started':
    case 'dice_rolled':
      return { turnId, chatId, parentId: event.payload.parentId, depth: event.payload.depth };
    default:
      return undefined;
  }
}

/**
 * Where a chat stands after an event. A turn that starts under the head becomes the head; one that starts elsewhere
 * stands beside the path; a moved head stands where it was moved (TL-3).
 */
export function nextHead(head: string | null, event: LogEvent | NewEvent): string | null {
  if (event.kind === 'head_moved') return event.payload.to;
  const start = turnStart(event);
  return start !== undefined && start.parentId === head ? start.turnId : head;
}

/** A reset in force: what `owner` owns is taken back up to and with the place `upTo` in the log (TL-10). */
export interface Retraction {
  readonly owner: string;
  readonly upTo: number;
}

/** True when one of the resets takes back an event at `seq` with these owners. */
export function isRetracted(
  seq: number,
  owners: readonly string[],
  retractions: readonly Retraction[],
): boolean {
  return retractions.some((reset) => seq <= reset.upTo && owners.includes(reset.owner));
}

/** The resets in force after an event; the same list when it changes nothing. */
export function nextRetractions(retractions: readonly Retraction[], event: LogEvent | NewEvent): readonly Retraction[] {
  switch (event.kind) {
    case 'bot_reset':
      return [...retractions, { owner: event.payload.botId, upTo: event.payload.upTo }];
    case 'bot_reset_undone':
      return retractions.filter(
        (reset) => reset.owner !== event.payload.botId || reset.upTo !== event.payload.upTo,
      );
    default:
      return retractions;
  }
}

/** The turns between two heads: `leaving` from the old head up, `entering` from the new head up; `meet` is on both. */
export interface PathChange {
  readonly leaving: readonly string[];
  readonly entering: readonly string[];
  readonly meet: TreeNode | null;
}

/**
 * Climbs from both heads to their common ancestor, the deeper side first: the cost is what lies between them, not the
 * length of the story. `node` looks a turn up; throws RangeError for a turn that the tree does not hold.
 */
export function pathBetween(
  from: string | null,
  to: string | null,
  node: (turnId: string) => TreeNode | undefined,
): PathChange {
  const at = (turnId: string | null): TreeNode | null => {
    if (turnId === null) return null;
    const found = node(turnId);
    if (found === undefined) throw new RangeError(`There is no turn ${turnId} in this chat.`);
    return found;
  };
  const leaving: string[] = [];
  const entering: string[] = [];
  let old = at(from);
  let next = at(to);
  while (old?.turnId !== next?.turnId) {
    if (old !== null && (next === null || old.depth >= next.depth)) {
      leaving.push(old.turnId);
      old = at(old.parentId);
    } else if (next !== null) {
      entering.push(next.turnId);
      next = at(next.parentId);
    }
  }
  return { leaving, entering, meet: old };
}
