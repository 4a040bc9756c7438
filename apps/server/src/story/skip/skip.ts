import { DomainError } from '@offstage/domain';
import { expirePlans } from '@offstage/domain/commands/plans';
import { playable } from '@offstage/domain/commands/send';
import type { Playable, Standing } from '@offstage/domain/commands/send';
import { askSkip, dropSkip, openQuestion, skipAgain, startSkip } from '@offstage/domain/commands/skip';
import type { SkipPlan } from '@offstage/domain/commands/skip';
import { presentIn } from '@offstage/domain/presence';
import type { ChosenModel } from '../../core.ts';
import { unlessDone } from '../done.ts';
import type { Kit } from '../kit.ts';
import { significanceOf } from '../meanwhile/standing.ts';
import type { Said } from '../slash/action.ts';
import { readStanding } from '../standing.ts';
import { chooseModel } from '../choosing.ts';
import { BriefGuard } from './brief.ts';
import { planByWords, planTo } from './plan.ts';
import { transitionMessages } from './transition.ts';

/** A request about a skip, made where the person saw the chat stand. */
interface At {
  readonly commandId: string;
  readonly chatId: string;
  readonly head: string;
}

export interface SkipInput extends At {
  /** When to go, in words ("next morning", "to when we arrive"), or an exact moment, ISO 8601 UTC. */
  readonly when: { readonly words: string } | { readonly moment: string };
}

/** How long the telling of a skip may get, with some room beyond what is asked for. */
const MOST = { elision: { sentences: 3, characters: 700 }, jump: { sentences: 4, characters: 1_000 } };

/** A skip that is asked for outright: by `/skip` or in the drawer. Throws DomainError `stale_head`, `busy`, `invalid`, `not_found`. */
export function skip(kit: Kit, input: SkipInput): Promise<Said> {
  return unlessDone(kit, input.commandId, () => skipNow(kit, input));
}

async function skipNow(kit: Kit, input: SkipInput): Promise<Said> {
  const standing = await readStanding(kit.store.read, input.chatId);
  const at = standing.head?.turnId === input.head && standing.head.status === 'whole' ? playable(standing, input.head) : undefined;
  const plan = at === undefined ? undefined : 'moment' in input.when ? planTo(input.when.moment, at) : await planByWords(kit, at, input.when.words);
  return goAhead(kit, input, plan, '');
}

/**
 * Takes a skip that is decided on: an elision begins at once (SC-4), a jump asks first whether anything in between is worth
 * telling (SC-5). `words` is the message that asked for it; empty for none.
 */
export async function goAhead(kit: Kit, input: At, plan: SkipPlan | undefined, words: string): Promise<Said> {
  if (plan?.mode === 'elision') return begin(kit, input, { words, notable: '', planned: () => plan });
  const command = { id: input.commandId, actor: 'person' as const, at: kit.now() };
  const commit = await kit.store.execute(command, async (read): Promise<{ events: ReturnType<typeof askSkip>; answer: Said }> => {
    const state = await readStanding(read, input.chatId);
    playable(state, input.head);
    if (plan === undefined) throw staleHead();
    return { events: askSkip(state, input.head, plan, words), answer: { userTurnId: input.head, replyTurnId: input.head, said: null } };
  });
  return commit.answer;
}

/** SC-5: answers the question of a jump, which then begins. Throws DomainError `invalid` where none is open, else as `skip`. */
export function answerSkip(kit: Kit, input: At & { readonly notable: string }): Promise<Said> {
  const answered: Beginning = {
    words: undefined,
    notable: input.notable.trim(),
    planned: (question) => {
      if (question === undefined) throw new DomainError('invalid', 'No skip waits for an answer here any longer.', ['chatId']);
      return { mode: 'jump', asked: question.asked, to: question.to, closes: question.closes };
    },
  };
  return unlessDone(kit, input.commandId, () => begin(kit, input, answered));
}

/** SC-5: takes the question of a jump back; answers the message that asked for it, which is nobody's turn. */
export async function cancelSkip(kit: Pick<Kit, 'store' | 'now'>, input: Omit<At, 'head'>): Promise<{ words: string }> {
  const commit = await kit.store.execute({ id: input.commandId, actor: 'person', at: kit.now() }, async (read) => {
    const { head } = await readStanding(read, input.chatId);
    const question = openQuestion(await read.row('skipQuestions', input.chatId), head?.turnId);
    return { events: dropSkip(question), answer: { words: question?.words ?? '' } };
  });
  return commit.answer;
}

