import { DomainError } from '@offstage/domain';
import { setGuest } from '@offstage/domain/commands/guest';
import type { Command } from '@offstage/store';
import { unlessDone } from './done.ts';
import type { Kit } from './kit.ts';
import { endingOf } from './meanwhile/acts.ts';
import { readMeanwhile } from './meanwhile/standing.ts';

type Tools = Pick<Kit, 'store' | 'writer'>;

/** Replies that are waited for: a guest may still break in after the one that is being written. */
const WAITED_MOST = 3;

/**
 * GU-1: brings a bot into a chat as its guest, or with null lets the guest go. While a reply is being written it waits for
 * its end: nobody leaves in the middle of a sentence. Throws as `setGuest`, and `not_found` for a bot that was deleted.
 */
export function setGuestByHand(kit: Tools, command: Command, input: { chatId: string; botId: string | null }): Promise<void> {
  return unlessDone(kit, command.id, () => setGuestNow(kit, command, input), () => {});
}

async function setGuestNow(kit: Tools, command: Command, { chatId, botId }: { chatId: string; botId: string | null }): Promise<void> {
  for (let waited = 1; ; waited++) {
    await kit.writer.over(chatId);
    try {
      await kit.store.execute(command, async (read) => {
        const bot = botId === null ? undefined : await read.row('bots', botId);
        if (botId !== null && (bot === undefined || bot.removed)) throw new DomainError('not_found', 'This bot is no longer there.', ['botId']);
        const at = await readMeanwhile(read, chatId);
        const events = setGuest(at, botId);
        // Who goes is no longer by themselves with the host.
        return { events: events.length === 0 ? [] : [...(await endingOf(read, at)), ...events], answer: null };
      });
      return;
    } catch (error) {
      if (!(error instanceof DomainError && error.code === 'busy') || waited === WAITED_MOST) throw error;
    }
  }
}
