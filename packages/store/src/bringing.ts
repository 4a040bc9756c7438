import { Worker } from 'node:worker_threads';

/** Commits after which what waits beside the file is brought in: some 6 MB in a story that is played. */
const COMMITS = 96;

const [IDLE, BUSY] = [0, 1];

/**
 * Brings what waits beside the file (SQLite's write-ahead log) into it, on a thread of its own: waiting for the disk
 * there keeps nobody from being answered. The thread starts when there is something to do. Whether it is at work stands
 * in memory that both share, so that a row of commits without a pause in between sees it too.
 */
export class Bringing {
  readonly #path: string;
  readonly #state = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  #thread: Worker | undefined;
  #commits = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** Counts a commit; every so often there is enough to bring in. */
  committed(): void {
    this.#commits += 1;
    if (this.#commits >= COMMITS) this.begin();
  }

  /** Begins to bring in all that waits. While that is being done, it goes on waiting for the commits to come. */
  begin(): void {
    if (Atomics.compareExchange(this.#state, 0, IDLE, BUSY) === BUSY) return;
    this.#commits = 0;
    this.#awake().postMessage('bring in');
  }

  /** Waits until nothing is being brought in. */
  async idle(): Promise<void> {
    this.#thread?.ref();
    while (Atomics.load(this.#state, 0) === BUSY) await Atomics.waitAsync(this.#state, 0, BUSY).value;
    this.#thread?.unref();
  }

  /** Ends the thread, when it has done what it is doing. */
  async close(): Promise<void> {
    await this.idle();
    const thread = this.#thread;
    if (thread === undefined) return;
    thread.ref();
    const ended = new Promise((resolve) => thread.once('exit', resolve));
    thread.postMessage('end');
    await ended;
  }

  #awake(): Worker {
    if (this.#thread !== undefined) return this.#thread;
    const script = new URL('./bringing.thread.ts', import.meta.url);
    const thread = new Worker(script, { workerData: { path: this.#path, state: this.#state } });
    // Without the thread nothing is lost: the connection that writes brings in what becomes too much.
    thread.on('error', () => {});
    thread.once('exit', () => {
      this.#thread = undefined;
      Atomics.store(this.#state, 0, IDLE);
      Atomics.notify(this.#state, 0);
    });
    thread.unref();
    this.#thread = thread;
    return thread;
  }
}
