import { DomainError } from '@offstage/domain';
import type { Row } from '@offstage/domain';
import { send } from '../turn.ts';
import type { SlashAction } from './action.ts';

/**
 * `/as NAME WORDS`: this one message is another persona's of yours, who is then there in your stead. The chat keeps its
 * own persona. The name may stand in quotes; without, the longest name that fits is meant.
 */
export const as: SlashAction = async (kit, input, rest) => {
  const personas = (await kit.store.read.rows('personas', {})).filter(({ removed }) => !removed);
  const { persona, words } = named(rest, personas);
  if (persona === undefined) {
    const names = personas.map(({ name }) => name).join(', ');
    throw new DomainError('invalid', `None of your personas is called so. There ${personas.length === 1 ? 'is' : 'are'} ${names}.`, ['text']);
  }
  if (words === '') throw new DomainError('invalid', `What does ${persona.name} say? Write it behind the name.`, ['text']);
  return { ...(await send(kit, { ...input, text: words }, persona.personaId)), said: null };
};

function named(rest: string, personas: readonly Row<'personas'>[]): { persona: Row<'personas'> | undefined; words: string } {
  const quoted = /^["\u201C]([^"\u201D]+)["\u201D]\s*([\s\S]*)$/u.exec(rest);
  const is = (persona: Row<'personas'>, name: string): boolean => persona.name.toLowerCase() === name.trim().toLowerCase();
  if (quoted !== null) return { persona: personas.find((one) => is(one, quoted[1] ?? '')), words: (quoted[2] ?? '').trim() };
  const fitting = personas
    .filter(({ name }) => rest.toLowerCase().startsWith(name.toLowerCase()) && !/^[\p{L}\p{N}]/u.test(rest.slice(name.length)))
    .toSorted((a, b) => b.name.length - a.name.length)[0];
  return { persona: fitting, words: fitting === undefined ? '' : rest.slice(fitting.name.length).replace(/^\s*[:,]\s*/, '').trim() };
}
