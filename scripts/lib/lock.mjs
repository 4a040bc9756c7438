// One at a time, across processes: a file that names its holder.
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const LOOK_EVERY_MS = 200;

/**
 * Runs `body` while holding the lock at `path`, and waits for whoever holds it; `onWait` is called once where one has to
 * wait. A lock is stale, and taken over, when its holder is gone or has had it for longer than `longest` (ms).
 */
export async function withLock(path, { longest, onWait = () => {} }, body) {
  const mine = `${process.pid} ${Date.now()} ${Math.random()}`;
  mkdirSync(dirname(path), { recursive: true });
  for (let waited = false; !taken(path, mine); waited = true) {
    const found = holder(path);
    if (found === undefined) continue;
    if (isGone(found.pid) || found.age > longest) {
      clear(path, found.text, `${path}.${process.pid}`);
      continue;
    }
    if (!waited) onWait();
    await wait(LOOK_EVERY_MS);
  }
  try {
    return await body();
  } finally {
    // Whoever took it over from us keeps it.
    if (holder(path)?.text === mine) rmSync(path, { force: true });
  }
}

function taken(path, mine) {
  try {
    writeFileSync(path, mine, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Who holds the lock and for how long (ms); undefined when nobody does. */
function holder(path) {
  try {
    const text = readFileSync(path, 'utf8');
    return { text, pid: Number.parseInt(text, 10), age: Date.now() - statSync(path).mtimeMs };
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** False for a file that was made this instant and names nobody yet. */
function isGone(pid) {
  if (Number.isNaN(pid)) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

/** Takes a stale lock away by moving it, so that of two who find it one does; a fresh one that was caught goes back. */
function clear(path, stale, aside) {
  try {
    renameSync(path, aside);
    if (readFileSync(aside, 'utf8') !== stale) linkSync(aside, path);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  }
  rmSync(aside, { force: true });
}
