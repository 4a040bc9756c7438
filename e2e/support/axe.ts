import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Expects that axe finds nothing to mend on the page as it stands (WCAG 2.2 AA and its best practices), or by some of its rules. */
export async function expectAccessible(page: Page, rules: readonly string[] = []): Promise<void> {
  // It is handed to a page once; its own way for Playwright reads it anew for each look, twice, and in a tab that hides the page.
  if (!(await page.evaluate<boolean>(`'axe' in window`))) await page.evaluate(axe);
  const options: RunOptions = { resultTypes: ['violations'], ...(rules.length > 0 && { runOnly: { type: 'rule', values: [...rules] } }) };
  const violations = await page.evaluate<AxeResults['violations']>(`axe.run(${JSON.stringify(options)}).then(({ violations }) => violations)`);
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `  ${node.target.join(' ')}`).join('\n')}`,
  );
  expect(found, 'axe findings').toEqual([]);
}
