/** How often it is looked whether others get their turns, in ms. */
const LOOK_MS = 5;

/** The longest time without an answer while a work is done, in milliseconds, with what came of it. */
export async function longestBlock<T>(work: () => Promise<T>): Promise<{ readonly block: number; readonly result: T }> {
  let last = performance.now();
  let block = 0;
  const look = (): void => {
    block = Math.max(block, performance.now() - last);
    last = performance.now();
  };
  const watch = setInterval(look, LOOK_MS);
  try {
    const result = await work();
    await new Promise((resolve) => setTimeout(resolve, 4 * LOOK_MS));
    look();
    return { block, result };
  } finally {
    clearInterval(watch);
  }
}
