// `npm run torture [-- --kills 100] [--seconds 300] [--seed N] [--json FILE]`: plays over the server's own interface
// while the server is killed at random instants, and after each restart holds the library against what was asked and
// answered (OP-3). Ends with a table; fails when anything was lost.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './lib/build.mjs';
import { main, Stop } from './lib/process.mjs';
import { CHECKS } from './torture/checks.ts';
import { torture } from './torture/run.ts';

await main(async () => {
  const { kills, seconds, seed, json } = readOptions();
  await ensureBuilt();
  const folder = mkdtempSync(join(tmpdir(), 'offstage-torture-'));
  console.log(`Seed ${seed}: ${kills} kills, at most ${seconds} s.`);
  const report = await torture({ folder, kills, seconds, seed, tell: (line) => console.log(line) });
  const failed = CHECKS.filter((check) => report.failures.some((failure) => failure.check === check));
  console.log(`\n${report.table}\n`);
  for (const check of CHECKS) console.log(`${failed.includes(check) ? 'FAILED' : 'ok    '} ${check}`);
  for (const { check, why } of report.failures.slice(0, 20)) console.log(`  ${check}: ${why}`);
  if (json !== undefined) writeFileSync(json, JSON.stringify({ passed: CHECKS.length - failed.length, failed: failed.length, ...report }));
  if (failed.length === 0) rmSync(folder, { recursive: true, force: true });
  else console.log(`The library is kept in ${folder}; the same seed plays the same way: --seed ${seed}`);
  return failed.length === 0 ? 0 : 1;
});

function readOptions(): { kills: number; seconds: number; seed: number; json: string | undefined } {
  const { values } = parseArgs({
    options: {
      kills: { type: 'string', default: '100' },
      seconds: { type: 'string', default: '420' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 1e6)) },
      json: { type: 'string' },
    },
  });
  const [kills, seconds, seed] = [Number(values.kills), Number(values.seconds), Number(values.seed)];
  if (![kills, seconds, seed].every(Number.isInteger) || kills < 1 || seconds < 1) throw new Stop('--kills, --seconds and --seed want whole numbers.');
  return { kills, seconds, seed, json: values.json };
}
