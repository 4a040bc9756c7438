import { given } from '../projection.ts';
import { sameJson } from '../same.ts';
import { changedSince, notAnEdit } from './refusals.ts';

/** True where the value is to be put back; false where it stands there already. Throws DomainError `already_done` where it is neither. */
export function wantedBack(set: unknown, prior: unknown, now: unknown): boolean {
  if (sameJson(now, prior)) return false;
  if (!sameJson(now, set)) throw changedSince();
  return true;
}

/** The fields to put back, of those that an edit changed. Throws DomainError `invalid` where no hand changed them, and as `wantedBack`. */
export function before<T extends object>(changes: T, prior: T | undefined, row: object | undefined): { [K in keyof T]?: Exclude<T[K], undefined> } {
  if (prior === undefined) throw notAnEdit();
  const fields = Object.entries(given(prior)).filter(
    ([field, was]) => row !== undefined && wantedBack(Reflect.get(changes, field), was, Reflect.get(row, field)),
  );
  // Some of the fields of `prior`, each with its value.
  return Object.fromEntries(fields) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
