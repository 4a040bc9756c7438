import type { Store } from '@offstage/store';
import { LoreIndex } from './lore.ts';

/** All lore, made ready for seeking and kept until an entry changes. */
export interface LoreShelf {
  index(): Promise<LoreIndex>;
  close(): void;
}

export function createLoreShelf(store: Pick<Store, 'read' | 'onCommit' | 'onStartOver'>): LoreShelf {
  let made: Promise<LoreIndex> | undefined;
  const stop = store.onCommit(({ diff }) => {
    if (diff.lore !== undefined) made = undefined;
  });
  const stopStartingOver = store.onStartOver(() => (made = undefined));
  return {
    index() {
      if (made !== undefined) return made;
      const making = store.read.rows('lore', {}).then((entries) => new LoreIndex(entries));
      made = making;
      // What could not be read is read again next time.
      making.catch(() => {
        if (made === making) made = undefined;
      });
      return making;
    },
    close() {
      stop();
      stopStartingOver();
    },
  };
}
