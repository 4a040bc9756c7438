// Where things are. Plain JavaScript without dependencies: it also runs on Node 20, before anything is installed.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's top folder, absolute. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Joins parts onto the repository's top folder. */
export const at = (...parts) => join(root, ...parts);

/** The pinned Node 24: the binary itself, since pnpm's shell shim in .bin would swallow signals. */
export const node = at('node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** Where Node keeps the compiled server bundle: a quarter off the start-up. */
export const compiled = at('.cache', 'compiled');

/** Files the build leaves behind. */
export const serverBundle = at('apps', 'server', 'dist', 'main.js');

/**
 * How Node runs the server. Its nursery for young objects is kept small: at its own size it grows by some 80 MB while
 * replies stream, and the server is no faster for it (measured with ten tabs on a chat of 10,000 turns).
 */
export const serverArguments = ['--max-semi-space-size=8', serverBundle];
export const webIndex = at('apps', 'web', 'dist', 'index.html');
