import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';

/** The project's top folder: this file lies four folders below it. */
const root = resolve(import.meta.dirname, '..', '..', '..', '..');

/** SQL migrations. */
export const migrationsFolder = join(root, 'drizzle');

/** The built pages. */
export const pagesFolder = join(root, 'apps', 'web', 'dist');

/** The version of this Offstage, from the project's package.json. */
export function versionOf(): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return version;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the settings file lies: OFFSTAGE_CONFIG_PATH, else `data/config.toml`. */
export function configPathOf(env: Environment): string {
  return resolve(env['OFFSTAGE_CONFIG_PATH'] || join(root, 'data', 'config.toml'));
}

/** Where the library lies: OFFSTAGE_DB_PATH, else the settings file (relative to its folder), else `data/offstage.sqlite`. */
export function libraryPathOf(env: Environment, configPath: string, fromFile: string | undefined): string {
  if (env['OFFSTAGE_DB_PATH']) return resolve(env['OFFSTAGE_DB_PATH']);
  if (fromFile !== undefined) return isAbsolute(fromFile) ? fromFile : resolve(dirname(configPath), fromFile);
  return join(root, 'data', 'offstage.sqlite');
}
