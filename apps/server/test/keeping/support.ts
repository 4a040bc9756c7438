import { closeSync, openSync, readdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Running } from '../support/running.ts';
import { fresh } from '../support/running.ts';

/** Writes rubbish over a part of a file. */
export function scribble(path: string, at: number, length: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(length, 0xa5), 0, length, at);
  closeSync(file);
}

/** Makes a persona of this name. */
export async function author({ rpc }: Pick<Running, 'rpc'>, name: string): Promise<string> {
  const { personaId } = await rpc.personas.author.mutate({ commandId: fresh(), identity: { name } });
  return personaId;
}

/** The names of all personas. */
export async function names({ rpc }: Pick<Running, 'rpc'>): Promise<string[]> {
  return (await rpc.personas.list.query()).map(({ name }) => name).toSorted();
}

/** The files among the copies. */
export function copiesIn(folder: string): string[] {
  return readdirSync(join(folder, 'backups')).toSorted();
}

/** Waits until something holds. Throws after ten seconds. */
export async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const since = Date.now(); !(await holds()); ) {
    if (Date.now() - since > 10_000) throw new Error(`${what} did not come about`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
