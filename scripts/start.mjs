// `npm start`: install and build what is stale, then serve.
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { compiled, serverArguments } from './lib/paths.mjs';
import { handOver, main } from './lib/process.mjs';

await main(async () => {
  await ensureInstalled();
  await ensureBuilt();
  return handOver([...serverArguments, ...process.argv.slice(2)], { NODE_COMPILE_CACHE: compiled });
});
