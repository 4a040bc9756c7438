import type { Payload, Row } from '@offstage/domain';
import { DomainError } from '@offstage/domain';
import { chooseSpeaker, spokenToLast } from '@offstage/domain/addressee';
import type { Playable } from '@offstage/domain/commands/send';
import type { Reads } from '@offstage/store';
import { askAddressee } from './intent.ts';
import type { Kit } from './kit.ts';
import { lastWithYou } from './meanwhile/standing.ts';

type Tools = Pick<Kit, 'store' | 'gateway' | 'models' | 'people' | 'config' | 'log'>;

/** Who answers a message, and how that was decided; undefined where nobody else was there who could. */
export interface Addressee {
  readonly speaker: Row<'bots'>;
  readonly addressed: Payload<'user_turn'>['addressed'];
}

/**
 * TN-3: whom the person chose, else whom the words name, else the one spoken to last; a model is asked only where that
 * is ambiguous. Throws DomainError `not_found` where nobody is there, `invalid` where the chosen one is not.
 */
export async function chooseAddressee(kit: Tools, at: Playable, told: string, to: string | undefined): Promise<Addressee> {
  const rows = await Promise.all(at.present.map((id) => kit.people.bot(id)));
  const bots = rows.filter((row) => row !== undefined);
  const [first, second] = bots;
  if (first === undefined) throw new DomainError('not_found', 'Nobody is here who could answer.', ['chatId']);
  const bot = (id: string | undefined): Row<'bots'> => bots.find(({ botId }) => botId === id) ?? first;
  if (to !== undefined && !bots.some(({ botId }) => botId === to)) {
    const gone = (await kit.people.bot(to))?.name ?? 'The one you speak to';
    throw new DomainError('invalid', `${gone} is not here any more. Choose somebody who is, and send it again.`, ['to']);
  }
  if (second === undefined) return { speaker: first, addressed: undefined };
  if (to !== undefined) return { speaker: bot(to), addressed: { by: 'hand', confidence: 'high', reason: `You chose to speak to ${bot(to).name}.` } };

  const { read } = kit.store;
  const last = await lastReply(read, await lastWithYou(read, at.head));
  const parent = last.parentId === null ? undefined : await read.row('turns', last.parentId);
  const choice = chooseSpeaker(told, bots, [...spokenToLast(last, parent, at.chat.personaId), at.chat.hostId]);
  const speaker = bot(choice.botId);
  const byWords = choice.by === 'name' ? `Your words name ${speaker.name}.` : `You spoke to ${speaker.name} last.`;
  if (choice.sure) return { speaker, addressed: { by: choice.by, confidence: 'high', reason: byWords } };
  const asked = await askAddressee(kit, at, told, bots);
  if (asked === undefined) return { speaker, addressed: { by: choice.by, confidence: 'low', reason: `It was not clear who is meant. ${byWords}` } };
  return { speaker: bot(asked.addresseeId), addressed: { by: 'model', confidence: asked.confidence, reason: asked.reason } };
}

/** Turns that are gone back over for a reply: remarks and skips are said to nobody. */
const BACK_MOST = 12;

async function lastReply(read: Reads, head: Row<'turns'>): Promise<Row<'turns'>> {
  let turn = head;
  for (let back = 0; back < BACK_MOST && turn.kind !== 'assistant' && turn.parentId !== null; back++) turn = (await read.row('turns', turn.parentId)) ?? turn;
  return turn;
}
