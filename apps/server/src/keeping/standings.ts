import type { Library, Standing } from './library.ts';

/** How things stand with the library: at once, then whenever that changes, until the signal aborts. What is overtaken is left out. */
export async function* standings(library: Library, signal: AbortSignal): AsyncGenerator<Standing, void> {
  let changed = true;
  let wake = (): void => {};
  const tell = (): void => {
    changed = true;
    wake();
  };
  const deafen = library.onChange(tell);
  signal.addEventListener('abort', tell, { once: true });
  try {
    while (!signal.aborted) {
      if (changed) {
        changed = false;
        yield library.standing;
        continue;
      }
      const { promise, resolve } = Promise.withResolvers<void>();
      wake = resolve;
      await promise;
    }
  } finally {
    deafen();
    signal.removeEventListener('abort', tell);
  }
}
