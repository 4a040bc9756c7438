import { recall } from './storage.ts';

/** Whom the person wrote as when a story last began here, or else the first on the list; undefined where there is none. */
export function lastPersona<P extends { readonly personaId: string }>(personas: readonly P[]): P | undefined {
  const last = recall('persona');
  return personas.find(({ personaId }) => personaId === last) ?? personas[0];
}
