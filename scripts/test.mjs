// `npm test`: everything that must hold, ending in one line that sums it up. `npm test -- --only unit` (or static, e2e, torture)
// runs a part.
import { ensureInstalled } from './lib/install.mjs';
import { main, Stop } from './lib/process.mjs';
import { browserTests, build, staticChecks, torture, unitTests } from './lib/steps.mjs';

const parts = { static: [staticChecks], unit: [unitTests], e2e: [build, browserTests], torture: [build, torture] };

await main(async () => {
  const [flag, only] = process.argv.slice(2);
  if (flag !== undefined && (flag !== '--only' || !(only in parts))) {
    throw new Stop(`npm test takes nothing, or -- --only ${Object.keys(parts).join('|')}`);
  }
  const sum = { passed: 0, failed: 0, skipped: 0 };
  const steps = only === undefined ? [...new Set(Object.values(parts).flat())] : parts[only];
  for (const step of [ensureInstalled, ...steps]) {
    try {
      const counts = (await step()) ?? {};
      for (const [name, count] of Object.entries(counts)) sum[name] += count;
    } catch (error) {
      console.error(error instanceof Stop ? error.message : error);
      sum.failed += 1;
      if (step === ensureInstalled) break;
    }
  }
  console.log(`\n${sum.passed} passed, ${sum.failed} failed${sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''}`);
  return sum.failed > 0 ? 1 : 0;
});
