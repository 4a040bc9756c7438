import { DomainError } from '@offstage/domain';
import { chooseSpeaker, spokenToLast } from '@offstage/domain/addressee';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Kit } from './kit.ts';
import { promptFor } from './promptFor.ts';
import { standingNow } from './standing.ts';

/** Chats that may wait to be made ready: past this the longest waiting does without. */
const WAITING_MOST = 32;

/**
 * Does ahead of time what a prompt is made of before its message: while a person reads and types, nobody waits for it.
 * It makes a prompt that nobody is given, so that turns are counted, and what the last reply calls to mind has been
 * looked up, when the message comes. Whoever comes meanwhile goes first.
 */
export interface Ahead {
  /** A message may come in this chat. */
  expect(chatId: string): void;
  /** Ends it; what waits is dropped. */
  close(): Promise<void>;
}

type Tools = Pick<Kit, 'store' | 'people' | 'meanings' | 'counter' | 'history' | 'lore' | 'config' | 'log'>;

export function createAhead(kit: Tools): Ahead {
  const waiting = new Set<string>();
  let working: Promise<void> | undefined;
  let closed = false;

  function expect(chatId: string): void {
    if (closed) return;
    waiting.add(chatId);
    for (const oldest of waiting) {
      if (waiting.size <= WAITING_MOST) break;
      waiting.delete(oldest);
    }
    working ??= workOff();
  }

  async function workOff(): Promise<void> {
    for (;;) {
      // Whatever else there is to do comes first.
      await nextTurn();
      const [chatId] = waiting;
      if (chatId === undefined || closed) break;
      waiting.delete(chatId);
      await rehearse(kit, chatId).catch((error: unknown) => {
        if (!(error instanceof DomainError)) kit.log.warn({ err: error, chatId }, 'a prompt could not be made ready');
      });
    }
    working = undefined;
  }

  // A reply's words are known when its passes come to be owed, while a model is asked for what it changed; all of it once they are not.
  const stopListening = kit.store.onCommit(({ diff: { owed } }) => {
    for (const { what, chatId } of [...Object.values(owed?.added ?? {}), ...Object.values(owed?.removed ?? {})]) if (what === 'passes') expect(chatId);
  });

  return {
    expect,
    async close() {
      closed = true;
      stopListening();
      await working;
    },
  };
}

/** Makes the prompt of the one who will most likely answer. */
async function rehearse(kit: Tools, chatId: string): Promise<void> {
  const at = await standingNow(kit.store.read, chatId);
  // A reply is being written: what it changes is not known yet.
  if (at.head.status !== 'whole') return;
  const bots = await Promise.all(at.present.map((id) => kit.people.bot(id)));
  const parent = at.head.parentId === null ? undefined : await kit.store.read.row('turns', at.head.parentId);
  const before = [...spokenToLast(at.head, parent, at.chat.personaId), at.chat.hostId];
  const { botId } = chooseSpeaker('', bots.filter((bot) => bot !== undefined), before);
  if (botId === undefined) return;
  await promptFor(kit, { at, speakerId: botId, addresseeId: at.chat.personaId, message: '', rehearsing: letOthersGoFirst });

  async function letOthersGoFirst(): Promise<void> {
    await nextTurn();
    if ((await kit.store.read.row('chats', chatId))?.head !== at.head.turnId) throw new DomainError('stale_head', 'The story has gone on.', ['head']);
  }
}
