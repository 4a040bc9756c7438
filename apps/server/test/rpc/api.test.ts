import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { apiPage, procedures } from '../../src/rpc/apiPage.ts';

it('OP-9 every procedure says in a sentence what it does', () => {
  const all = procedures();
  expect(all.length).toBeGreaterThan(60);
  expect(all.filter(({ description }) => !/^\p{Lu}.{9,}[.?]$/su.test(description ?? '')).map(({ path }) => path)).toEqual([]);
});

it('OP-9 docs/api.md says what the router says: after a change, run npm run api', () => {
  expect(readFileSync(join(import.meta.dirname, '../../../../docs/api.md'), 'utf8')).toBe(apiPage());
});

it('OP-9 the page tells of fields, their bounds and what may be left out', () => {
  const page = apiPage();
  expect(page).toContain('- `text`: text (at most 2,000,000 characters)');
  expect(page).toContain('- `nudge?`: text (at most 1,000 characters)');
  expect(page).toContain('*goes on telling*');
});
