import { chooseSpeaker, spokenToLast } from '@offstage/domain/addressee';
import { storyText } from '@offstage/domain/segments';
import { presentOn } from './scenery.ts';
import type { CastMember, ChatState } from './state.ts';

/** Who could be spoken to, and who will be as things stand. */
export interface Addressees {
  /** The bots who are here. */
  readonly all: readonly CastMember[];
  /** Null where the words leave it open: then it is found out when they are sent. */
  readonly likely: CastMember | null;
}

/** Whom a message would speak to (TN-3), worked out as the server will; `chosen` is whom a hand has picked for it. */
export function addresseesOf({ open, scenery, transcript }: ChatState, text: string, chosen: string | null): Addressees {
  const bots = open.cast.filter(({ kind }) => kind === 'bot');
  const present = scenery === null ? [] : presentOn(scenery);
  const here = present.flatMap((id) => bots.filter(({ entityId }) => entityId === id));
  const host = bots.filter(({ entityId }) => entityId === open.chat.hostId);
  const all = here.length > 0 ? here : host;
  const picked = all.find(({ entityId }) => entityId === chosen);
  if (picked !== undefined) return { all, likely: picked };
  // What two of them had among themselves is no answer to you, and a remark or a skip is none either.
  const aside = (at: number): boolean => scenery?.scenes.get(transcript.turns.get(at)?.sceneId ?? '')?.meanwhile === true;
  let depth = transcript.headDepth;
  while (depth > 0 && (aside(depth) || transcript.turns.get(depth)?.kind !== 'assistant')) depth -= 1;
  const before = spokenToLast(transcript.turns.get(depth), transcript.turns.get(depth - 1), open.chat.personaId);
  const choice = chooseSpeaker(storyText(text), all.map(({ entityId, name }) => ({ botId: entityId, name })), [...before, open.chat.hostId]);
  return { all, likely: choice.sure ? (all.find(({ entityId }) => entityId === choice.botId) ?? null) : null };
}
