import type { Store } from '@offstage/store';
import type { Log } from '../core.ts';
import type { LiveStream } from '../live/streams.ts';

/** How often the words so far of a reply are kept, in ms: at most this much of it is lost in a crash (TN-5). */
const KEEP_EVERY_MS = 250;

/** Keeps the words of a reply while it is written. `drop` ends that and forgets them: the turn has them now. */
export function keepDraft(store: Store, stream: LiveStream, log: Log): { stop(): Promise<void>; drop(): Promise<void> } {
  let kept = '';
  let writing: Promise<void> = Promise.resolve();
  const keep = (): void => {
    if (stream.text === kept) return;
    kept = stream.text;
    const { turnId, chatId } = stream;
    writing = writing
      .then(() => store.keepDraft({ turnId, chatId, text: kept }))
      .catch((problem: unknown) => log.warn({ err: problem, turnId }, 'the words so far of a reply could not be kept'));
  };
  const timer = setInterval(keep, KEEP_EVERY_MS);
  const stop = async (): Promise<void> => {
    clearInterval(timer);
    await writing;
  };
  return {
    stop,
    async drop() {
      await stop();
      if (kept !== '') await store.dropDraft(stream.turnId);
    },
  };
}
