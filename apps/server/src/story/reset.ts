import { resetBot, undoReset } from '@offstage/domain/commands/reset';
import type { HostedChat } from '@offstage/domain/commands/reset';
import type { Reads } from '@offstage/store';
import { unlessDone } from './done.ts';
import type { Kit } from './kit.ts';
import { makingWay } from './makingWay.ts';

type Tools = Pick<Kit, 'store' | 'writer' | 'now'>;

/** Events that are looked through for what was written together with a reset. */
const TOGETHER_MOST = 10_000;

/**
 * TL-10: resets a bot, after its name was typed. Replies in its chats are stopped first, their words kept. Answers the
 * place up to which it was taken back, by which it can be undone. Throws DomainError as the command does.
 */
export function reset(kit: Tools, input: { commandId: string; botId: string; name: string }): Promise<{ upTo: number; chats: number }> {
  return unlessDone(kit, input.commandId, () => resetNow(kit, input));
}

async function resetNow(kit: Tools, input: { commandId: string; botId: string; name: string }): Promise<{ upTo: number; chats: number }> {
  const hosted = await kit.store.read.rows('chats', { hostId: input.botId });
  const command = { id: input.commandId, actor: 'person' as const, at: kit.now() };
  const commit = await makingWay(kit.writer, () => hosted.map(({ chatId }) => chatId), () =>
    kit.store.execute(command, async (read) => {
      const seq = await read.seq();
      const chats = await hostedChats(read, input.botId);
      const events = resetBot({ bot: await read.row('bots', input.botId), typed: input.name, seq, chats });
      return { events, answer: { upTo: seq, chats: events.length - 1 } };
    }),
  );
  return commit.answer;
}

/** TL-10: lifts a reset; chats that were not played since stand where they stood. Throws DomainError as the command does. */
export async function liftReset(kit: Tools, input: { commandId: string; botId: string; upTo: number }): Promise<void> {
  await kit.store.execute({ id: input.commandId, actor: 'person', at: kit.now() }, async (read) => {
    const after = await kit.store.events({ after: input.upTo, limit: TOGETHER_MOST });
    const commandId = after.find((event) => event.kind === 'bot_reset' && event.payload.botId === input.botId)?.commandId;
    const together = after.filter((event) => event.commandId === commandId);
    const heads = new Map<string, string>();
    for (const { chatId } of together) {
      const head = chatId === null ? undefined : await read.head(chatId);
      if (chatId !== null && head !== undefined) heads.set(chatId, head.turnId);
    }
    return { events: undoReset({ bot: await read.row('bots', input.botId), upTo: input.upTo, together, heads }), answer: null };
  });
}

/** The chats that a bot hosts, each with the turn at which its story was opened: the greeting where it has one. */
async function hostedChats(read: Reads, botId: string): Promise<HostedChat[]> {
  const chats = await read.rows('chats', { hostId: botId });
  const found = await Promise.all(
    chats.map(async ({ chatId }): Promise<HostedChat[]> => {
      const [root, greeting] = await read.path(chatId, 0, 2);
      const head = await read.head(chatId);
      if (root === undefined || head === undefined) return [];
      const streaming = (await read.row('turns', head.turnId))?.status === 'streaming';
      const beginning = greeting?.finishReason === 'written' ? greeting.turnId : root.turnId;
      return [{ chatId, head: head.turnId, beginning, streaming }];
    }),
  );
  return found.flat();
}
