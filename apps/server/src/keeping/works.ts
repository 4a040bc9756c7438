import { DomainError } from '@offstage/domain';

/** Long work with the library's file: one at a time (UI-10). */
export interface Work {
  readonly what: 'copy' | 'restore';
  /** Pages done and in all; 0 of 0 before it is known. */
  readonly done: number;
  readonly total: number;
  /** False from where it can no longer be undone. */
  readonly cancellable: boolean;
}

type Progress = (done: number, total: number) => void;

/** Progress is told at most this often, in ms. */
const TOLD_EVERY_MS = 150;

/** Runs long work, one at a time, tells how far it is, and cancels it. */
export class Works {
  #now: Work | null = null;
  /** How much is done meanwhile that no copy may see the beginning of. */
  #apart = 0;
  #cancel = new AbortController();
  #over: Promise<unknown> = Promise.resolve();
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get now(): Work | null {
    return this.#now;
  }

  get busy(): boolean {
    return this.#now !== null || this.#apart > 0;
  }

  /** Does something during which no copy may be made, since it would hold what goes (TL-12). One that is being made is cancelled. */
  async apart<T>(work: () => Promise<T>): Promise<T> {
    this.#apart += 1;
    try {
      await this.cancel();
      return await work();
    } finally {
      this.#apart -= 1;
    }
  }

  /** Throws DomainError `busy` while something else is done, and whatever the work throws. */
  async run<T>(what: Work['what'], work: (signal: AbortSignal, progress: Progress, pointOfNoReturn: () => void) => Promise<T>): Promise<T> {
    if (this.#now !== null) throw new DomainError('busy', 'A copy is being made or put back already. Wait until that is done.');
    if (this.#apart > 0) throw new DomainError('busy', 'Something is being deleted for good just now. Wait until that is done.');
    this.#cancel = new AbortController();
    this.#set({ what, done: 0, total: 0, cancellable: true });
    let toldAt = 0;
    const progress: Progress = (done, total) => {
      if (this.#now === null || (done < total && performance.now() - toldAt < TOLD_EVERY_MS)) return;
      toldAt = performance.now();
      this.#set({ ...this.#now, done, total });
    };
    const over = work(this.#cancel.signal, progress, () => this.#now !== null && this.#set({ ...this.#now, cancellable: false }));
    this.#over = over.catch(() => {});
    try {
      return await over;
    } finally {
      this.#set(null);
    }
  }

  /** Cancels what is being done; resolves when it has ended. False when nothing could be cancelled. */
  async cancel(): Promise<boolean> {
    if (this.#now?.cancellable !== true) return false;
    this.#cancel.abort(new DomainError('already_done', 'This was cancelled; nothing has changed.'));
    await this.#over;
    return true;
  }

  #set(work: Work | null): void {
    this.#now = work;
    this.#onChange();
  }
}
