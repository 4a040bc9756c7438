import type { NewEvent } from '../catalogue.ts';
import { inTurn } from '../catalogue.ts';
import type { MemoryRow } from '../projections/memories.ts';
import type { TurnRow } from '../projections/turns.ts';
import { wordsOf, cleanText } from '../words.ts';
import { storyText } from '../segments.ts';
import type { SegmentMarkers } from '../segments.ts';

/** Characters of a fact that are kept; `events/feeling` holds facts of edges to the same. */
const FACT_MOST = 1_000;
/** A memory of the exchange that stands from when it was learned from before (TL-8). */
export interface KeptMemory {
  readonly memoryId: string;
  readonly ownerId: string;
  /** As it stands now; null where a hand has deleted it. */
  readonly text: string | null;
  readonly significance: Significance;
  /** A hand has put it in other words: they stay. */
  readonly reworded: boolean;
  /** A hand has judged how much it matters. */
  readonly judged: boolean;
}

type Significance = MemoryRow['significance'];

/** Characters of an exchange that are kept; `events/feeling` holds memories to the same. */
const EXCHANGE_MOST = 100_000;

export interface RememberTurn {
  readonly reply: TurnRow;
  /** The message that the reply answers, if it answers one. */
  readonly message: TurnRow | undefined;
  readonly continuityId: string;
  /** The bots among the reply's witnesses, each with the id that its memory gets. */
  readonly owners: readonly { readonly botId: string; readonly memoryId: string }[];
  /** Those that they have already: told in the words of now. */
  readonly kept?: readonly KeptMemory[];
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
    const kept = input.kept?.find(({ ownerId }) => ownerId === botId);
    if (kept !== undefined) {
      if (kept.text === null || kept.reworded || kept.text === text) return [];
      const memory = { memoryId: kept.memoryId, ownerId: botId, continuityId: input.continuityId };
      return inTurn(reply.chatId, reply.turnId, 'memory_edited', { ...memory, text, prior: kept.text });
    }
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
  // What the engine itself wrote of a skip is no memory (ME-6).
  const told = reply.kind === 'skip' && reply.finishReason === 'written' ? [message] : [message, reply];
  const call = (entityId: string | null, self: string): string =>
    entityId === ownerId ? self : ((entityId === null ? undefined : names.get(entityId)) ?? 'someone');
  const lines = told.flatMap((turn) => {
    const words = turn === undefined ? '' : storyText(wordsOf(turn), markers);
    if (turn === undefined || words === '') return [];
    if (turn.kind === 'skip') return words;
    return `${call(turn.speakerId, 'I')} said to ${call(turn.addresseeId, 'me')}: ${words}`;
  });
  return lines.join('\n').slice(0, EXCHANGE_MOST).toWellFormed();
}

/** TN-9: what was owed after a reply is done. */
export function settlePasses(reply: Pick<TurnRow, 'chatId' | 'turnId'>): NewEvent {
  return inTurn(reply.chatId, reply.turnId, 'passes_settled', {});
}

/** ME-3: what is told on loses a fifth of its reliability with every mouth. */
const TOLD_KEEPS = 0.8;

export interface RememberTold {
  readonly reply: Pick<TurnRow, 'chatId' | 'turnId' | 'clock' | 'sceneId'>;
  readonly continuityId: string;
  readonly memoryId: string;
  /** The bot that was told. */
  readonly hearerId: string;
  readonly tellerId: string;
  readonly tellerName: string;
  readonly fact: string;
  /** How well the teller knows it, 0..1. */
  readonly reliability: number;
}

/** ME-3: a bot remembers what it was told, and by whom. Empty where nothing was said. */
export function rememberTold(input: RememberTold): NewEvent[] {
  const fact = cleanText(input.fact).trim().slice(0, FACT_MOST).toWellFormed();
  if (fact === '') return [];
  const { reply, hearerId, tellerId } = input;
  return [
    inTurn(reply.chatId, reply.turnId, 'memory_written', {
      memoryId: input.memoryId,
      ownerId: hearerId,
      continuityId: input.continuityId,
      kind: 'told',
      text: `${input.tellerName} told me: ${fact}`,
      witnesses: [tellerId, hearerId],
      clock: reply.clock,
      sceneId: reply.sceneId,
      aboutTurnId: reply.turnId,
      source: `told_by:${tellerId}`,
      reliability: input.reliability * TOLD_KEEPS,
      significance: 1,
      quotes: [],
    }),
  ];
}
