import { DomainError } from '@offstage/domain';
import { presentIn } from '@offstage/domain/presence';
import { wordsOf } from '@offstage/domain/words';
import { storyText } from '@offstage/domain/segments';
import type { Message, ModelRequest } from '@offstage/model';
import { MESSAGE_TOKENS, NARRATIVE_BUDGET } from '../prompt/budget.ts';
import { messageFor } from '../prompt/history.ts';
import { shortened } from '../prompt/shorten.ts';
import { fromTemplate } from '../prompt/templates.ts';
import { LineGuard } from './guard.ts';
import type { Kit } from './kit.ts';
import { chooseModel } from './choosing.ts';

/** Turns that a draft is made from; fewer have room. */
const READ_MOST = 60;
/** Characters of who you are. */
const PERSONA_MOST = 2_000;
/** Characters of a draft: one's own message is never longer than this by a model's hand. */
const DRAFT_MOST = 4_000;

/** One piece of a draft: `text` takes the place of everything that came before where `anew` is true. */
export interface DraftPiece {
  readonly text: string;
  readonly anew: boolean;
}

type Tools = Pick<Kit, 'store' | 'gateway' | 'models' | 'people' | 'counter' | 'config'>;

/**
 * TN-6: drafts the person's next message, from what the persona witnessed, piece by piece as it comes. Nothing is
 * written in the log: it is the person's to send. Throws DomainError `not_found`, `invalid`; ModelError as the model does.
 */
export async function* impersonate(kit: Tools, chatId: string, signal: AbortSignal): AsyncGenerator<DraftPiece, void> {
  const { read } = kit.store;
  const [chat, stage] = await Promise.all([read.row('chats', chatId), read.row('stages', chatId)]);
  if (chat === undefined) throw new DomainError('not_found', 'This chat is no longer there.', ['chatId']);
  if (chat.personaId === null) throw new DomainError('invalid', 'You have no persona in this chat, so nothing can be written for you.', ['chatId']);
  const [persona, host, scene] = await Promise.all([
    kit.people.persona(chat.personaId),
    chat.hostId === null ? undefined : kit.people.bot(chat.hostId),
    stage?.sceneId == null ? undefined : read.row('scenes', stage.sceneId),
  ]);
  const present = presentIn(scene, { personaId: chat.personaId, hostId: chat.hostId, guestId: stage?.guestId ?? null });
  const turns = await read.witnessed(chatId, chat.personaId, READ_MOST);
  const names = await kit.people.names([...present, ...turns.map(({ speakerId }) => speakerId)]);
  const user = persona?.name ?? 'the person';
  const others = present.filter((id) => id !== chat.personaId).map((id) => names.get(id) ?? 'Someone');
  const system = fromTemplate('impersonate', { user, others: others.join(' and ') || 'somebody', persona: shortened(persona?.persona ?? '', PERSONA_MOST) || 'nothing more is known.' });
  const messages: Message[] = [];
  let room = NARRATIVE_BUDGET.soft - kit.counter.count(system);
  for (const turn of turns.toReversed()) {
    const text = storyText(wordsOf(turn), { ooc: kit.config.current.chat.ooc });
    room -= kit.counter.count(text) + MESSAGE_TOKENS * 2;
    if (room < 0) break;
    if (text === '' || turn.status === 'streaming') continue;
    messages.unshift(messageFor({ turnId: turn.turnId, depth: turn.depth, speakerId: turn.speakerId, kind: turn.kind, sceneId: turn.sceneId, text, tokens: 0 }, chat.personaId, names));
  }
  const { model, endpoint, sampler } = await chooseModel(kit, chat, host);
  const request: ModelRequest = {
    purpose: 'narrative',
    model,
    sampler,
    context: { chatId },
    messages: [{ role: 'system', content: system }, ...messages, ...(messages.at(-1)?.role === 'user' ? [] : [{ role: 'user' as const, content: `(${user}'s next message.)` }])],
  };
  let guard = new LineGuard(user, others);
  let length = 0;
  for await (const part of kit.gateway.stream(endpoint, request, signal)) {
    if (part.kind === 'text') {
      const text = guard.push(part.text);
      length += text.length;
      if (text !== '') yield { text, anew: false };
    } else if (part.kind === 'end') {
      if (part.reply !== undefined) {
        guard = new LineGuard(user, others);
        yield { text: guard.push(part.reply), anew: true };
      }
      const rest = guard.end();
      if (rest !== '') yield { text: rest, anew: false };
      return;
    }
    if (guard.cut || length > DRAFT_MOST) return;
  }
}
