// Runs one task of `tasks.ts` beside the server: reading a whole library takes seconds, and nothing else would be answered.
import { parentPort, workerData } from 'node:worker_threads';
import { copyLibrary } from './copy.ts';
import { glance, inspect } from './inspect.ts';
import type { Said, Task } from './tasks.ts';

const say = (said: Said): void => parentPort?.postMessage(said);

async function done(task: Task): Promise<unknown> {
  switch (task.kind) {
    case 'copy':
      return copyLibrary(task.order, (pages, total) => say({ progress: { done: pages, total } }));
    case 'inspect':
      return inspect(task.path);
    case 'glance':
      return task.paths.map(glance);
  }
}

try {
  // Whoever started this gave it a task.
  say({ result: await done(workerData as Task) });
} catch (problem) {
  const { message, code } = problem as Error & { readonly code?: string };
  say({ problem: { message, code: code ?? '' } });
}
