import type { LogEvent, NewEvent, Payload } from '../catalogue.ts';
import { inChat, inTurn } from '../catalogue.ts';
import { DomainError } from '../errors.ts';
import type { MemoryRow } from '../projections/memories.ts';
import type { SkipQuestionRow } from '../projections/skipQuestions.ts';
import type { TurnRow } from '../projections/turns.ts';
import type { SkipMode } from '../skipTarget.ts';
import { timeInWords } from '../storyTime.ts';
import { cleanText, MESSAGE_MAX } from '../words.ts';
import { closeScene } from './scenes.ts';
import type { Playable, Standing } from './send.ts';
import { ownTurn, playable } from './send.ts';

/** Characters of the words that ask for a skip, and of what went on in between, that are kept. */
const ASKED_MOST = 4_000;

/** A skip that is decided on: how, and to when (ISO 8601 UTC; null where the story has no clock). */
export interface SkipPlan {
  readonly mode: SkipMode;
  readonly asked: string;
  readonly to: string | null;
  /** True where the words end the scene too (SC-6). */
  readonly closes: boolean;
}

/**
 * SC-5: asks whether anything in between is worth telling; `words` is the message that leapt ahead, empty for none. A
 * question that is open already gives way to this one. Throws as `playable`.
 */
export function askSkip(state: Standing, head: string, plan: SkipPlan, words: string): NewEvent[] {
  const { chat, head: turn, stage } = playable(state, head);
  const { asked, to, closes } = plan;
  return [inTurn(chat.chatId, turn.turnId, 'skip_asked', { asked: kept(asked), from: stage?.clock ?? null, to, closes, words: cleanText(words) })];
}

/** The question that is open where a chat stands; undefined where none is. */
export function openQuestion(question: SkipQuestionRow | undefined, head: string | undefined): SkipQuestionRow | undefined {
  return question?.turnId === head ? question : undefined;
}

/** SC-5: takes an open question back; nothing of it stays to be seen. Nothing where none is open. */
export function dropSkip(question: SkipQuestionRow | undefined): NewEvent[] {
  return question === undefined ? [] : [inTurn(question.chatId, question.turnId, 'skip_answered', {})];
}

export interface StartSkip {
  /** Where the person saw the chat stand. */
  readonly head: string;
  readonly plan: SkipPlan;
  /** The message that asked for it: a turn of yours before the skip. Empty for none. */
  readonly words: string;
  /** What went on in between, as the person says (SC-5). */
  readonly notable: string;
  readonly model: string;
  /** The question that this answers. */
  readonly question: SkipQuestionRow | undefined;
  /** The highest of what happened in the scene that is open. */
  readonly significance: MemoryRow['significance'];
  readonly userTurnId: string;
  readonly skipTurnId: string;
  readonly nextSceneId: string;
}

/**
 * SC-4 to SC-6: the start of a skip: your message where it asked for it, the turn itself, the end of the scene where the
 * words end it, and the clock. The words that tell it follow. Throws as `playable`, `too_long` for more than fits.
 */
export function startSkip(state: Standing, input: StartSkip): NewEvent[] {
  const at = playable(state, input.head);
  const { chat, stage, scene, head } = at;
  const { plan, skipTurnId } = input;
  if (input.notable.length > ASKED_MOST) {
    throw new DomainError('too_long', `What went on in between may be ${ASKED_MOST.toLocaleString('en')} characters long. Tell the rest in the story.`, ['notable']);
  }
  const from = stage?.clock ?? null;
  const to = plan.to ?? from;
  const said = input.words === '' ? [] : [userTurn(at, input)];
  const ends = plan.closes && scene !== undefined && !scene.closed && (head.kind !== 'kickoff' || said.length > 0);
  const sceneId = ends ? input.nextSceneId : (scene?.sceneId ?? null);
  const closing = ends
    ? closeScene({
        chatId: chat.chatId,
        turnId: skipTurnId,
        scene,
        cast: { personaId: chat.personaId, hostId: chat.hostId, guestId: stage?.guestId ?? null },
        clock: from,
        opensAt: to,
        significance: input.significance,
        nextSceneId: input.nextSceneId,
        place: undefined,
      })
    : [];
  return [
    ...dropSkip(input.question),
    ...said,
    inTurn(chat.chatId, skipTurnId, 'skip_started', {
      parentId: said.length > 0 ? input.userTurnId : head.turnId,
      depth: head.depth + 1 + said.length,
      speakerId: null,
      addresseeId: null,
      sceneId,
      witnesses: [...at.present],
      clock: to,
      mode: plan.mode,
      asked: kept(plan.asked),
      from,
      to,
      closes: ends,
      notable: cleanText(input.notable).trim(),
      model: input.model,
    }),
    ...closing,
    ...(to === null || to === from ? [] : [inTurn(chat.chatId, skipTurnId, 'clock_set', { clock: to })]),
  ];
}

function userTurn(at: Playable, { words, userTurnId }: StartSkip): NewEvent {
  return inTurn(at.chat.chatId, userTurnId, 'user_turn', {
    ...ownTurn(at),
    text: words.slice(0, MESSAGE_MAX),
  });
}

export interface SkipAgain {
  readonly state: Standing;
  readonly expectedHead: string;
  readonly skip: TurnRow | undefined;
  /** What hangs from the skip that is told anew. */
  readonly hung: readonly LogEvent[];
  readonly nudge: string | undefined;
  readonly model: string;
  readonly skipTurnId: string;
}

/**
 * TL-6: tells a skip anew, beside the old one: the same leap, with what it did to scene and clock. Throws as
 * `playable`, `invalid` where the turn is no skip.
 */
export function skipAgain({ state, expectedHead, skip, hung, nudge, model, skipTurnId }: SkipAgain): NewEvent[] {
  const { chat, head } = playable(state, expectedHead);
  const start = hung.find((event) => event.kind === 'skip_started');
  if (skip?.chatId !== chat.chatId || skip.parentId === null || start === undefined) throw new DomainError('invalid', 'There is no skip here to try again.', ['turnId']);
  const { nudge: _before, ...payload } = start.payload;
  const begun = hung.filter(({ commandId, kind }) => commandId === start.commandId && kind !== 'skip_started');
  return [
    inChat(chat.chatId, 'head_moved', { to: skip.parentId, from: head.turnId, reason: 'regenerate' }),
    inTurn(chat.chatId, skipTurnId, 'skip_started', { ...payload, model, ...(nudge !== undefined && { nudge }) }),
    // Kind and payload stay paired as they were.
    ...begun.map(({ kind, payload: done }) => ({ kind, payload: done, chatId: chat.chatId, turnId: skipTurnId }) as NewEvent),
  ];
}

/** Ends a skip with what came of it. Where no words came, a plain sentence tells it: a skip is never without (SC-7). */
export function endSkip(turn: TurnRow, end: Payload<'assistant_turn'>): NewEvent {
  const text = cleanText(end.text).trim();
  const told = text === '' ? ({ ...end, text: plainSkip(turn.clock), truncated: false, finishReason: 'written' } as const) : { ...end, text };
  return inTurn(turn.chatId, turn.turnId, 'skip_ended', told);
}

/** The plain sentence that stands for a skip which nobody could tell. */
function plainSkip(clock: string | null): string {
  return clock === null ? 'Time passes.' : `Time passes. It is ${timeInWords(clock)}.`;
}

function kept(asked: string): string {
  return cleanText(asked).trim().slice(0, ASKED_MOST).toWellFormed();
}
