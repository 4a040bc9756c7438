import { DomainError } from '@offstage/domain';

/** Ids remembered: far more than all pages can have on the way at once. */
const REMEMBERED = 4_096;

/** Whom each command id belongs to. */
export interface Claims {
  /** Runs work under a procedure's own id. Throws DomainError `invalid` where another procedure has the id already. */
  run<T extends { readonly ok: boolean }>(commandId: string, procedure: string, work: () => Promise<T>): Promise<T>;
}

/**
 * Keeps a command id to the procedure that it was first sent to (TL-14): sent to another one it would be answered with
 * what the first one answered. A retry comes to the same procedure, and passes; an id whose command was refused has no
 * answer yet, and is free again. What is remembered ends with the process.
 */
export function createClaims(): Claims {
  const owners = new Map<string, string>();
  return {
    async run(commandId, procedure, work) {
      const owner = owners.get(commandId);
      if (owner !== undefined && owner !== procedure) {
        throw new DomainError('invalid', 'This request carries the id of another one, so nothing was done. Reload the page and try again.', ['commandId']);
      }
      owners.set(commandId, procedure);
      if (owners.size > REMEMBERED) owners.delete(owners.keys().next().value ?? '');
      const result = await work();
      if (!result.ok && owner === undefined) owners.delete(commandId);
      return result;
    },
  };
}
