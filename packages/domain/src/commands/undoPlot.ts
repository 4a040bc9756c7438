import type { LogEvent, NewEvent } from '../catalogue.ts';
import { edgeKey } from '../projections/edges.ts';
import type { Row } from '../projections.ts';
import { sameJson } from '../same.ts';
import { handIn } from './edits.ts';
import { before, wantedBack } from './putBack.ts';
import { changedSince, notAnEdit } from './refusals.ts';
import type { Standing } from './send.ts';

const KINDS = [
  'story_event_planned', 'story_event_edited', 'story_event_moved', 'thread_edited', 'thread_closed', 'item_acquired', 'item_lost', 'item_edited',
  'edge_update', 'edge_summarized',
] as const;

type PlotEvent = LogEvent<(typeof KINDS)[number]>;

/** True for an event that a hand's edit of plans, threads or things may have left; what a completed plan promoted among it. */
export function aboutPlot(event: LogEvent): event is PlotEvent {
  return KINDS.some((kind) => kind === event.kind);
}

/** Rows as they stand now. */
interface PlotLook {
  row<N extends 'storyEvents' | 'threads' | 'inventory' | 'edges'>(projection: N, key: string): Row<N> | undefined;
}

/** What puts back what an edit of plans, threads or things changed; see `undoEdit`. What a rewind has taken already stays gone. */
export function undoPlotEdit(event: PlotEvent, state: Standing, look: PlotLook): NewEvent[] {
  const { write } = handIn(state);
  switch (event.kind) {
    case 'story_event_planned': {
      const { storyEventId, kind, title, props, plannedFor, knownTo } = event.payload;
      const row = look.row('storyEvents', storyEventId);
      if (row === undefined) return [];
      const made = { kind, title, props, plannedFor, knownTo, status: 'planned' };
      if (Object.entries(made).some(([field, value]) => !sameJson(Reflect.get(row, field), value))) throw changedSince();
      return [write('story_event_put_back', { storyEventId, status: null })];
    }
    case 'story_event_edited': {
      const { storyEventId, changes, prior } = event.payload;
      const row = look.row('storyEvents', storyEventId);
      const back = before(changes, prior, row);
      if (row === undefined || Object.keys(back).length === 0) return [];
      if (row.status !== 'planned') throw changedSince();
      return [write('story_event_edited', { storyEventId, changes: back, prior: changes })];
    }
    case 'story_event_moved': {
      const { storyEventId, status, prior } = event.payload;
      if (prior === undefined) throw notAnEdit();
      const row = look.row('storyEvents', storyEventId);
      return row !== undefined && wantedBack(status, prior, row.status) ? [write('story_event_put_back', { storyEventId, status: prior })] : [];
    }
    case 'thread_edited': {
      const { threadId, changes, prior } = event.payload;
      const row = look.row('threads', threadId);
      const back = before(changes, prior, row);
      if (row === undefined || Object.keys(back).length === 0) return [];
      if (!row.open) throw changedSince();
      return [write('thread_edited', { threadId, changes: back, prior: changes })];
    }
    case 'thread_closed': {
      const { threadId } = event.payload;
      return look.row('threads', threadId)?.open === false ? [write('thread_put_back', { threadId })] : [];
    }
    case 'item_acquired': {
      const { itemId, entityId, name, note } = event.payload;
      const row = look.row('inventory', itemId);
      if (row === undefined) return [];
      if (row.lost || row.entityId !== entityId || row.name !== name || row.note !== note) throw changedSince();
      return [write('item_put_back', { itemId, there: false })];
    }
    case 'item_lost': {
      const { itemId } = event.payload;
      return look.row('inventory', itemId)?.lost === true ? [write('item_put_back', { itemId, there: true })] : [];
    }
    case 'item_edited': {
      const { itemId, changes, prior } = event.payload;
      const row = look.row('inventory', itemId);
      const back = before(changes, prior, row);
      if (row === undefined || Object.keys(back).length === 0) return [];
      if (row.lost) throw changedSince();
      return [write('item_edited', { itemId, changes: back, prior: changes })];
    }
    case 'edge_update': {
      const { continuityId, source, target, affinity, trust, facts } = event.payload;
      // A hand's word that a plan came to pass teaches, and moves no number.
      if (affinity !== 0 || trust !== 0) throw notAnEdit();
      const known = look.row('edges', edgeKey(event.payload))?.knowledge ?? [];
      const left = known.filter((fact) => !facts.includes(fact));
      return left.length === known.length ? [] : [write('edge_edited', { continuityId, source, target, changes: { knowledge: left }, prior: { knowledge: known } })];
    }
    case 'edge_summarized': {
      const { continuityId, source, target, summary, prior } = event.payload;
      const row = look.row('edges', edgeKey(event.payload));
      if (row === undefined || !wantedBack(summary, prior, row.summary)) return [];
      return [write('edge_edited', { continuityId, source, target, changes: { summary: prior }, prior: { summary } })];
    }
  }
}
