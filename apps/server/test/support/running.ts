import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TRPCClientError, createTRPCClient, httpLink } from '@trpc/client';
import type { TRPCClient } from '@trpc/client';
import { createApp } from '../../src/app.ts';
import type { App, AppOptions } from '../../src/app.ts';
import type { Problem } from '../../src/rpc/problem.ts';
import type { AppRouter } from '../../src/rpc/router.ts';

export interface Running extends AsyncDisposable {
  readonly app: App;
  readonly url: string;
  readonly folder: string;
  readonly configPath: string;
  readonly rpc: TRPCClient<AppRouter>;
  /** What was logged so far, one JSON line each. */
  readonly log: string[];
}

/** A server on a free port with a library and settings of its own; `files` are laid down first, by name, then `prepare` may do more. */
export async function running(
  options: Partial<AppOptions> = {},
  files: Readonly<Record<string, string>> = {},
  prepare: (folder: string) => void = () => {},
): Promise<Running> {
  const folder = await mkdtemp(join(tmpdir(), 'offstage-server-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  prepare(folder);
  const log: string[] = [];
  const configPath = join(folder, 'config.toml');
  const app = await createApp({
    configPath,
    env: { OFFSTAGE_DB_PATH: join(folder, 'library.sqlite') },
    rehearsal: { wordsPerSecond: 0, allowMisbehaviour: true },
    writeLog: (line) => log.push(line),
    ...options,
  });
  const url = (await app.http.listen({ host: '127.0.0.1', port: 0 })).replace('[::1]', '127.0.0.1');
  return {
    app,
    url,
    folder,
    configPath,
    log,
    rpc: createTRPCClient<AppRouter>({ links: [httpLink({ url: `${url}/trpc` })] }),
    async [Symbol.asyncDispose]() {
      await app.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What a page is told about a refusal. Throws when nothing was refused. */
export async function refusal(asked: Promise<unknown>): Promise<Problem> {
  try {
    await asked;
  } catch (error) {
    if (!(error instanceof TRPCClientError)) throw error;
    return (error.data as { offstage: Problem }).offstage;
  }
  throw new Error('Nothing was refused.');
}

export const fresh = (): string => crypto.randomUUID();
