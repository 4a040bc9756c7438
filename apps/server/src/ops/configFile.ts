import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Settings } from '../core.ts';
import type { ConfigProblem, ReadConfig } from './configRead.ts';
import { readConfig } from './configRead.ts';
import type { Config, Provider } from './configShape.ts';
import { DEFAULTS, sections } from './configShape.ts';
import type { TomlEntries } from './toml.ts';
import { setInTable, withTable, withoutTable } from './toml.ts';

const FIRST_LINE = "# Offstage's settings. The settings page writes this file too, and leaves what you add to it.";

/** The settings file: what it says now, and the one way to change it. */
export interface ConfigFile extends Settings {
  /** The file's name without its folder. */
  readonly name: string;
  readonly problems: readonly ConfigProblem[];
  /** Reads the file anew where it was changed by hand. */
  refresh(): Promise<void>;
  /**
   * Changes the file. A file that cannot be read, or was made by hand, is copied aside first. Rejects with the system's
   * error where it cannot be written; then nothing has changed.
   */
  update(change: (config: Config) => Config): Promise<void>;
}

/** Opens the settings file; one that is not there means defaults. Rejects where it is there and cannot be opened. */
export async function openConfig(path: string, now: () => string): Promise<ConfigFile> {
  let text = await textOf(path);
  let changedAt = await changeTime(path);
  let read: ReadConfig = readConfig(text ?? '');
  let queue: Promise<unknown> = Promise.resolve();

  async function refresh(): Promise<void> {
    const latest = await changeTime(path);
    if (latest === changedAt) return;
    text = await textOf(path);
    read = readConfig(text ?? '');
    changedAt = latest;
  }

  async function update(change: (config: Config) => Config): Promise<void> {
    await refresh();
    const wanted = change(read.config);
    const target = await realpath(path).catch(() => path);
    await mkdir(dirname(target), { recursive: true });
    if (text !== undefined) await keepAside(target, text, read, now);
    const next = rewritten(read.broken ? '' : (text ?? ''), read.broken ? DEFAULTS : read.config, wanted);
    await replaceFile(target, next);
    text = next;
    read = readConfig(next);
    changedAt = await changeTime(path);
  }

  return {
    name: basename(path),
    get current() {
      return read.config;
    },
    get problems() {
      return read.problems;
    },
    refresh,
    update(change) {
      const done = queue.then(() => update(change));
      queue = done.catch(() => {});
      return done;
    },
  };
}

/** The file's new text: changed line by line where that says what is wanted, else written from nothing. */
function rewritten(text: string, before: Config, wanted: Config): string {
  const patched = patch(text === '' ? `${FIRST_LINE}\n` : text, before, wanted);
  return isDeepStrictEqual(readConfig(patched).config, wanted) ? patched : patch(`${FIRST_LINE}\n`, DEFAULTS, wanted);
}

function patch(text: string, before: Config, wanted: Config): string {
  let next = text;
  const isOf = (id: string) => (body: string): boolean => readConfig(`[[providers]]\n${body}`).config.providers[0]?.id === id;
  for (const { id } of before.providers) {
    if (!wanted.providers.some((provider) => provider.id === id)) next = withoutTable(next, 'providers', isOf(id));
  }
  for (const provider of wanted.providers) {
    const old = before.providers.find(({ id }) => id === provider.id);
    if (old === undefined) next = withTable(next, '[[providers]]', linesOf(provider));
    else if (!isDeepStrictEqual(old, provider)) next = setInTable(next, 'providers', linesOf(provider), isOf(provider.id));
  }
  for (const name of Object.keys(sections) as (keyof typeof sections)[]) {
    if (isDeepStrictEqual(before[name], wanted[name])) continue;
    const gone = Object.fromEntries(Object.keys(before[name]).map((key) => [key, undefined]));
    next = setInTable(next, name, { ...gone, ...wanted[name] });
  }
  return next;
}

function linesOf({ id, name, base_url, api_key, max_concurrent }: Provider): TomlEntries {
  return { id, name, base_url, api_key, max_concurrent };
}

/** Copies of what a person wrote: a file that cannot be read each time, one made by hand once. */
async function keepAside(path: string, text: string, read: ReadConfig, now: () => string): Promise<void> {
  if (read.broken) {
    await copyFile(path, `${path}.broken-${now().replaceAll(/[:.]/g, '-')}`);
    return;
  }
  const backup = `${path}.bak`;
  if (!text.startsWith(FIRST_LINE) && (await changeTime(backup)) === undefined) await copyFile(path, backup);
}

/** Puts a whole new file in the old one's place, readable by its owner alone: it may hold keys. */
async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomUUID().slice(0, 8)}.tmp`;
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (problem) {
    await rm(temporary, { force: true });
    throw problem;
  }
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  } catch (problem) {
    if (isMissing(problem)) return undefined;
    throw problem;
  }
}

/** When the file last changed, in ms; undefined when there is none. */
async function changeTime(path: string): Promise<number | undefined> {
  try {
    const { mtimeMs, size } = await stat(path);
    return mtimeMs + size / 1e9;
  } catch (problem) {
    if (isMissing(problem)) return undefined;
    throw problem;
  }
}

function isMissing(problem: unknown): boolean {
  return problem instanceof Error && 'code' in problem && (problem.code === 'ENOENT' || problem.code === 'ENOTDIR');
}
