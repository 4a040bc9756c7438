import { BaseSequencer } from 'vitest/node';

/** Tests that take longest for their size. A runner that knows no times yet goes by size, and would end with these alone. */
const LONGEST = ['timeline.property', 'mutation', 'faults', 'start', 'purge', 'stranded'];

/** Runs what takes longest first, so that both cores have something to do to the end. */
export class LongestFirst extends BaseSequencer {
  async sort(files) {
    const sorted = await super.sort(files);
    const place = ({ moduleId }) => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return at === -1 ? LONGEST.length : at;
    };
    return sorted.toSorted((a, b) => place(a) - place(b));
  }
}
