import type { LogEvent, NewEvent } from '../catalogue.ts';
import type { MemoryRow } from '../projections/memories.ts';
import { AUTO_PIN, pinKey } from '../projections/pins.ts';
import type { PinRow } from '../projections/pins.ts';
import type { Row } from '../projections.ts';
import type { Hand } from './edits.ts';
import { handIn } from './edits.ts';
import type { Home, Pinned } from './memoryEdits.ts';
import { deleteMemory, holding, inStory, pinMemory, pinnedIn, refOf, reword, scoreMemory } from './memoryEdits.ts';
import { changedSince, notAnEdit } from './refusals.ts';
import type { Standing } from './send.ts';

const KINDS = ['memory_written', 'memory_edited', 'memory_scored', 'memory_pinned', 'memory_unpinned', 'memory_deleted'] as const;

type MemoryEvent = LogEvent<(typeof KINDS)[number]>;

/** True for an event that a hand's edit of a memory may have left. */
export function aboutMemory(event: LogEvent): event is MemoryEvent {
  return KINDS.some((kind) => kind === event.kind);
}

/** Rows of memories and pins as they stand now. */
export interface MemoryLook {
  row<N extends 'memories' | 'pins'>(projection: N, key: string): Row<N> | undefined;
  /** Where a memory hangs. */
  home(memoryId: string): Home | undefined;
}

/** What puts back what an edit of a memory changed; see `undoEdit`. */
export function undoMemoryEdit(event: MemoryEvent, state: Standing, look: MemoryLook): NewEvent[] {
  const hand = handIn(state);
  const { memoryId } = event.payload;
  const pins = look.row('pins', pinKey(event.payload));
  const found = look.row('memories', memoryId);
  const now = pinnedIn(pins, memoryId);
  if (event.kind === 'memory_deleted') return found === undefined ? broughtBack(event, hand) : [];
  if (event.kind === 'memory_written' && found === undefined) return [];
  const memory = inStory(hand, found);
  const home = look.home(memoryId);

  switch (event.kind) {
    case 'memory_written': {
      const { kind, restored, text, significance } = event.payload;
      if (kind !== 'manual' && restored === undefined) throw notAnEdit();
      if (memory.text !== text || memory.significance !== significance) throw changedSince();
      return [...deleteMemory(state, { memory, pins }).events, ...pinBack(event.payload.gaveWay, hand, pins, look)];
    }
    case 'memory_edited': {
      const { text, prior } = event.payload;
      if (memory.text !== prior && memory.text !== text) throw changedSince();
      return reword(hand, memory, prior).events;
    }
    case 'memory_scored': {
      const { significance, prior, gaveWay } = event.payload;
      if (prior === undefined) throw notAnEdit();
      if (memory.significance === prior.significance) return [];
      if (memory.significance !== significance) throw changedSince();
      const back = scoreMemory(state, { memory, pins, home }, prior.significance).events;
      // Somebody who has pinned it, or taken its pin off, since then meant it.
      const meddled = now !== afterScore(prior.pinned, significance);
      const pin = meddled ? [] : pinEvents(hand, { memory, home }, afterScore(now, prior.significance), prior.pinned, prior.significance);
      return [...back, ...pin, ...pinBack(gaveWay, hand, pins, look)];
    }
    case 'memory_pinned': {
      const { prior, gaveWay } = event.payload;
      if (prior === undefined) throw notAnEdit();
      if (now !== 'hand') return [];
      return [...pinEvents(hand, { memory, home }, now, prior, memory.significance), ...pinBack(gaveWay, hand, pins, look)];
    }
    case 'memory_unpinned': {
      const { prior } = event.payload;
      if (prior === undefined) throw notAnEdit();
      if (now !== 'none') return [];
      return prior === 'hand' ? pinMemory(state, { memory, pins, home }).events : pinEvents(hand, { memory, home }, now, prior, memory.significance);
    }
    default:
      return event satisfies never;
  }
}

/** A deleted memory as it was: its words, where it stood, what covered it, its pin. */
function broughtBack({ payload }: LogEvent<'memory_deleted'>, hand: Hand): NewEvent[] {
  const { prior, ...ref } = payload;
  if (prior === undefined) throw notAnEdit();
  const { chatId, bornSeq, turnId, coveredBy, pinned, ...rest } = prior;
  const { memoryId, ownerId } = ref;
  const row: MemoryRow = { ...ref, ...rest, chatId, bornSeq, turnId, coveredBy };
  return [
    hand.write('memory_written', { ...ref, ...rest, aboutTurnId: turnId, restored: { chatId, bornSeq } }),
    ...(coveredBy === null ? [] : [hand.write('memory_covered', { ownerId, sceneMemoryId: coveredBy, memoryIds: [memoryId] })]),
    ...pinEvents(hand, { memory: row, home: undefined }, afterScore('none', row.significance), pinned, row.significance),
  ];
}

/** How a memory is pinned once it is scored so. */
function afterScore(pinned: Pinned, significance: MemoryRow['significance']): Pinned {
  return pinned === 'hand' ? 'hand' : significance === AUTO_PIN ? 'auto' : 'none';
}

/** What makes a memory that is pinned one way pinned another. */
function pinEvents(hand: Hand, { memory, home }: { readonly memory: MemoryRow; readonly home: Home | undefined }, from: Pinned, to: Pinned, significance: MemoryRow['significance']): NewEvent[] {
  if (from === to) return [];
  const { write } = hand;
  const ref = refOf(memory);
  const { hold, held } = holding(hand, memory, home);
  if (to === 'hand') return [...hold, write('memory_pinned', { ...ref, significance, prior: from, ...held })];
  const off = from === 'none' ? [] : [write('memory_unpinned', { ...ref, prior: from })];
  // A score pins anew what only its score had pinned; one that is no longer so high leaves it as it is.
  const on = to === 'auto' && significance === AUTO_PIN ? [...hold, write('memory_scored', { ...ref, significance, by: 'hand', ...held })] : [];
  return [...off, ...on];
}

/** Pins again, by its score, what had to give way. */
function pinBack(memoryId: string | undefined, hand: Hand, pins: PinRow | undefined, look: MemoryLook): NewEvent[] {
  const memory = memoryId === undefined ? undefined : look.row('memories', memoryId);
  if (memory === undefined || memory.significance !== AUTO_PIN || pinnedIn(pins, memory.memoryId) !== 'none') return [];
  return pinEvents(hand, { memory, home: look.home(memory.memoryId) }, 'none', 'auto', memory.significance);
}
