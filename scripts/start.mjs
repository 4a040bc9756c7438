// `npm start`: install and build what is stale, then serve.
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { compiled, serverBundle } from './lib/paths.mjs';
import { handOver, main } from './lib/process.mjs';

await main(async () => {
  await ensureInstalled();
  await ensureBuilt();
  return handOver([serverBundle, ...process.argv.slice(2)], { NODE_COMPILE_CACHE: compiled });
});
