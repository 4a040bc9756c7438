// Holds the direction of imports between the parts of the house (.dependency-cruiser.mjs). The cruiser reads TypeScript
// through swc; without it it would see nothing and pass, so every package that has sources must have been seen.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import config from '../.dependency-cruiser.mjs';
import { root } from './lib/paths.mjs';

const parts = ['packages/domain', 'packages/store', 'packages/model', 'packages/interop', 'apps/server', 'apps/web'];

const hasSources = (folder) =>
  existsSync(folder) && readdirSync(folder, { recursive: true }).some((name) => /\.tsx?$/.test(name));

/**
 * Cruises the sources below `baseDir`. Returns `{ seen, violations, blind }`: modules seen by part, broken rules as
 * lines, and the parts whose sources the cruiser did not see.
 * @returns {Promise<{ seen: Record<string, number>, violations: string[], blind: string[] }>}
 */
export async function checkImports(baseDir = root) {
  const present = parts.filter((part) => hasSources(join(baseDir, part, 'src')));
  const { output } = await cruise(
    present.map((part) => `${part}/src`),
    { ...config.options, ruleSet: { forbidden: config.forbidden }, validate: true, baseDir, outputType: 'json' },
    config.options.enhancedResolveOptions,
  );
  const result = typeof output === 'string' ? JSON.parse(output) : output;
  const seen = Object.fromEntries(
    present.map((part) => [part, result.modules.filter((module) => module.source.startsWith(`${part}/src/`)).length]),
  );
  const violations = result.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`);
  return { seen, violations, blind: present.filter((part) => seen[part] === 0) };
}

if (process.argv[1] === import.meta.filename) {
  const { seen, violations, blind } = await checkImports();
  for (const [part, count] of Object.entries(seen)) console.log(`${part}: ${count} modules`);
  for (const part of blind) console.error(`${part} has sources, but the cruiser saw none: is @swc/core installed?`);
  for (const line of violations) console.error(line);
  process.exitCode = violations.length + blind.length > 0 ? 1 : 0;
}
