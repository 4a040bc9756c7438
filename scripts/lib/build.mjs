// Builds what is stale: the pages (vite) and the server in one bundle, each with the files it is made from.
import { rmSync } from 'node:fs';
import { at, compiled, node, root, serverBundle, webIndex } from './paths.mjs';
import { fingerprint, isFresh, onceFor } from './fingerprint.mjs';
import { withLock } from './lock.mjs';
import { run, Stop } from './process.mjs';

const packages = ['domain', 'store', 'model', 'interop'].flatMap((name) => [
  `packages/${name}/src`,
  `packages/${name}/package.json`,
]);
const vite = at('node_modules', 'vite', 'bin', 'vite.js');

const parts = [
  {
    name: 'pages',
    folder: at('apps', 'web'),
    inputs: ['apps/web', 'packages/domain/src', 'packages/domain/package.json', 'pnpm-lock.yaml'],
    output: webIndex,
  },
  {
    name: 'server',
    folder: at('apps', 'server'),
    inputs: ['apps/server', ...packages, 'pnpm-lock.yaml'],
    output: serverBundle,
  },
];

/** A build takes seconds; one that holds the lock for longer than this (ms) has been given up. */
const LONGEST = 5 * 60_000;

const stampOf = (name) => at('.cache', `build-${name}`);

/** Builds each stale part, one build at a time. Prints nothing when all are fresh. Throws `Stop` when a build fails. */
export async function ensureBuilt() {
  if (parts.every(({ name, inputs, output }) => isFresh(stampOf(name), fingerprint(inputs, root), [output]))) return;
  const onWait = () => console.log('Waiting for another build ...');
  // What the other one built is fresh then.
  await withLock(at('.cache', 'build.lock'), { longest: LONGEST, onWait }, buildStale);
}

async function buildStale() {
  const builds = parts.map(({ name, folder, inputs, output }) =>
    onceFor(stampOf(name), fingerprint(inputs, root), [output], async () => {
      console.log(`Building the ${name} ...`);
      const { code, output: said } = await run(node, [vite, 'build', folder, '--logLevel', 'warn'], { quiet: true });
      if (said.trim() !== '') console.log(said.trimEnd());
      if (code !== 0) throw new Stop(`The ${name} could not be built; the lines above say why.`);
      // Compiled code of bundles that are no more would only pile up.
      if (name === 'server') rmSync(compiled, { recursive: true, force: true });
    }),
  );
  const results = await Promise.allSettled(builds);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}
