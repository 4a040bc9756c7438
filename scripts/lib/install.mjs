// Brings the packages that pnpm-lock.yaml names, by a pinned pnpm, when the lock file is not the one installed.
import { lstatSync, rmSync, symlinkSync } from 'node:fs';
import { at, node } from './paths.mjs';
import { fingerprint, onceFor } from './fingerprint.mjs';
import { run, Stop } from './process.mjs';

const pnpm = 'pnpm@10.34.9';
const windows = process.platform === 'win32';

/** Installs if needed. Throws `Stop` when Node is too old or the install fails. */
export async function ensureInstalled() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20) throw new Stop(`Offstage needs Node 20 or newer to start; this is ${process.version}.`);
  const print = fingerprint(['pnpm-lock.yaml', 'pnpm-workspace.yaml'], `${process.platform} ${process.arch} ${pnpm}`);
  await onceFor(at('node_modules', '.cache', 'offstage-install'), print, [node], install);
  linkNode();
}

async function install() {
  console.log('Installing packages (once, and after an update) ...');
  // Without a terminal pnpm asks nothing and stops; the folder is ours to rebuild, so it need not ask.
  const args = [
    '-y',
    pnpm,
    'install',
    '--frozen-lockfile',
    '--config.confirmModulesPurge=false',
    '--reporter=append-only',
    '--loglevel=error',
  ];
  const { code } = await run(windows ? 'npx.cmd' : 'npx', args, {
    shell: windows,
    env: { npm_config_update_notifier: 'false' },
  });
  if (code !== 0)
    throw new Stop(
      'The packages could not be installed; the lines above say why. Is the network reachable? Then try the same command again.',
    );
}

/** Puts Node 24 itself into .bin in the place of pnpm's shell shim, which would keep npm's signals from the server. */
function linkNode() {
  const link = at('node_modules', '.bin', 'node');
  if (windows || lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink()) return;
  rmSync(link, { force: true });
  symlinkSync('../node/bin/node', link);
}
