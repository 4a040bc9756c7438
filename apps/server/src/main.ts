// Starts the server: reads the settings, opens the library, listens.
import { networkInterfaces } from 'node:os';
import { createApp } from './app.ts';
import { addressOf, shownHosts } from './ops/address.ts';
import { configPathOf } from './ops/paths.ts';
import { endOnSignals, surviveMistakes } from './ops/shutdown.ts';
import { StartError, listenProblem } from './ops/startError.ts';

/** How long after listening the slow parts are loaded, in ms: a person needs longer to reach the first turn. */
const WARM_MS = 1_500;

async function start(env: NodeJS.ProcessEnv): Promise<void> {
  const pace = env['OFFSTAGE_REHEARSAL_WPS'];
  const app = await createApp({
    configPath: configPathOf(env),
    env,
    ...(env['OFFSTAGE_LOG_LEVEL'] && { logLevel: env['OFFSTAGE_LOG_LEVEL'] }),
    rehearsal: {
      ...(pace !== undefined && { wordsPerSecond: Number(pace) || 0 }),
      allowMisbehaviour: env['OFFSTAGE_REHEARSAL_MISBEHAVE'] === '1',
    },
  });
  try {
    const { host, port } = addressOf(env, app.config.current);
    surviveMistakes(app.http.log);
    endOnSignals(app.close, app.http.log);
    await app.http.listen({ host, port }).catch((problem: unknown) => {
      throw listenProblem(problem, host, port);
    });
  } catch (problem) {
    await app.close();
    throw problem;
  }
  for (const { line, message } of app.config.problems) console.log(`${app.config.name}, line ${line}: ${message}`);
  const address = app.http.server.address();
  const { host } = addressOf(env, app.config.current);
  const shown = shownHosts(host, networkInterfaces()).map((name) => `http://${name}:${typeof address === 'object' ? address?.port : ''}`);
  const { state } = app.library.standing;
  if (state !== 'open') console.log(`The library ${app.library.path} is ${state}. Nothing was changed; open the page to choose what to do.`);
  console.log(`Offstage is at ${shown.join(' and ')}`);
  // What the first turn needs is loaded once the first page has been served: loading it holds up everything else.
  setTimeout(() => void app.library.warm(), WARM_MS).unref();
}

try {
  await start(process.env);
} catch (problem) {
  process.stderr.write(problem instanceof StartError ? `\n${problem.message}\n` : `${String((problem as Error).stack)}\n`);
  process.exit(1);
}
