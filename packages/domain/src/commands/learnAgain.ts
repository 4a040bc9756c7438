import type { LogEvent, NewEvent } from '../catalogue.ts';
import { inTurn } from '../catalogue.ts';
import { DomainError } from '../errors.ts';
import type { ProjectionName } from '../projections.ts';
import type { TurnRow } from '../projections/turns.ts';

/** A row that something found in a turn made. */
export interface MadeRow {
  readonly projection: ProjectionName;
  readonly key: string;
}

export interface LearnAgain {
  readonly reply: TurnRow | undefined;
  /** The events in force that hang from it, in order. */
  readonly events: readonly LogEvent[];
  /** True where the story stands at the reply: nothing was played on from what it led to. */
  readonly isHead: boolean;
  /** True where its words, as they now stand, belong to the story. */
  readonly hasWords: boolean;
  /** Keys of rows that a hand or a later turn has built on: they stay. */
  readonly builtOn: ReadonlySet<string>;
}

/**
 * TL-8: takes back what was found in a reply, and has it looked for anew. A bot's memory of the exchange stays, to be told
 * in other words: pins, scores and accounts of the scene hold on to it. So does what a hand has since made its own, and a
 * scene that ended here when the story has gone on. Throws DomainError `not_found`, and `busy` for one being written.
 */
export function learnAgain({ reply, events, isHead, hasWords, builtOn }: LearnAgain): NewEvent[] {
  if (reply === undefined || reply.kind !== 'assistant') throw new DomainError('not_found', 'There is no reply here to learn from.', ['turnId']);
  if (reply.status === 'streaming') throw new DomainError('busy', 'This reply is still being written.', ['turnId']);
  const ended = events.findLast(({ kind }) => kind === 'assistant_turn');
  // Off the path nothing is in force: what is beside the story is learned from when it is back.
  if (ended === undefined) throw new DomainError('invalid', 'That turn is on another branch. Switch to the branch first.', ['turnId']);
  const found = events.filter(({ commandId }) => commandId.startsWith(`${reply.turnId}:passes`));
  const boundary = isHead ? [] : boundaryIn(found);
  const undone = new Set(found.flatMap((event) => (event.kind === 'scene_closed' && !boundary.includes(event) ? event.payload.sceneId : [])));
  // A scene that has not ended has no accounts either.
  const accounts = events.filter(({ commandId }) => [...undone].some((sceneId) => commandId.startsWith(`${sceneId}:`)));
  const goes = found.filter((event) => {
    if (boundary.includes(event)) return false;
    if (event.kind === 'memory_written' && event.payload.kind === 'turn' && hasWords) return false;
    const made = madeBy(event);
    return made === undefined || !builtOn.has(made.key);
  });
  const places = [...goes, ...accounts].map(({ seq }) => seq).toSorted((a, b) => a - b);
  return [inTurn(reply.chatId, reply.turnId, 'turn_relearned', { places, endedSeq: ended.seq })];
}

/** The row that an event made, where others may build on it. */
export function madeBy(event: LogEvent): MadeRow | undefined {
  switch (event.kind) {
    case 'memory_written':
      return { projection: 'memories', key: event.payload.memoryId };
    case 'story_event_planned':
      return { projection: 'storyEvents', key: event.payload.storyEventId };
    case 'thread_opened':
      return { projection: 'threads', key: event.payload.threadId };
    case 'item_acquired':
      return { projection: 'inventory', key: event.payload.itemId };
    default:
      return undefined;
  }
}

/** Whether an event is one by which a hand or another turn builds on what a turn made. That a scene is told of is none. */
export function buildsOn(event: LogEvent, turnId: string): boolean {
  return event.kind !== 'memory_covered' && (event.actor === 'person' || event.turnId !== turnId);
}

/** What ended one scene and opened the next: all between the two. */
function boundaryIn(found: readonly LogEvent[]): readonly LogEvent[] {
  const from = found.findIndex(({ kind }) => kind === 'scene_closed');
  const to = found.findLastIndex(({ kind }) => kind === 'scene_opened');
  return from < 0 ? [] : found.slice(from, to < from ? from + 1 : to + 1);
}
