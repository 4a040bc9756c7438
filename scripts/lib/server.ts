import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { compiled, node, serverArguments } from './paths.mjs';

/** Long, for a machine that has other things to do: how long a start takes is measured elsewhere. */
const START_MS = 60_000;
const STOP_MS = 10_000;

/** A server of its own, as `npm start` runs it after its build. */
export class Server {
  readonly url: string;
  readonly process: ChildProcess;
  /** Milliseconds from the start of the process until it answered. */
  startedIn = Number.NaN;
  #said = '';

  private constructor(process: ChildProcess, port: number) {
    this.process = process;
    this.url = `http://127.0.0.1:${port}`;
    for (const stream of [process.stdout, process.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#said = (this.#said + text).slice(-20_000);
      });
    }
  }

  /** Starts on the library and settings of a folder, on a free port. Throws with what the server said. */
  static async start(folder: string, env: Readonly<Record<string, string>> = {}): Promise<Server> {
    const since = performance.now();
    const server = await Server.launch(folder, env);
    await server.#answering(since);
    return server;
  }

  /** Starts, and does not wait until it answers. */
  static async launch(folder: string, env: Readonly<Record<string, string>> = {}): Promise<Server> {
    const port = await freePort();
    const child = spawn(node, serverArguments, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        NODE_COMPILE_CACHE: compiled,
        OFFSTAGE_PORT: String(port),
        OFFSTAGE_DB_PATH: join(folder, 'offstage.sqlite'),
        OFFSTAGE_CONFIG_PATH: join(folder, 'config.toml'),
        ...env,
      },
    });
    return new Server(child, port);
  }

  async #answering(since: number): Promise<void> {
    const { process: child } = this;
    while (child.exitCode === null && child.signalCode === null && performance.now() - since < START_MS) {
      if (await answers(this.url)) {
        this.startedIn = performance.now() - since;
        return;
      }
      await wait(2);
    }
    await this.stop();
    throw new Error(`The server did not start:\n${this.#said}`);
  }

  /** Ends the server as a crash would, and waits until it is gone. */
  async kill(): Promise<void> {
    const { process: child } = this;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  /** Asks the server to end, and ends it when it does not. */
  async stop(): Promise<void> {
    const { process: child } = this;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    const hard = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await gone;
    clearTimeout(hard);
  }
}

/** True when an Offstage answers at an address. */
export async function answers(url: string): Promise<boolean> {
  const response = await fetch(`${url}/health`).catch(() => undefined);
  if (response === undefined) return false;
  const body: unknown = await response.json().catch(() => undefined);
  return response.ok && typeof body === 'object' && body !== null && 'status' in body;
}

function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const probe = createServer();
  probe.once('error', reject);
  probe.listen(0, '127.0.0.1', () => {
    const address = probe.address();
    probe.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('There is no free port.'))));
  });
  return promise;
}
