// `npm run dev`: the server, restarted when its sources change, beside vite's page server, which passes calls on to it.
import { spawn } from 'node:child_process';
import { ensureInstalled } from './lib/install.mjs';
import { at, node, root } from './lib/paths.mjs';
import { main } from './lib/process.mjs';

await main(async () => {
  await ensureInstalled();
  const env = { ...process.env, OFFSTAGE_PORT: process.env.OFFSTAGE_PORT ?? '8000' };
  const start = (args) => spawn(node, args, { cwd: root, env, stdio: 'inherit' });
  const children = [
    start(['--watch', '--watch-preserve-output', at('apps', 'server', 'src', 'main.ts')]),
    start([at('node_modules', 'vite', 'bin', 'vite.js'), at('apps', 'web')]),
  ];
  let asked = false;
  const stop = () => {
    for (const child of children) child.kill('SIGTERM');
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(name, () => {
      asked = true;
      stop();
    });
  }
  // Whichever ends first takes the other along: half a workshop only confuses.
  const codes = await Promise.all(
    children.map(
      (child) =>
        new Promise((resolve) => {
          child.on('exit', (code) => {
            stop();
            resolve(code ?? 0);
          });
        }),
    ),
  );
  return asked ? 0 : Math.max(...codes);
});