/** TL-6: tells a skip anew; the old telling stays as an alternate. Throws DomainError `stale_head`, `busy`, `invalid`, `not_found`. */
export async function tellAgain(kit: Kit, input: At & { readonly turnId: string; readonly nudge: string | undefined }): Promise<{ userTurnId: null; replyTurnId: string }> {
  const chosen = await narrator(kit, input.chatId);
  const skipTurnId = kit.newId();
  const commit = await kit.store.execute({ id: input.commandId, actor: 'person', at: kit.now() }, async (read) => ({
    events: skipAgain({
      state: await readStanding(read, input.chatId),
      expectedHead: input.head,
      skip: await read.row('turns', input.turnId),
      hung: await read.ofTurn(input.turnId),
      nudge: input.nudge === '' ? undefined : input.nudge,
      model: chosen.model,
      skipTurnId,
    }),
    answer: { userTurnId: null, replyTurnId: skipTurnId },
  }));
  if (!commit.replayed) tell(kit, input.chatId, skipTurnId, chosen);
  return commit.answer;
}

interface Beginning {
  /** The message that asked for it; undefined takes the question's. */
  readonly words: string | undefined;
  readonly notable: string;
  planned(question: Awaited<ReturnType<typeof questionIn>>): SkipPlan;
}

async function begin(kit: Kit, input: At, { words, notable, planned }: Beginning): Promise<Said> {
  const chosen = await narrator(kit, input.chatId);
  const ids = { userTurnId: kit.newId(), skipTurnId: kit.newId(), nextSceneId: kit.newId() };
  const commit = await kit.store.execute({ id: input.commandId, actor: 'person', at: kit.now() }, async (read) => {
    const state = await readStanding(read, input.chatId);
    playable(state, input.head);
    const question = await questionIn(read, state);
    const plan = planned(question);
    const said = words ?? question?.words ?? '';
    const significance = state.scene === undefined || !plan.closes ? 0 : await significanceOf(read, state.scene.sceneId, presentOf(state));
    const begun = startSkip(state, { head: input.head, plan, words: said, notable, model: chosen.model, question, significance, ...ids });
    // What was planned for long before then, and never began, is past (EV-2).
    const plans = await read.rows('storyEvents', { chatId: input.chatId, status: 'planned' });
    const events = [...begun, ...expirePlans({ chatId: input.chatId, turnId: ids.skipTurnId }, plans, plan.to)];
    return { events, answer: { userTurnId: said === '' ? ids.skipTurnId : ids.userTurnId, replyTurnId: ids.skipTurnId, said: null } };
  });
  if (!commit.replayed) tell(kit, input.chatId, ids.skipTurnId, chosen);
  return commit.answer;
}

/** Hands a skip that has started to the writer. Nothing may fail in between, or the turn would be open for ever. */
function tell(kit: Kit, chatId: string, turnId: string, chosen: ChosenModel): void {
  let names: readonly string[] = [];
  let mode: keyof typeof MOST = 'jump';
  kit.writer.write({
    chatId,
    turnId,
    speaker: { botId: '', name: '' },
    others: [],
    chosen,
    guard: () => new BriefGuard(names, MOST[mode]),
    prompt: async () => {
      const turn = await kit.store.read.row('turns', turnId);
      const started = (await kit.store.read.ofTurn(turnId)).find(({ kind }) => kind === 'skip_started');
      if (turn === undefined || started?.kind !== 'skip_started') throw new DomainError('not_found', 'This skip is no longer there.', ['turnId']);
      names = [...(await kit.people.names(turn.witnesses)).values()];
      mode = started.payload.mode;
      return { messages: await transitionMessages(kit, turn, started.payload) };
    },
  });
}

/** Who tells the skips of a chat: the model that tells its host. */
async function narrator(kit: Kit, chatId: string): Promise<ChosenModel> {
  const chat = await kit.store.read.row('chats', chatId);
  return chooseModel(kit, chat, chat?.hostId == null ? undefined : await kit.people.bot(chat.hostId));
}

async function questionIn(read: Kit['store']['read'], state: Standing) {
  const row = state.chat === undefined ? undefined : await read.row('skipQuestions', state.chat.chatId);
  return openQuestion(row, state.head?.turnId);
}

function presentOf({ chat, stage, scene }: Standing): Playable['present'] {
  return chat === undefined ? [] : presentIn(scene, { personaId: chat.personaId, hostId: chat.hostId, guestId: stage?.guestId ?? null });
}

function staleHead(): DomainError {
  return new DomainError('stale_head', 'The story went on elsewhere since you began to write. Your words are kept.', ['head']);
}
