import type { NewEvent } from '../catalogue.ts';
import { inTurn } from '../catalogue.ts';
import type { TurnRow } from '../projections/turns.ts';
import { wordsOf } from '../projections/turns.ts';
import { storyText } from '../segments.ts';
import type { SegmentMarkers } from '../segments.ts';

export interface RememberTurn {
  readonly reply: TurnRow;
  /** The message that the reply answers, if it answers one. */
  readonly message: TurnRow | undefined;
  readonly continuityId: string;
  /** The bots among the reply's witnesses, each with the id that its memory gets. */
  readonly owners: readonly { readonly botId: string; readonly memoryId: string }[];
  /** What to call everyone who speaks or is spoken to. */
  readonly names: ReadonlyMap<string, string>;
  /** What marks a remark: remarks are nobody's memory. */
  readonly markers?: SegmentMarkers;
}

/** ME-1: every bot present remembers the message and the reply, each from its own point of view; silent ones too. */
export function rememberTurn(input: RememberTurn): NewEvent[] {
  const { reply } = input;
  return input.owners.flatMap(({ botId, memoryId }) => {
    const text = pointOfView(input, botId);
    if (text === '') return [];
    return inTurn(reply.chatId, reply.turnId, 'memory_written', {
      memoryId,
      ownerId: botId,
      continuityId: input.continuityId,
      kind: 'turn',
      text,
      witnesses: reply.witnesses,
      clock: reply.clock,
      sceneId: reply.sceneId,
      aboutTurnId: reply.turnId,
      source: 'direct',
      reliability: 1,
      significance: 1,
      quotes: [],
    });
  });
}

/** The exchange as one of those present would tell it. Empty where nothing was said that belongs to the story. */
function pointOfView({ reply, message, names, markers }: RememberTurn, ownerId: string): string {
  // A reply that brought no word is no exchange: the message is told when an answer comes.
  if (storyText(wordsOf(reply), markers) === '') return '';
  const call = (entityId: string | null, self: string): string =>
    entityId === ownerId ? self : ((entityId === null ? undefined : names.get(entityId)) ?? 'someone');
  const lines = [message, reply].flatMap((turn) => {
    const words = turn === undefined ? '' : storyText(wordsOf(turn), markers);
    if (turn === undefined || words === '') return [];
    return `${call(turn.speakerId, 'I')} said to ${call(turn.addresseeId, 'me')}: ${words}`;
  });
  return lines.join('\n');
}

/** TN-9: what was owed after a reply is done. */
export function settlePasses(reply: Pick<TurnRow, 'chatId' | 'turnId'>): NewEvent {
  return inTurn(reply.chatId, reply.turnId, 'passes_settled', {});
}
