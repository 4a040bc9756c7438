import type { Store } from '@offstage/store';
import type { Log } from '../core.ts';
import type { LiveStream } from '../live/streams.ts';

/** A reply that is over sooner than this, in ms, is not kept on the way: its end is all that is written. */
const SOON_MS = 40;

/**
 * Keeps the words of a reply while it is written: each time before pages are told of them, so that a crash loses nothing
 * that was seen, however busy the machine (OP-3). `drop` ends that and forgets them: the turn has them now.
 */
export function keepDraft(store: Store, stream: LiveStream, log: Log): { stop(): Promise<void>; drop(): Promise<void> } {
  const begun = performance.now();
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
    if (stream.text === kept || performance.now() - begun < SOON_MS) return;
    kept = stream.text;
    // While a long change is being written this waits; what comes then comes in order.
    writing = Promise.all([writing, write(kept)]).then(() => undefined);
  };
  const stop = async (): Promise<void> => {
    stream.beforeTelling = () => {};
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
