import { DomainError } from '../errors.ts';

/** Throws DomainError `invalid` where a name that was typed to confirm is another. Case and spaces do not matter. */
export function confirmName(typed: string, name: string): void {
  if (plain(typed) !== plain(name)) throw new DomainError('invalid', `Type the name as it stands: ${name}.`, ['name']);
}

const plain = (name: string): string => name.normalize('NFC').replaceAll(/\s+/g, ' ').trim().toLowerCase();
