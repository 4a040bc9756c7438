import type { Store } from '@offstage/store';
import type { Log } from '../core.ts';
import type { LiveStream } from '../live/streams.ts';

/**
 * Keeps the words of a reply while it is written: each time before pages are told of them, which waits for it, so that
 * a crash loses nothing that was seen, however busy the machine (OP-3). `drop` ends that and forgets them: the turn has them now.
 */
export function keepDraft(store: Store, stream: LiveStream, log: Log): { stop(): Promise<void>; drop(): Promise<void> } {
  const { turnId, chatId } = stream;
  let kept = '';
  let refused = false;
  let writing: Promise<void> = Promise.resolve();

  async function write(text: string): Promise<void> {
    try {
      await store.keepDraft({ turnId, chatId, text });
      refused = false;
    } catch (problem) {
      // Once is enough: a disk that refuses does so many times a second.
      if (!refused) log.warn({ err: problem, turnId }, 'the words so far of a reply could not be kept');
      refused = true;
    }
  }

  stream.beforeTelling = () => {
    if (stream.text === kept) return undefined;
    kept = stream.text;
    // While a long change is being written this waits; what comes then comes in order.
    writing = Promise.all([writing, write(kept)]).then(() => undefined);
    return writing;
  };
  const stop = async (): Promise<void> => {
    stream.beforeTelling = () => undefined;
    await writing;
  };
  return {
    stop,
    async drop() {
      await stop();
      if (kept !== '') await store.dropDraft(turnId);
    },
  };
}
