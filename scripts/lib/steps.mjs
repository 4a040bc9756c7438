// What `npm test` runs, each step giving `{ passed, failed, skipped }`.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { ensureBrowser } from './browser.mjs';
import { ensureBuilt } from './build.mjs';
import { at } from './paths.mjs';
import { runNode, Stop } from './process.mjs';

const bin = (...parts) => at('node_modules', ...parts);

const checks = [
  { name: 'types: packages and server', args: [bin('typescript', 'bin', 'tsc'), '-p', '.'] },
  { name: 'types: pages', args: [bin('typescript', 'bin', 'tsc'), '-p', 'apps/web'] },
  {
    name: 'lint',
    args: [
      bin('oxlint', 'bin', 'oxlint'),
      '--deny-warnings',
      '--report-unused-disable-directives',
      'apps',
      'packages',
      'bench',
      'e2e',
      'scripts',
    ],
  },
  { name: 'direction of imports', args: [at('scripts', 'check-imports.mjs')] },
  { name: 'nothing unused', args: [bin('knip', 'bin', 'knip.js'), '--no-progress'] },
];

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** The static checks, two at a time, each counted as one test; a check that passes prints one line. */
export async function staticChecks() {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const waiting = [...checks];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { name, args } = next;
      const since = performance.now();
      const { code, output } = await runNode(args, { quiet: true });
      counts[code === 0 ? 'passed' : 'failed'] += 1;
      console.log(code === 0 ? `ok     ${name} (${seconds(since)})` : `FAILED ${name} (${seconds(since)})\n${output}`);
    }
  };
  await Promise.all([worker(), worker()]);
  return counts;
}

/** Reads a runner's JSON report; undefined when it left none. */
function report(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** A runner that fails without a failed test (no report, coverage too low) counts as one failed. */
const withVerdict = (counts, code) => (code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts);

/** Long plays by chance. What they run is counted by other tests too, and to count it here would double their time. */
const PLAYS = { names: ['.property.test', 'store/test/mutation.test'], excluded: ['**/*.property.test.ts', '**/store/test/mutation.test.ts'] };

/** Unit and integration tests with their coverage, then the long plays without. */
export async function unitTests() {
  const counted = [
    '--coverage',
    // The sums are enough to judge by; `vitest run --coverage` by hand draws a page for each file too.
    '--coverage.reporter=text-summary',
    '--coverage.reporter=json-summary',
    ...PLAYS.excluded.map((pattern) => `--exclude=${pattern}`),
  ];
  const first = await vitest(at('test-results', 'unit.json'), counted);
  const then = await vitest(at('test-results', 'plays.json'), PLAYS.names);
  return { passed: first.passed + then.passed, failed: first.failed + then.failed, skipped: first.skipped + then.skipped };
}

async function vitest(path, args) {
  rmSync(path, { force: true });
  const all = [bin('vitest', 'vitest.mjs'), 'run', ...args, '--reporter=dot', '--reporter=json', `--outputFile.json=${path}`];
  const { code } = await runNode(all, { env: process.stdout.isTTY ? {} : { NO_COLOR: '1' } });
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, numTodoTests = 0 } = report(path) ?? {};
  return withVerdict({ passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests }, code);
}

/** The build of what is stale, counted as one test. */
export async function build() {
  try {
    await ensureBuilt();
    console.log('ok     build');
    return { passed: 1, failed: 0, skipped: 0 };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    console.log(`FAILED build\n${error.message}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/** A short torture: the server is killed again and again while it is played on; each thing that must hold is one test. */
export async function torture() {
  const path = at('test-results', 'torture.json');
  rmSync(path, { force: true });
  mkdirSync(at('test-results'), { recursive: true });
  const args = [at('scripts', 'torture.ts'), '--kills', '25', '--seconds', '50', '--json', path];
  const { code } = await runNode(args);
  const { passed = 0, failed = 0 } = report(path) ?? {};
  return withVerdict({ passed, failed, skipped: 0 }, code);
}

/** The tests in a real browser. */
export async function browserTests() {
  const path = at('test-results', 'e2e.json');
  rmSync(path, { force: true });
  const env = { CHROMIUM_PATH: await ensureBrowser(), PLAYWRIGHT_JSON_OUTPUT_NAME: path };
  const args = [bin('@playwright', 'test', 'cli.js'), 'test', '--reporter=list,json', '--pass-with-no-tests'];
  const { code } = await runNode(args, { env });
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = report(path)?.stats ?? {};
  return withVerdict({ passed: expected + flaky, failed: unexpected, skipped }, code);
}
