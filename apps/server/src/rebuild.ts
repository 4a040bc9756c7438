// Folds every row of the library afresh from its log (TL-15). Offstage must not be running meanwhile.
import { openStore } from '@offstage/store';
import { openConfig } from './ops/configFile.ts';
import { holdLibrary } from './ops/hold.ts';
import { configPathOf, libraryPathOf, migrationsFolder } from './ops/paths.ts';
import { StartError, libraryProblem } from './ops/startError.ts';

const now = (): string => new Date().toISOString();
const configPath = configPathOf(process.env);
const config = await openConfig(configPath, now);
const path = libraryPathOf(process.env, configPath, config.current.database.path);

try {
  const letGo = await holdLibrary(path);
  const store = await openStore({ path, migrationsFolder, now });
  const { events, seconds } = await store.rebuild((done, total) => {
    if (process.stdout.isTTY) process.stdout.write(`\r${done} of ${total}`);
  });
  await store.close();
  await letGo();
  const rate = Math.round(events / Math.max(seconds, 0.001)).toLocaleString('en');
  console.log(`${process.stdout.isTTY ? '\r' : ''}Rebuilt from ${events.toLocaleString('en')} entries in ${seconds.toFixed(1)} s (${rate} a second).`);
} catch (problem) {
  process.stderr.write(`${(problem instanceof StartError ? problem : libraryProblem(problem, path)).message}\n`);
  process.exitCode = 1;
}
