import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkImports } from '../check-imports.mjs';

const repo = join(import.meta.dirname, '..', '..');
const parts = ['packages/domain', 'packages/store', 'packages/model', 'packages/interop', 'apps/server', 'apps/web'];
let house: string;

/** A small copy of the house: the workspace's package files and installed packages, with the sources given here. */
beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'offstage-house-'));
  for (const file of ['package.json', 'tsconfig.json', '.oxlintrc.json', '.gitignore'])
    cpSync(join(repo, file), join(house, file));
  symlinkSync(join(repo, 'node_modules'), join(house, 'node_modules'));
  for (const part of parts) {
    mkdirSync(join(house, part, 'node_modules'), { recursive: true });
    cpSync(join(repo, part, 'package.json'), join(house, part, 'package.json'));
    for (const name of readdirSync(join(repo, part, 'node_modules'))) {
      if (name !== '@offstage')
        symlinkSync(join(repo, part, 'node_modules', name), join(house, part, 'node_modules', name));
    }
    mkdirSync(join(house, part, 'node_modules', '@offstage'));
    for (const other of ['domain', 'store', 'model', 'interop', 'server']) {
      symlinkSync(
        join(house, other === 'server' ? 'apps' : 'packages', other),
        join(house, part, 'node_modules', '@offstage', other),
      );
    }
  }
});
afterAll(() => rmSync(house, { recursive: true, force: true }));

const lay = (files: Record<string, string>) => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    writeFileSync(join(house, path), text);
  }
};
const clear = () => {
  for (const part of parts) {
    rmSync(join(house, part, 'src'), { recursive: true, force: true });
  }
};

const good = {
  'packages/domain/src/index.ts': `import { z } from 'zod'\nexport { shape } from './shape.ts'\nexport const name = z.string()\n`,
  'packages/domain/src/shape.ts': `export const shape = { a: 1 }\nexport interface Shape { readonly a: number }\n`,
  'packages/store/src/index.ts': `import { join } from 'node:path'\nimport Database from 'better-sqlite3'\nimport { shape } from '@offstage/domain'\nexport const open = () => [new Database(join('a')), shape]\n`,
  'apps/server/src/rpc/router.ts': `import { open } from '@offstage/store'\nexport const router = { open }\n`,
  'apps/web/src/main.tsx': `import type { router } from '@offstage/server/router'\nexport type Router = typeof router\n`,
  'apps/web/src/features/chat/page.tsx': `import { Button } from '../../components/button.tsx'\nexport const Page = Button\n`,
  'apps/web/src/components/button.tsx': `import { shape } from '@offstage/domain'\nexport const Button = () => shape.a\n`,
};

describe('the direction of imports', () => {
  test('a house in order passes, and every part with sources was seen', async () => {
    clear();
    lay(good);
    expect(await checkImports(house)).toEqual({
      seen: { 'packages/domain': 2, 'packages/store': 1, 'apps/server': 1, 'apps/web': 3 },
      violations: [],
      blind: [],
    });
  });

  test.each([
    ['domain-imports-zod-alone', 'packages/domain/src/bad.ts', `import 'node:fs'`],
    [
      'domain-imports-zod-alone',
      'packages/domain/src/bad.ts',
      `import { open } from '@offstage/store'\nexport const a = open`,
    ],
    ['store-imports-domain', 'packages/store/src/bad.ts', `import { m } from '@offstage/model'\nexport const a = m`],
    [
      'interop-imports-domain',
      'packages/interop/src/bad.ts',
      `import { open } from '@offstage/store'\nexport const a = open`,
    ],
    [
      'model-imports-no-other-package',
      'packages/model/src/bad.ts',
      `import { shape } from '@offstage/domain'\nexport const a = shape`,
    ],
    ['web-imports-domain', 'apps/web/src/bad.ts', `import { open } from '@offstage/store'\nexport const a = open`],
    ['web-imports-domain', 'apps/web/src/bad.ts', `import 'node:fs'`],
    [
      'web-takes-types-from-server',
      'apps/web/src/bad.ts',
      `import { router } from '@offstage/server/router'\nexport const a = router`,
    ],
    [
      'no-import-across-features',
      'apps/web/src/features/rooms/bad.ts',
      `import { Page } from '../chat/page.tsx'\nexport const a = Page`,
    ],
    [
      'pages-lean-downward',
      'apps/web/src/lib/bad.ts',
      `import { Page } from '../features/chat/page.tsx'\nexport const a = Page`,
    ],
    ['no-cycles', 'packages/domain/src/bad.ts', `import { worse } from './worse.ts'\nexport const a = () => worse`],
    ['no-unresolvable', 'packages/model/src/bad.ts', `import './nowhere.ts'`],
  ])('%s is found in %s', async (rule, path, text) => {
    clear();
    lay({
      ...good,
      'packages/model/src/index.ts': `export const m = 1\n`,
      'packages/domain/src/worse.ts': `import { a } from './bad.ts'\nexport const worse = () => a\n`,
      'packages/domain/src/bad.ts': `export const a = 1\n`,
      [path]: `${text}\n`,
    });
    const { violations } = await checkImports(house);
    expect(violations.map((line) => line.split(':')[0])).toContain(rule);
  });
});

