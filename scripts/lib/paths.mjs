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
export const webIndex = at('apps', 'web', 'dist', 'index.html');
