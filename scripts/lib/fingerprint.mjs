// Says whether a step must run again, from the content of the files it reads (times lie after a checkout).
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { at } from './paths.mjs';

const skipped = new Set(['node_modules', 'dist', 'test', 'coverage', '.cache']);

function addTo(hash, path, name) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isDirectory()) {
    for (const entry of readdirSync(path).sort())
      if (!skipped.has(entry)) addTo(hash, join(path, entry), `${name}/${entry}`);
  } else {
    hash.update(`${name}\0${stat ? stat.size : 'absent'}\0`);
    if (stat) hash.update(readFileSync(path));
  }
}

/** A SHA-256 over the named files and folders (relative to the top folder); what is absent counts as absent. */
export function fingerprint(inputs, extra = '') {
  const hash = createHash('sha256').update(extra);
  for (const input of inputs) addTo(hash, at(input), input);
  return hash.digest('hex');
}

/** Whether `stamp` (a file) holds `print` and every output exists. */
export function isFresh(stamp, print, outputs) {
  const known = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  return known === print && outputs.every((path) => existsSync(path));
}

/**
 * Runs `step` unless `stamp` (a file) holds `print` and every output exists; the stamp is written after success alone.
 * Returns whether the step ran.
 */
export async function onceFor(stamp, print, outputs, step) {
  if (isFresh(stamp, print, outputs)) return false;
  rmSync(stamp, { force: true });
  await step();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, print);
  return true;
}
