import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { compiled, serverArguments } from '../../scripts/lib/paths.mjs';

/** What a test wants otherwise: variables of the server, and what lies in its folder before it starts. */
export interface World {
  readonly env?: Readonly<Record<string, string>>;
  readonly prepare?: (app: App) => Promise<unknown>;
}

/** One Offstage of a test's own: a fresh library in a temporary folder, on a free port. */
export class App {
  readonly url: string;
  readonly folder: string;
  /** What the server has said so far. */
  output = '';
  private readonly env: Readonly<Record<string, string>>;
  private process: ChildProcess | undefined;

  private constructor(port: number, folder: string, env: Readonly<Record<string, string>>) {
    this.url = `http://127.0.0.1:${port}`;
    this.folder = folder;
    this.env = env;
  }

  /** Starts a server and waits until it answers. */
  static async create({ env = {}, prepare }: World = {}): Promise<App> {
    const app = new App(await freePort(), await mkdtemp(join(tmpdir(), 'offstage-e2e-')), env);
    await prepare?.(app);
    await app.start();
    return app;
  }

  /** The library's file. */
  get library(): string {
    return join(this.folder, 'offstage.sqlite');
  }

  /** The settings file. */
  get config(): string {
    return join(this.folder, 'config.toml');
  }

  /**
   * Starts the server again on the same library. Throws with its output when it does not answer within 30 s; over a
   * `damaged` library it answers that it is not well.
   */
  async start(library: 'whole' | 'damaged' = 'whole'): Promise<void> {
    const child = spawn(process.execPath, serverArguments, {
      env: {
        ...process.env,
        NODE_COMPILE_CACHE: compiled,
        // Answers come at once unless a test wants to see them come.
        OFFSTAGE_REHEARSAL_WPS: '0',
        ...this.env,
        OFFSTAGE_PORT: new URL(this.url).port,
        OFFSTAGE_DB_PATH: this.library,
        OFFSTAGE_CONFIG_PATH: this.config,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.process = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
    }
    const until = Date.now() + 30_000;
    while (child.exitCode === null && Date.now() < until) {
      const answer = await fetch(`${this.url}/health`).catch(() => undefined);
      if (answer?.ok === (library === 'whole')) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    await this.stop();
    throw new Error(`The server did not start:\n${this.output}`);
  }

  /** Stops the server: asked (SIGTERM) or, to try a crash, killed (SIGKILL). Resolves when it is gone. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.process;
    this.process = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    const hard = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await gone;
    clearTimeout(hard);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no free port')),
      );
    });
  });
}

interface Fixtures {
  world: World;
  app: App;
  allowedErrors: RegExp[];
  quietConsole: undefined;
}

/**
 * `test` with an `app` of its own; `page.goto('/')` leads there. `test.use({ world })` makes it otherwise. What the
 * console of any page calls an error fails the test, a breach of the content security policy included;
 * `allowedErrors.push(/.../)` lets one through that the test provokes.
 */
export const test = base.extend<Fixtures>({
  world: [{}, { option: true }],
  app: async ({ world }, use) => {
    await using app = await App.create(world);
    await use(app);
  },
  baseURL: async ({ app }, use) => use(app.url),
  allowedErrors: async ({}, use) => use([]),
  quietConsole: [
    async ({ context, allowedErrors }, use) => {
      const errors: string[] = [];
      context.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      context.on('weberror', (error) => errors.push(String(error.error())));
      await use(undefined);
      const unexpected = errors.filter((text) => !allowedErrors.some((allowed) => allowed.test(text)));
      if (unexpected.length > 0) throw new Error(`The page reported errors:\n${unexpected.join('\n')}`);
    },
    { auto: true },
  ],
});

export { expect } from '@playwright/test';
