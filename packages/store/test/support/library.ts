import type { Store } from '../../src/index.ts';
import { openStore } from '../../src/index.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of SQL migrations. */
export const MIGRATIONS = fileURLToPath(new URL('../../../../drizzle', import.meta.url));

/** A library in a folder of its own, gone when disposed of. */
export interface TestLibrary extends AsyncDisposable {
  readonly path: string;
  store: Store;
  reopen(): Promise<Store>;
}

/** Opens an empty library for a test. */
export async function testLibrary(): Promise<TestLibrary> {
  const folder = mkdtempSync(join(tmpdir(), 'offstage-store-'));
  const path = join(folder, 'offstage.db');
  const open = () => openStore({ path, migrationsFolder: MIGRATIONS });
  const library: TestLibrary = {
    path,
    store: await open(),
    async reopen() {
      await library.store.close();
      library.store = await open();
      return library.store;
    },
    async [Symbol.asyncDispose]() {
      await library.store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return library;
}
