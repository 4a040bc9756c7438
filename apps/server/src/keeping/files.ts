import { copyFile, link, mkdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { LibraryClosed } from './closed.ts';

/** What SQLite keeps beside a database. */
const BESIDE = ['-wal', '-shm', '-journal'];

/** Which file stands under a name, whatever its content; undefined where none does. */
export interface FileIdentity {
  readonly dev: number;
  readonly ino: number;
  readonly size: number;
}

export async function identityOf(path: string): Promise<FileIdentity | undefined> {
  try {
    const { dev, ino, size } = await stat(path);
    return { dev, ino, size };
  } catch (problem) {
    if (isMissing(problem)) return undefined;
    throw problem;
  }
}

/** Puts a library's file aside under another name, with what stands beside it. Its own name is free then. */
export async function setAside(path: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  for (const end of ['', ...BESIDE]) {
    await rename(`${path}${end}`, `${to}${end}`).catch((problem: unknown) => {
      if (!isMissing(problem)) throw problem;
    });
  }
}

/**
 * Puts a new file in a library's place and the old one aside; at every moment one of them stands there. Throws
 * LibraryClosed where somebody else still has the old one open: what they write would go into the new one.
 */
export async function swap(path: string, incoming: string, aside: string): Promise<void> {
  for (const end of BESIDE) {
    const left = await identityOf(`${path}${end}`);
    if (left !== undefined && left.size > 0 && end !== '-shm') {
      throw new LibraryClosed('Another program is using the library file. Close it and try again.');
    }
    await rm(`${path}${end}`, { force: true });
  }
  await mkdir(dirname(aside), { recursive: true });
  // Where the disk knows no second names for a file, the old one is copied.
  await link(path, aside).catch(() => copyFile(path, aside));
  await rename(incoming, path);
}

/** Throws LibraryClosed where the disk has no room for so many bytes more. */
export async function assertRoom(folder: string, bytes: number): Promise<void> {
  const free = await statfs(folder).then(({ bavail, bsize }) => bavail * bsize, () => Number.POSITIVE_INFINITY);
  if (free < bytes) throw new LibraryClosed(`The disk has ${inMegabytes(free)} left, and a copy needs ${inMegabytes(bytes)}. Free some space and try again.`);
}

function inMegabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1_000_000).toLocaleString('en')} MB`;
}

function isMissing(problem: unknown): boolean {
  return problem instanceof Error && 'code' in problem && (problem.code === 'ENOENT' || problem.code === 'ENOTDIR');
}

/** Removes a file of ours that is only on its way, and what SQLite left beside it. */
export async function clear(path: string): Promise<void> {
  for (const end of ['', ...BESIDE]) await rm(`${path}${end}`, { force: true });
}

/** True where two looks saw the same file. */
export function isSame(one: FileIdentity, other: FileIdentity | undefined): boolean {
  return one.ino === other?.ino && one.dev === other.dev;
}
