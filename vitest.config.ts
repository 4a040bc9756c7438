import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './scripts/lib/longest-first.mjs';

const parts = [
  'packages/domain',
  'packages/store',
  'packages/model',
  'packages/interop',
  'apps/server',
  'apps/web',
  'scripts',
  'bench',
];

/** Parts whose tests share a thread: what they try is pure, so there is nothing that one file could leave to the next. */
const pure = new Set(['packages/domain', 'packages/interop']);

const lines = { lines: 90 };

export default defineConfig({
  test: {
    passWithNoTests: true,
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // By itself the runner would leave one core of two idle; and a quarter of the time a test waits for a clock, a disk or a process.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    projects: parts.map((part) => ({
      extends: true,
      test: {
        name: part.split('/').at(-1) ?? part,
        include: [`${part}/test/**/*.test.{ts,tsx}`],
        ...(pure.has(part) && { pool: 'threads' as const, isolate: false }),
      },
    })),
    coverage: {
      provider: 'v8',
      reportsDirectory: 'coverage',
      reporter: ['text-summary', 'json-summary', 'html'],
      include: ['packages/*/src/**/*.ts', 'apps/*/src/**/*.ts'],
      // What is drawn (.tsx) and how the parts are wired at start is tried in a real browser, by the tests in e2e/.
      exclude: ['**/*.d.ts', 'apps/server/src/main.ts', 'apps/server/src/rebuild.ts', 'apps/server/src/passphrase.ts', 'apps/server/src/api.ts', 'packages/store/src/copies/worker.ts'],
      thresholds: {
        lines: 80,
        'packages/domain/src/**': lines,
        'packages/store/src/**': lines,
        'packages/model/src/**': lines,
      },
    },
  },
});
