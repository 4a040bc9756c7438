import { DomainError } from '@offstage/domain';
import type { Kit } from './kit.ts';

/**
 * Runs a command that is refused as `busy` while replies are written in some chats: these are stopped, and it is run
 * again. Nobody's reply is stopped for a command that is refused otherwise, or that comes twice (TL-14).
 */
export async function makingWay<T>(writer: Kit['writer'], chats: () => readonly string[], run: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await run();
    } catch (problem) {
      if (!(problem instanceof DomainError && problem.code === 'busy')) throw problem;
      const stopped = await Promise.all(chats().map((chatId) => writer.stop(chatId)));
      if (!stopped.includes(true)) throw problem;
    }
  }
}
