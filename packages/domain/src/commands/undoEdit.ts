import type { LogEvent, NewEvent } from '../catalogue.ts';
import { DomainError } from '../errors.ts';
import { groupKey } from '../members.ts';
import { handlerOf, keyOf } from '../projection.ts';
import { edgeKey } from '../projections/edges.ts';
import { pinKey } from '../projections/pins.ts';
import type { ProjectionName, Row } from '../projections.ts';
import { projections, projectionsOf } from '../projections.ts';
import { setEdge } from './edgeEdits.ts';
import { handIn, setActivity, setAnchor, setClock, setPlace, setWeather } from './edits.ts';
import { setGroup } from './group.ts';
import { before, wantedBack } from './putBack.ts';
import type { Home } from './memoryEdits.ts';
import { notAnEdit } from './refusals.ts';
import type { Standing } from './send.ts';
import { aboutMemory, undoMemoryEdit } from './undoMemory.ts';
import { aboutPlot, undoPlotEdit } from './undoPlot.ts';

/** Rows as they stand now, by projection and key. */
export interface Look {
  row<N extends ProjectionName>(projection: N, key: string): Row<N> | undefined;
  /** Where a memory hangs; undefined for one that is not there. */
  home(memoryId: string): Home | undefined;
}

/** The rows that undoing an event looks at, for whoever has to read them first. */
export function lookedAt(event: LogEvent): readonly { readonly projection: ProjectionName; readonly key: string }[] {
  const touched = projectionsOf(event.kind).flatMap((projection) =>
    (handlerOf(projections[projection], event.kind)?.keys(event) ?? []).map((key) => ({ projection, key })),
  );
  if (!aboutMemory(event)) return touched;
  const { memoryId } = event.payload;
  const gaveWay = 'gaveWay' in event.payload ? event.payload.gaveWay : undefined;
  return [
    ...touched,
    { projection: 'pins', key: pinKey(event.payload) },
    ...[memoryId, gaveWay].filter((id) => id !== undefined).map((key) => ({ projection: 'memories' as const, key })),
  ];
}

/**
 * ED-4: what puts back what one edit by hand changed. Empty where it stands so already. `events` are those of the
 * edit's command. Throws DomainError `invalid` for what is no edit of this chat, `already_done` where the value has
 * been changed again since, and what the edit itself would throw.
 */
export function undoEdit(events: readonly LogEvent[], state: Standing, look: Look): NewEvent[] {
  const { chat } = handIn(state);
  // What held a memory of another chat for a pin goes with the pin.
  const done = events.filter(({ kind }) => kind !== 'memory_held');
  if (done.length === 0 || done.some((event) => event.chatId !== chat.chatId || event.actor !== 'person')) throw notAnEdit();
  return done.flatMap((event) => undone(event, state, look));
}

/** What puts back what one event of an edit changed. */
function undone(event: LogEvent, state: Standing, look: Look): NewEvent[] {
  const { chat } = handIn(state);
  switch (event.kind) {
    case 'clock_set': {
      const { clock, anchor, prior } = event.payload;
      if (prior === undefined) throw notAnEdit();
      if (clock === null) return wantedBack(anchor, prior.anchor ?? '', state.stage?.anchor ?? '') ? setAnchor(state, prior.anchor ?? '') : [];
      if (prior.clock === null) throw new DomainError('invalid', 'There was no time before this one. Set another by hand.', ['of']);
      return wantedBack(clock, prior.clock, state.stage?.clock) ? setClock(state, prior.clock) : [];
    }
    case 'weather_set': {
      const { weather, prior } = event.payload;
      if (prior === undefined) throw notAnEdit();
      return wantedBack(weather, prior, state.stage?.weather) ? setWeather(state, prior) : [];
    }
    case 'container_changed': {
      const { containerId, changes, prior } = event.payload;
      const row = look.row('containers', containerId);
      return setPlace(state, row, before(changes, prior, row));
    }
    case 'activity_set': {
      const { entityId, changes, prior } = event.payload;
      const row = look.row('activities', keyOf(chat.chatId, entityId));
      const wanted = before(changes, prior, row);
      // Where somebody was is a place of this chat, known since before the edit: it need not be looked up again.
      return setActivity(state, row, { entityId, changes: wanted, place: wanted.containerId == null ? undefined : look.row('containers', wanted.containerId) });
    }
    case 'edge_edited': {
      const { source, target, changes, prior, continuityId } = event.payload;
      const row = look.row('edges', edgeKey({ continuityId, source, target }));
      return setEdge(state, row, { source, target, changes: before(changes, prior, row) });
    }
    case 'group_described': {
      const { summary, mood, knownTo, prior } = event.payload;
      const row = look.row('groupNodes', groupKey(chat.chatId, knownTo));
      return setGroup(state, row, knownTo, before({ summary, mood }, prior, row));
    }
    case 'meanwhile_steered': {
      const { sceneId, mode, nudge, prior } = event.payload;
      const row = look.row('meanwhiles', sceneId);
      // Once it is over, or the nudge was taken, there is nothing left to put back.
      if (prior === undefined) throw notAnEdit();
      if (row === undefined || (nudge != null && row.nudge === null)) return [];
      const back = before({ mode, nudge }, prior, row);
      return Object.keys(back).length === 0 ? [] : [handIn(state).write('meanwhile_steered', { sceneId, ...back, prior: { mode, nudge } })];
    }
    default:
      if (aboutMemory(event)) return undoMemoryEdit(event, state, look);
      if (aboutPlot(event)) return undoPlotEdit(event, state, look);
      throw notAnEdit();
  }
}
