import type { Row } from '@offstage/domain';
import { DomainError } from '@offstage/domain';
import { regenerate as decideAgain } from '@offstage/domain/commands/reply';
import { messageOf, playable, sendMessage } from '@offstage/domain/commands/send';
import type { Playable, Standing } from '@offstage/domain/commands/send';
import { dropSkip, openQuestion } from '@offstage/domain/commands/skip';
import { wordsOf } from '@offstage/domain/words';
import { storyText } from '@offstage/domain/segments';
import type { Reads } from '@offstage/store';
import type { ChosenModel } from '../core.ts';
import { untilAsked } from '../live/untilAsked.ts';
import type { Prompt } from '../prompt/assemble.ts';
import { chooseAddressee } from './addressee.ts';
import type { Addressee } from './addressee.ts';
import { chooseModel } from './choosing.ts';
import type { Kit } from './kit.ts';
import { asidePrompt } from './meanwhile/prompt.ts';
import { isAside } from './meanwhile/standing.ts';
import { promptFor } from './promptFor.ts';
import type { SaidInput } from './slash/action.ts';
import { readStanding, standingNow } from './standing.ts';

export interface RegenerateInput {
  readonly commandId: string;
  readonly chatId: string;
  /** Where the person saw the chat stand. */
  readonly head: string;
  /** The reply to replace; by default the one at the head. */
  readonly turnId?: string | undefined;
  /** What the message says instead. */
  readonly text?: string | undefined;
  /** One line about how the new reply should go. */
  readonly nudge?: string | undefined;
}

/** Everything that a turn needs, made ready before anything is written: what is refused leaves no trace. */
interface Ready {
  readonly speaker: Row<'bots'>;
  readonly addressed: Addressee['addressed'];
  readonly others: readonly string[];
  readonly chosen: ChosenModel;
  readonly prompt: Prompt;
}

/**
 * One turn of yours and the reply (TN-4); `asPersona` has another of your personas say it. Answers once the turn stands in the log; the reply then comes by itself.
 * Throws DomainError `stale_head`, `busy`, `invalid`, `too_long`, `not_found`.
 */
export async function send(kit: Kit, input: SaidInput, asPersona?: string): Promise<{ userTurnId: string; replyTurnId: string }> {
  const message = messageOf(input.text);
  const before = await readStanding(kit.store.read, input.chatId);
  const ready = standsAt(before, input.head) ? await makeReady(kit, as(playable(before, input.head), asPersona), message, input.to) : undefined;

  const ids = { userTurnId: kit.newId(), replyTurnId: kit.newId() };
  const command = { id: input.commandId, actor: 'person' as const, at: kit.now() };
  const commit = await kit.store.execute(command, async (read) => {
    const state = await decidable(read, input.chatId, input.head, ready);
    const { speaker, addressed, chosen } = state.ready;
    const question = openQuestion(await read.row('skipQuestions', input.chatId), input.head);
    const events = [...dropSkip(question), ...sendMessage(standingAs(state.standing, asPersona), { head: input.head, text: message, speakerId: speaker.botId, addressed, model: chosen.model, ...ids })];
    return { events, answer: ids };
  });

  if (!commit.replayed && ready !== undefined) {
    kit.writer.write({ chatId: input.chatId, turnId: ids.replyTurnId, ...ready, prompt: () => ready.prompt });
    // The model is asked before pages are answered: its first word is what everybody waits for.
    await untilAsked();
  }
  return commit.answer;
}

/**
 * A new reply in place of another, which stays as an alternate (TL-6). Throws DomainError `stale_head`, `busy`,
 * `invalid`, `not_found`.
 */
