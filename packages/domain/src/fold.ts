import { declarationOf } from './catalogue.ts';
import type { LogEvent } from './catalogue.ts';
import { handlerOf } from './projection.ts';
import type { ProjectionName } from './projections.ts';
import { projectionNames, projections, projectionsOf } from './projections.ts';
import type { Retraction, TreeNode } from './timeline.ts';
import { isRetracted, nextHead, nextRetractions, turnStart } from './timeline.ts';

/** All rows, by projection and key. */
export type World = ReadonlyMap<ProjectionName, ReadonlyMap<string, object>>;

/** What the log says of its trees: every turn, where each chat stands, which resets are in force. */
export interface Timeline {
  readonly nodes: ReadonlyMap<string, TreeNode>;
  readonly heads: ReadonlyMap<string, string>;
  readonly retractions: readonly Retraction[];
  /** Places in the log of what no longer counts, since its turn was learned from anew (TL-8). */
  readonly withdrawn: ReadonlySet<number>;
  /** The turns on an active path. */
  readonly onPath: ReadonlySet<string>;
}

/** Reads the trees of turns off the log. */
export function timelineOf(events: Iterable<LogEvent>): Timeline {
  const reading = new ReadingTimeline();
  for (const event of events) reading.take(event);
  return reading.timeline();
}

/** Reads the trees of turns off a log that comes bit by bit, in order. */
export class ReadingTimeline {
  readonly #nodes = new Map<string, TreeNode>();
  readonly #heads = new Map<string, string>();
  readonly #withdrawn = new Set<number>();
  #retractions: readonly Retraction[] = [];

  take(event: LogEvent): void {
    const start = turnStart(event);
    if (start !== undefined) this.#nodes.set(start.turnId, start);
    if (event.chatId !== null) {
      const head = nextHead(this.#heads.get(event.chatId) ?? null, event);
      if (head !== null) this.#heads.set(event.chatId, head);
    }
    this.#retractions = nextRetractions(this.#retractions, event);
    if (event.kind === 'turn_relearned') for (const seq of event.payload.places) this.#withdrawn.add(seq);
  }

  timeline(): Timeline {
    const onPath = new Set<string>();
    for (const head of this.#heads.values()) {
      for (let at = this.#nodes.get(head); at !== undefined; at = at.parentId === null ? undefined : this.#nodes.get(at.parentId)) onPath.add(at.turnId);
    }
    return { nodes: this.#nodes, heads: this.#heads, retractions: this.#retractions, withdrawn: this.#withdrawn, onPath };
  }
}

/** TL-2: an event is live when its turn is on the active path, or it has none, no reset takes it back, and it was not withdrawn. */
export function isLive(event: LogEvent, timeline: Timeline): boolean {
  if (event.turnId === null) return true;
  if (!timeline.onPath.has(event.turnId) || timeline.withdrawn.has(event.seq)) return false;
  const owners = declarationOf(event.kind).owners?.(event.payload) ?? [];
  return owners.length === 0 || !isRetracted(event.seq, owners, timeline.retractions);
}

/**
 * Folds a whole log from nothing. Slow and simple on purpose: it is what every faster way is held against (TL-15), and
 * what tests of commands are given.
 */
export function foldLog(events: readonly LogEvent[]): World {
  const timeline = timelineOf(events);
  const world = new Map<ProjectionName, Map<string, object>>(projectionNames.map((name) => [name, new Map()]));
  for (const event of events) {
    const live = isLive(event, timeline);
    for (const name of projectionsOf(event.kind)) {
      const handler = handlerOf(projections[name], event.kind);
      const rows = world.get(name);
      if (handler === undefined || rows === undefined) continue;
      if (projections[name].class === 'story' && !live) continue;
      for (const key of handler.keys(event)) {
        const row = handler.evolve(rows.get(key), event, key);
        if (row === undefined) rows.delete(key);
        else rows.set(key, row);
      }
    }
  }
  return world;
}
