import type { NewEvent } from '../catalogue.ts';
import { inTurn } from '../catalogue.ts';
import { DomainError } from '../errors.ts';
import type { MemoryRow } from '../projections/memories.ts';
import { AUTO_PIN, pinsWith } from '../projections/pins.ts';
import type { PinRow } from '../projections/pins.ts';
import type { Hand } from './edits.ts';
import { handIn, notThere, tidy } from './edits.ts';
import type { Standing } from './send.ts';

/** Characters of a memory that is written by hand: what a model is offered of it has to fit. */
export const MEMORY_MOST = 20_000;

type Significance = MemoryRow['significance'];

/** Whether a memory is pinned, and how. */
export type Pinned = 'none' | 'auto' | 'hand';

/** What a change did: events, and the pin that gave way to it, if one did. */
export interface MemoryEdit {
  readonly events: NewEvent[];
  /** Id of the memory whose pin went. */
  readonly gaveWay: string | null;
}

/** Where the event hangs by which a memory is there. */
export interface Home {
  readonly chatId: string;
  readonly turnId: string;
}

/** A memory as it stands, with its owner's pins. */
export interface MemoryAt {
  readonly memory: MemoryRow | undefined;
  readonly pins: PinRow | undefined;
  /** Left out for one of the same chat. */
  readonly home?: Home | undefined;
}

/** ME-9: a memory written by hand. Throws DomainError `not_found` for an owner who is no bot of the story, `invalid`, `too_long`. */
export function addMemory(
  state: Standing,
  pins: PinRow | undefined,
  input: { memoryId: string; ownerId: string; text: string; significance: Significance },
): MemoryEdit {
  const { chat, stage, cast, write } = handIn(state);
  const { memoryId, ownerId, significance } = input;
  if (!cast.includes(ownerId) || ownerId === chat.personaId) {
    throw new DomainError('not_found', 'Nobody of that name is in this story to remember it.', ['ownerId']);
  }
  const text = memoryText(input.text);
  const gaveWay = significance === AUTO_PIN ? pushedOut(pins, memoryId, true, significance).gaveWay : null;
  const event = write('memory_written', {
    memoryId,
    ownerId,
    continuityId: chat.continuityId,
    kind: 'manual',
    text,
    witnesses: [ownerId],
    clock: stage.clock,
    // Belongs to no scene: else its end would fold away what was written to be kept.
    sceneId: null,
    aboutTurnId: null,
    source: 'direct',
    reliability: 1,
    significance,
    ...(gaveWay !== null && { gaveWay }),
  });
  return { events: [event], gaveWay };
}

/** ME-9: changes a memory's words. Throws DomainError `not_found`, `invalid`, `too_long`. */
export function editMemory(state: Standing, { memory }: Pick<MemoryAt, 'memory'>, text: string): MemoryEdit {
  const hand = handIn(state);
  const row = inStory(hand, memory);
  return reword(hand, row, memoryText(text));
}

/** The same for words that stood there before, whatever their length. */
export function reword({ write }: Hand, memory: MemoryRow, text: string): MemoryEdit {
  const events = text === memory.text ? [] : [write('memory_edited', { ...refOf(memory), text, prior: memory.text })];
  return { events, gaveWay: null };
}

/** ME-9: says how much a memory matters. The highest score pins it (ME-4). Throws DomainError `not_found`. */
export function scoreMemory(state: Standing, { memory, pins, home }: MemoryAt, significance: Significance): MemoryEdit {
  const hand = handIn(state);
  const row = inStory(hand, memory);
  if (row.significance === significance) return { events: [], gaveWay: null };
  const was = pinnedIn(pins, row.memoryId);
  const gaveWay = was === 'none' && significance === AUTO_PIN ? pushedOut(pins, row.memoryId, true, significance).gaveWay : null;
  const prior = { significance: row.significance, pinned: was };
  const { hold, held } = significance === AUTO_PIN ? holding(hand, row, home) : FREE;
  const event = hand.write('memory_scored', { ...refOf(row), significance, by: 'hand', prior, ...(gaveWay !== null && { gaveWay }), ...held });
  return { events: [...hold, event], gaveWay };
}

/**
 * ME-4: pins a memory by hand; over the cap the weakest automatic pin gives way. Throws DomainError `not_found`, and
 * `limit_reached` where all pins were made by hand.
 */
