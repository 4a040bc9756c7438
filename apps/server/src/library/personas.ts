import { makePersona, reauthorPersona, removePersona as decideRemoval } from '@offstage/domain/commands/authoring';
import type { PersonaIdentityInput } from '@offstage/domain/commands/authoring';
import type { Row } from '@offstage/domain';
import type { Command, Store } from '@offstage/store';

/** Personas on offer, by name. */
export async function listPersonas(store: Store): Promise<Row<'personas'>[]> {
  const rows = await store.read.rows('personas', { removed: false });
  return rows.toSorted((a, b) => a.name.localeCompare(b.name));
}

/** Makes a persona, or rewrites the one named. Throws DomainError `not_found` for an unknown one. */
export async function authorPersona(
  store: Store,
  command: Command,
  input: { readonly personaId?: string | undefined; readonly identity: PersonaIdentityInput },
  newId: () => string,
): Promise<{ personaId: string }> {
  const { answer } = await store.execute(command, async (read) => {
    if (input.personaId === undefined) {
      const personaId = newId();
      return { events: makePersona(personaId, input.identity), answer: { personaId } };
    }
    const { personaId } = input;
    return { events: reauthorPersona(await read.row('personas', personaId), input.identity), answer: { personaId } };
  });
  return answer;
}

/** Takes a persona off the list; chats that use it keep it. */
export async function removePersona(store: Store, command: Command, personaId: string): Promise<void> {
  await store.execute(command, async (read) => ({
    events: decideRemoval(await read.row('personas', personaId)),
    answer: null,
  }));
}
