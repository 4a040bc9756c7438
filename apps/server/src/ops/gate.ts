import { DomainError } from '@offstage/domain';

/** Lets a few run at once and a few wait; refuses the rest (OP-8). */
export interface Gate {
  /** Throws DomainError `limit_reached` when too many wait already. */
  run<T>(work: () => Promise<T>): Promise<T>;
}

export function createGate(limits: { readonly atOnce: number; readonly waiting: number }): Gate {
  let running = 0;
  const queue: (() => void)[] = [];
  return {
    async run(work) {
      if (running >= limits.atOnce) {
        if (queue.length >= limits.waiting) {
          throw new DomainError('limit_reached', 'Too much of this at once. Wait a moment, then try again.');
        }
        await new Promise<void>((resolve) => queue.push(resolve));
      } else {
        running += 1;
      }
      try {
        return await work();
      } finally {
        // The place goes to the next in line, so that the count stays.
        const next = queue.shift();
        if (next === undefined) running -= 1;
        else next();
      }
    },
  };
}
