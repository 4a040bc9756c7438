// `node scripts/run.mjs FILE ARGS`: runs a TypeScript file of the project on the pinned Node 24.
import { ensureInstalled } from './lib/install.mjs';
import { handOver, main, Stop } from './lib/process.mjs';

await main(async () => {
  const [file, ...args] = process.argv.slice(2);
  if (!file) throw new Stop('Say which file to run: node scripts/run.mjs FILE [ARGS]');
  await ensureInstalled();
  return handOver([file, ...args]);
});
