import type { NewEvent } from '../catalogue.ts';
import { DomainError } from '../errors.ts';
import type { ItemRow } from '../projections/inventory.ts';
import type { Hand, Wanted } from './edits.ts';
import { changedFields, handIn, notThere, tidy } from './edits.ts';
import type { Standing } from './send.ts';

/** Things that one may have at a time. */
const THINGS_MOST = 100;

type ThingChanges = Wanted<Pick<ItemRow, 'entityId' | 'name' | 'note'>>;

/** WD-12: gives somebody a thing by hand. `has` is how many they have. Throws DomainError `not_found`, `invalid`, `limit_reached`. */
export function addThing(state: Standing, thing: Pick<ItemRow, 'itemId' | 'entityId' | 'name' | 'note'>, has: number): NewEvent[] {
  const hand = handIn(state);
  ofStory(hand, thing.entityId);
  room(has);
  const { name, note } = worded(thing);
  return [hand.write('item_acquired', { itemId: thing.itemId, entityId: thing.entityId, name: name ?? '', note: note ?? '' })];
}

/** WD-12: words a thing anew, or gives it to somebody else. `has` is how many that one has. Throws as `addThing`, and `already_done` for a lost one. */
export function changeThing(state: Standing, row: ItemRow | undefined, changes: ThingChanges, has: number): NewEvent[] {
  const hand = handIn(state);
  const thing = there(hand, row);
  if (changes.entityId !== undefined && changes.entityId !== thing.entityId) {
    ofStory(hand, changes.entityId);
    room(has);
  }
  const changed = changedFields<Pick<ItemRow, 'entityId' | 'name' | 'note'>>(thing, { entityId: changes.entityId, ...worded(changes) });
  return changed === undefined ? [] : [hand.write('item_edited', { itemId: thing.itemId, ...changed })];
}

/** WD-12: takes a thing away by hand. Throws DomainError `not_found`, and `already_done` for one that is lost. */
export function loseThing(state: Standing, row: ItemRow | undefined): NewEvent[] {
  const hand = handIn(state);
  const { itemId, note } = there(hand, row);
  return [hand.write('item_lost', { itemId, note })];
}

function there({ chat }: Hand, row: ItemRow | undefined): ItemRow {
  if (row === undefined || row.chatId !== chat.chatId) throw notThere('thing', 'itemId');
  if (row.lost) throw new DomainError('already_done', 'This is lost already, so it stays as it is.', ['itemId']);
  return row;
}

function ofStory({ cast }: Hand, entityId: string): void {
  if (!cast.includes(entityId)) throw new DomainError('not_found', 'Nobody of that name is in this story.', ['entityId']);
}

function room(has: number): void {
  if (has >= THINGS_MOST) throw new DomainError('limit_reached', `Nobody can have more than ${THINGS_MOST} things. Take one away first.`, ['entityId']);
}

function worded({ name, note }: Wanted<Pick<ItemRow, 'name' | 'note'>>): Wanted<Pick<ItemRow, 'name' | 'note'>> {
  const called = name === undefined ? undefined : tidy(name).replaceAll(/\s+/g, ' ');
  if (called === '') throw new DomainError('invalid', 'A thing needs a name.', ['name']);
  return { name: called, note: note === undefined ? undefined : tidy(note) };
}