export function pinMemory(state: Standing, { memory, pins, home }: MemoryAt): MemoryEdit {
  const hand = handIn(state);
  const row = inStory(hand, memory);
  const was = pinnedIn(pins, row.memoryId);
  if (was === 'hand') return { events: [], gaveWay: null };
  const { stays, gaveWay } = pushedOut(pins, row.memoryId, false, row.significance);
  if (!stays) {
    throw new DomainError('limit_reached', 'Eight memories are pinned already. Unpin one first.', ['memoryId']);
  }
  const { hold, held } = holding(hand, row, home);
  const event = hand.write('memory_pinned', { ...refOf(row), significance: row.significance, prior: was, ...(gaveWay !== null && { gaveWay }), ...held });
  return { events: [...hold, event], gaveWay };
}

/** Takes a pin off. Nothing where there is none. Throws DomainError `not_found`. */
export function unpinMemory(state: Standing, { memory, pins }: Omit<MemoryAt, 'home'>): MemoryEdit {
  const hand = handIn(state);
  const row = inStory(hand, memory);
  const prior = pinnedIn(pins, row.memoryId);
  return { events: prior === 'none' ? [] : [hand.write('memory_unpinned', { ...refOf(row), prior })], gaveWay: null };
}

/** ME-9: deletes a memory; the event keeps all of it, so that it can come back. Throws DomainError `not_found`. */
export function deleteMemory(state: Standing, { memory, pins }: Omit<MemoryAt, 'home'>): MemoryEdit {
  const hand = handIn(state);
  const row = inStory(hand, memory);
  const { memoryId: _id, ownerId: _owner, continuityId: _continuity, ...rest } = row;
  const event = hand.write('memory_deleted', { ...refOf(row), prior: { ...rest, pinned: pinnedIn(pins, row.memoryId) } });
  return { events: [event], gaveWay: null };
}

/** The memory, if it belongs to the continuity that this chat is part of (WD-14). Throws DomainError `not_found`. */
export function inStory({ chat }: Hand, memory: MemoryRow | undefined): MemoryRow {
  if (memory === undefined) throw notThere('memory', 'memoryId');
  if (memory.continuityId !== chat.continuityId) throw new DomainError('not_found', 'This memory belongs to another story.', ['memoryId']);
  return memory;
}

/** What has a pin last no longer than its memory: nothing, where both are of one chat. */
interface Holding {
  readonly hold: readonly NewEvent[];
  readonly held: { readonly held?: true };
}

const FREE: Holding = { hold: [], held: {} };

/** TL-4: a memory of another chat goes when that is rewound, and its pin with it; both come back together. */
export function holding({ chat }: Hand, memory: MemoryRow, home: Home | undefined): Holding {
  if (home === undefined || home.chatId === chat.chatId) return FREE;
  return { hold: [inTurn(home.chatId, home.turnId, 'memory_held', refOf(memory))], held: { held: true } };
}

/** What names a memory. */
export function refOf({ memoryId, ownerId, continuityId }: MemoryRow): Pick<MemoryRow, 'memoryId' | 'ownerId' | 'continuityId'> {
  return { memoryId, ownerId, continuityId };
}

/** Whether a memory is among the pins, and how. */
export function pinnedIn(pins: PinRow | undefined, memoryId: string): Pinned {
  const pin = pins?.pins.find((candidate) => candidate.memoryId === memoryId);
  return pin === undefined ? 'none' : pin.auto ? 'auto' : 'hand';
}

/** What one more pin does under the cap: whether it stays, and which one goes. */
function pushedOut(pins: PinRow | undefined, memoryId: string, auto: boolean, significance: Significance): { stays: boolean; gaveWay: string | null } {
  const before = pins?.pins ?? [];
  // It will be the latest of all.
  const after = pinsWith(before, { memoryId, auto, significance, seq: Number.MAX_SAFE_INTEGER });
  const gone = before.find((pin) => pin.memoryId !== memoryId && !after.some((kept) => kept.memoryId === pin.memoryId));
  return { stays: after.some((pin) => pin.memoryId === memoryId), gaveWay: gone?.memoryId ?? null };
}

function memoryText(raw: string): string {
  const text = tidy(raw);
  if (!/[^\s\p{Cf}]/u.test(text)) throw new DomainError('invalid', 'There is nothing to remember yet.', ['text']);
  if (text.length > MEMORY_MOST) {
    const [long, most] = [text.length, MEMORY_MOST].map((count) => count.toLocaleString('en'));
    throw new DomainError('too_long', `This is ${long} characters long; a memory holds ${most}. Shorten it, or write it as several.`, ['text']);
  }
  return text;
}
