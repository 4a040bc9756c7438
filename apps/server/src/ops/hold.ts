import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { StartError } from './startError.ts';

/** What this process holds: opening a library twice within it is the business of whoever does so. */
const own = new Set<string>();

/**
 * Holds a library against other processes of Offstage, since two that write it would not hear of each other. The hold is
 * a socket that somebody listens at, which the system lets go of however the process ends; a file with a number in it
 * would outlive a crash. Answers how to let go. Throws StartError when another process has the library open.
 */
export async function holdLibrary(path: string): Promise<() => Promise<void>> {
  const name = `offstage-${createHash('sha256').update(await whereIs(path)).digest('hex').slice(0, 16)}`;
  const address = process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
  if (own.has(address)) return async () => {};
  if (await isHeld(address)) {
    throw new StartError(`The library ${path} is open in another Offstage. Use that one, or stop it first.`);
  }
  // Nobody listens: what lies there was left by a crash.
  if (process.platform !== 'win32') rmSync(address, { force: true });
  const server = createServer((socket) => socket.destroy());
  if (!(await listens(server, address))) return async () => {};
  server.unref();
  own.add(address);
  return () =>
    new Promise((done) => {
      own.delete(address);
      server.close(() => done());
    });
}

/** One place for all the names that links give to it, also while nothing stands there yet. */
async function whereIs(path: string): Promise<string> {
  return realpath(path).catch(async () => join(await realpath(dirname(path)).catch(() => resolve(dirname(path))), basename(path)));
}

function isHeld(address: string): Promise<boolean> {
  return new Promise((answer) => {
    const probe = connect(address);
    probe.once('connect', () => {
      probe.destroy();
      answer(true);
    });
    probe.once('error', () => answer(false));
  });
}

/** False where no such socket can be made: then the library goes without a hold, which is better than not at all. */
function listens(server: Server, address: string): Promise<boolean> {
  return new Promise((answer) => {
    server.once('error', () => answer(false));
    server.listen(address, () => answer(true));
  });
}