/** A file for each rule, in a folder of its own name, that breaks the rule. */
const planted = [
  ['no-floating-promises', 'apps/server/src/RULE/bad.ts', `const p = async () => 1\nexport const f = () => { p() }`],
  [
    'no-misused-promises',
    'apps/server/src/RULE/bad.ts',
    `const p = async () => true\nexport const f = () => { if (p()) return 1; return 2 }`,
  ],
  ['no-explicit-any', 'apps/server/src/RULE/bad.ts', `export const a: any = 1`],
  ['no-non-null-assertion', 'apps/server/src/RULE/bad.ts', `export const f = (a?: string): string => a!`],
  [
    'consistent-type-imports',
    'packages/domain/src/RULE/bad.ts',
    `import { Shape } from '../shape.ts'\nexport const f = (a: Shape) => a`,
  ],
  ['no-barrel-file', 'packages/domain/src/RULE/bad.ts', `export * from '../shape.ts'`],
  [
    'no-restricted-imports',
    'apps/web/src/features/RULE/bad.ts',
    `import { a } from '../../../../x.ts'\nexport const b = a`,
  ],
  ['no-console', 'packages/store/src/RULE/bad.ts', `console.log('x')`],
  ['no-restricted-properties', 'packages/domain/src/RULE/bad.ts', `export const now = () => Date.now()`],
  ['eqeqeq', 'apps/server/src/RULE/bad.ts', `export const f = (a: string) => a == 'b'`],
  [
    'switch-exhaustiveness-check',
    'apps/server/src/RULE/bad.ts',
    `export const f = (a: 'b' | 'c') => { switch (a) { case 'b': return 1 } }`,
  ],
  ['only-throw-error', 'apps/server/src/RULE/bad.ts', `export const f = () => { throw 'x' }`],
  ['no-danger', 'apps/web/src/RULE/bad.tsx', `export const A = () => <p dangerouslySetInnerHTML={{ __html: 'x' }} />`],
  [
    'rules-of-hooks',
    'apps/web/src/RULE/bad.tsx',
    `import { useState } from 'react'\nexport const A = (p: { a: boolean }) => { if (p.a) useState(1); return null }`,
  ],
] as const;

describe('the linter', () => {
  let found: string;
  beforeAll(() => {
    clear();
    lay(good);
    for (const [rule, path, text] of planted) lay({ [path.replace('RULE', rule)]: `${text}\n` });
    // The folders are named: the linked packages beside them lead back into the house, and a walk would never end.
    const args = [join(repo, 'node_modules/oxlint/bin/oxlint'), '-f', 'unix', ...parts.map((part) => `${part}/src`)];
    found = spawnSync(process.execPath, args, {
      cwd: house,
      encoding: 'utf8',
      timeout: 60_000,
      killSignal: 'SIGKILL',
    }).stdout;
  });

  test('passes good code', () => {
    const dirty = found.split('\n').filter((line) => Object.keys(good).some((path) => line.startsWith(path)));
    expect(dirty).toEqual([]);
  });

  test.each(planted)('%s fires in %s', (rule, path) => {
    const lines = found.split('\n').filter((line) => line.startsWith(path.replace('RULE', rule)));
    expect(lines.join('\n')).toContain(`(${rule})`);
  });
});