export async function regenerate(kit: Kit, input: RegenerateInput): Promise<{ userTurnId: string | null; replyTurnId: string }> {
  const turnId = input.turnId ?? input.head;
  const old = await kit.store.read.row('turns', turnId);
  const message = old?.parentId == null ? undefined : await kit.store.read.row('turns', old.parentId);
  const chat = await kit.store.read.row('chats', input.chatId);
  const before = old?.speakerId == null ? undefined : await kit.people.bot(old.speakerId);
  const aside = old !== undefined && (await isAside(kit.store.read, old));
  // Words that stay as they were make no other message.
  const text = input.text === undefined || message === undefined || messageOf(input.text) === wordsOf(message) ? undefined : input.text;
  const answering = text === undefined || before === undefined || aside ? undefined : await answererOf(kit, chat, message, text);
  const speaker = answering?.speaker ?? before;
  const chosen = await chooseModel(kit, chat, speaker);

  const ids = { userTurnId: kit.newId(), replyTurnId: kit.newId() };
  const command = { id: input.commandId, actor: 'person' as const, at: kit.now() };
  const commit = await kit.store.execute(command, async (read) => ({
    events: decideAgain({
      state: await readStanding(read, input.chatId),
      expectedHead: input.head,
      reply: old,
      message,
      text,
      answering: answering && { speakerId: answering.speaker.botId, addressed: answering.addressed },
      nudge: input.nudge?.trim() === '' ? undefined : input.nudge?.trim(),
      model: chosen.model,
      ...ids,
      hung: await read.ofTurn(turnId),
    }),
    answer: { userTurnId: text === undefined ? null : ids.userTurnId, replyTurnId: ids.replyTurnId },
  }));

  if (!commit.replayed && speaker !== undefined && old !== undefined) {
    // Nothing may fail between the commit and the writer, or the turn would be open for ever: what the prompt needs is
    // read by the writer itself.
    const names = await kit.people.names(old.witnesses.filter((id) => id !== speaker.botId)).catch(() => new Map<string, string>());
    kit.writer.write({
      chatId: input.chatId,
      turnId: ids.replyTurnId,
      speaker,
      others: [...names.values()],
      chosen,
      // It is made now that what the old reply left behind is undone.
      prompt: async () => {
        if (aside) return asidePrompt(kit, input.chatId, { speakerId: speaker.botId, addresseeId: old.addresseeId, nudge: input.nudge?.trim() });
        const at = await standingNow(kit.store.read, input.chatId);
        return promptFor(kit, { at, speakerId: speaker.botId, addresseeId: old.addresseeId, message: undefined, nudge: input.nudge?.trim(), interjecting: message?.kind === 'assistant' });
      },
    });
  }
  return commit.answer;
}

/**
 * TN-3: who answers other words in the place of a message: whom they name, else whom the person had chosen, else the one
 * spoken to last before it. Undefined where the message says nothing of the kind.
 */
async function answererOf(kit: Kit, chat: Row<'chats'> | undefined, message: Row<'turns'> | undefined, text: string): Promise<Addressee | undefined> {
  const { read } = kit.store;
  const head = message?.parentId == null ? undefined : await read.row('turns', message.parentId);
  if (chat === undefined || message?.kind !== 'user' || head === undefined) return undefined;
  const at = { chat, head, stage: undefined, scene: undefined, present: message.witnesses };
  const choice = await chooseAddressee(kit, at, storyText(text, { ooc: kit.config.current.chat.ooc }), undefined);
  if (choice.addressed?.by === 'name') return choice;
  const said = (await read.ofTurn(message.turnId)).find(({ kind }) => kind === 'user_turn');
  const byHand = said?.kind === 'user_turn' && said.payload.addressed?.by === 'hand' ? said.payload.addressed : undefined;
  const chosen = byHand === undefined || message.addresseeId === null ? undefined : await kit.people.bot(message.addresseeId);
  return chosen === undefined ? choice : { speaker: chosen, addressed: byHand };
}

/** Chooses who answers and with which model, and puts the prompt together. */
async function makeReady(kit: Kit, at: Playable, message: string, to: string | undefined): Promise<Ready> {
  const told = storyText(message, { ooc: kit.config.current.chat.ooc });
  const { speaker, addressed } = await chooseAddressee(kit, at, told, to);
  const names = await kit.people.names(at.present.filter((id) => id !== speaker.botId));
  const [chosen, prompt] = await Promise.all([
    chooseModel(kit, at.chat, speaker),
    promptFor(kit, { at, speakerId: speaker.botId, addresseeId: at.chat.personaId, message: told }),
  ]);
  return { speaker, addressed, others: [...names.values()], chosen, prompt };
}

function standsAt(state: Standing, head: string): boolean {
  return state.head?.turnId === head && state.head.status === 'whole';
}

/** The standing at the moment of decision. Throws where it is not what the turn was made ready for. */
async function decidable(read: Reads, chatId: string, head: string, ready: Ready | undefined) {
  const standing = await readStanding(read, chatId);
  playable(standing, head);
  if (ready === undefined) throw new DomainError('stale_head', 'The story went on elsewhere since you began to write. Your words are kept.', ['head']);
  return { standing, ready };
}

/** How things stand where another persona is there in the stead of the chat's own. */
function as(at: Playable, personaId: string | undefined): Playable {
  if (personaId === undefined) return at;
  const present = [...new Set([personaId, ...at.present.filter((id) => id !== at.chat.personaId)])];
  return { ...at, chat: { ...at.chat, personaId }, present };
}

function standingAs(standing: Standing, personaId: string | undefined): Standing {
  const { chat, scene } = standing;
  if (personaId === undefined || chat === undefined) return standing;
  const present = scene?.present.map((id) => (id === chat.personaId ? personaId : id));
  return { ...standing, chat: { ...chat, personaId }, scene: scene && { ...scene, present: [...new Set(present)] } };
}
