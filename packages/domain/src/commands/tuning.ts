import type { NewEvent } from '../catalogue.ts';
import { inChat } from '../catalogue.ts';
import { DomainError } from '../errors.ts';
import type { ChatRow } from '../projections/chats.ts';
import type { Tuning } from '../shapes.ts';
import { cleanText } from '../words.ts';

/** What a chat is to set for itself; what is left out stays as it is, `null` follows the settings. */
export type TuningChange = { readonly [K in keyof Tuning]?: Tuning[K] | undefined };

/**
 * PR-7: gives a chat an author's note, sampler settings or passes of its own. A note without words is no note, a
 * sampler that sets nothing is none. Nothing happens where all is as it was. Throws DomainError `not_found`.
 */
export function tuneChat(chat: ChatRow | undefined, change: TuningChange): NewEvent[] {
  if (chat === undefined) throw new DomainError('not_found', 'This chat is no longer there.', ['chatId']);
  const before = chat.tuning;
  const next: Partial<Tuning> = {};
  if (change.note !== undefined) {
    const note = noteOf(change.note);
    if (note?.text !== before.note?.text || note?.depth !== before.note?.depth) next.note = note;
  }
  if (change.sampler !== undefined) {
    const sampler = samplerOf(change.sampler);
    if (!sameSampler(sampler, before.sampler)) next.sampler = sampler;
  }
  if (change.passesOff !== undefined) {
    const passesOff = change.passesOff === null ? null : [...new Set(change.passesOff)].toSorted();
    if (passesOff?.join() !== before.passesOff?.toSorted().join()) next.passesOff = passesOff;
  }
  return Object.keys(next).length === 0 ? [] : [inChat(chat.chatId, 'chat_tuned', next)];
}

function noteOf(note: Tuning['note']): Tuning['note'] {
  const text = note === null ? '' : cleanText(note.text).trim();
  return note === null || text === '' ? null : { text, depth: note.depth };
}

type Sampler = NonNullable<Tuning['sampler']>;

function samplerOf(sampler: Tuning['sampler']): Tuning['sampler'] {
  if (sampler === null) return null;
  const named = Object.entries(sampler).filter(([, value]) => value !== undefined);
  return named.length === 0 ? null : Object.fromEntries(named);
}

function sameSampler(one: Tuning['sampler'], other: Tuning['sampler']): boolean {
  const names: readonly (keyof Sampler)[] = ['temperature', 'topP', 'maxTokens', 'presencePenalty', 'frequencyPenalty'];
  return (one === null) === (other === null) && names.every((name) => one?.[name] === other?.[name]);
}
