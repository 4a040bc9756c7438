import { DomainError } from '@offstage/domain';
import { openStore } from '@offstage/store';
import type { OpenOptions, Store } from '@offstage/store';
import { copyOf, inspectLibrary } from '@offstage/store/copies/tasks';
import { mkdir, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log, Settings } from '../core.ts';
import { createOnce } from '../ops/once.ts';
import type { Services } from '../services.ts';
import { Backups } from './backups.ts';
import { LibraryClosed } from './closed.ts';
import type { FileIdentity } from './files.ts';
import { assertRoom, clear, identityOf, isSame, setAside, swap } from './files.ts';
import { copyPath } from './names.ts';
import { isHeld, isUnreadable, troubleBy, troubleOf } from './trouble.ts';
import type { Trouble } from './trouble.ts';
import type { Work } from './works.ts';
import { Works } from './works.ts';

/** How things stand with the library, as every page is told. */
export interface Standing {
  /** `damaged` and `missing` wait for a person to choose; `restoring` is over in a moment. */
  readonly state: 'open' | 'damaged' | 'missing' | 'restoring';
  readonly trouble: Trouble | null;
  readonly work: Work | null;
  /** The last copy that was put back since the server started; pages that knew what was before read everything anew. */
  readonly restored: { readonly at: string; readonly from: string } | null;
  /** How often the library has been opened since the server started: what a page knows of an earlier time is void. */
  readonly opened: number;
  /** Raised whenever a copy was made or deleted. */
  readonly copiesChanged: number;
}

export interface LibraryOptions extends Omit<OpenOptions, 'path' | 'now'> {
  readonly path: string;
  readonly config: Settings;
  readonly log: Log;
  /** Builds what works on an open store; it is started by the library. */
  readonly build: (store: Store) => Services;
  readonly now: () => string;
  readonly openStore?: typeof openStore;
  /** How often the file is looked at, in ms. */
  readonly watchEveryMs?: number;
  /** How long after it is opened the whole file is read, in ms. */
  readonly inspectAfterMs?: number;
}

const WATCH_MS = 2_000;
/** How often it is said how far the rows of a long library are folded afresh, in ms. */
const FOLDING_TOLD_MS = 1_000;
const TICK_MS = 60_000;
/** Not at once: the first page comes first. */
const INSPECT_AFTER_MS = 45_000;
const INSPECTING_MS = 10 * 60_000;
/** How long requests that are under way may take to end before a copy is put back, in ms. */
const LEAVING_MS = 5_000;
/** Room on a disk that was full from which on it is no longer taken to be. */
const ROOM_BYTES = 1_000_000;

const CLOSED: Readonly<Record<Standing['state'], string>> = {
  open: 'The library is being opened. Try again in a moment.',
  restoring: 'A copy of the library is being put back. Try again in a moment.',
  damaged: 'The library is damaged. Choose on the page what to do about it.',
  missing: 'The library is not where it was. Choose on the page what to do about it.',
};

/**
 * The library's file while the server runs: opens it, watches over it, puts copies back, and says what is wrong. The
 * services over it come and go with it; whoever needs them asks here each time.
 */
export class Library {
  readonly path: string;
  readonly backups: Backups;
  readonly works: Works;
  /** Answers a command about the file once. */
  readonly once = createOnce();
  readonly #options: LibraryOptions;
  readonly #listeners = new Set<() => void>();
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #closing = new AbortController();
  #services: Services | undefined;
  #quiet: Promise<void> | undefined;
  #identity: FileIdentity | undefined;
  #state: Standing['state'] = 'missing';
  #trouble: Trouble | null = null;
  /** The open file was found damaged; other trouble may come and go. */
  #damaged = false;
  #restored: Standing['restored'] = null;
  #opened = 0;
  #copiesChanged = 0;
  #inside = 0;
  #looking: Promise<void> | undefined;

  constructor(options: LibraryOptions) {
    this.path = options.path;
    this.#options = options;
    const tell = (): void => this.#tell();
    this.works = new Works(tell);
    const { config, log, now } = options;
    const onChange = (): void => {
      this.#copiesChanged += 1;
      tell();
    };
    this.backups = new Backups({ libraryPath: options.path, config, log, works: this.works, now, onChange });
  }

  /**
   * Opens the library. One that is damaged, or gone while there are copies of it, is left as it is, for a person to
   * choose what to do. Throws what `openStore` throws for any other reason.
   */
  async open(): Promise<void> {
    if (await this.#isLost()) {
      this.#state = 'missing';
      this.#options.log.error({ path: this.path }, 'the library is not there, but copies of it are');
      return;
    }
    try {
      await this.#openFile();
    } catch (problem) {
      if (!isUnreadable(problem)) throw problem;
      this.#options.log.error({ err: problem }, 'the library could not be opened');
      this.#setState('damaged', troubleBy('damaged'));
    }
  }

  /** Begins to watch over the file and to make copies of it. */
  watch(): void {
    const { watchEveryMs = WATCH_MS, inspectAfterMs = INSPECT_AFTER_MS } = this.#options;
    this.#timers.push(setInterval(() => void this.look(), watchEveryMs), setInterval(() => void this.backups.tick(), TICK_MS));
    const inspection = setTimeout(() => void this.inspect(), inspectAfterMs);
    this.#timers.push(inspection);
    for (const timer of this.#timers) timer.unref();
  }

  get standing(): Standing {
    return { state: this.#state, trouble: this.#trouble, work: this.works.now, restored: this.#restored, opened: this.#opened, copiesChanged: this.#copiesChanged };
  }

  /** Called whenever what is told of the library changes. Returns the way to stop. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What works on the library. Throws LibraryClosed while it is not open. */
  get services(): Services {
    if (this.#services === undefined || this.#state !== 'open') throw new LibraryClosed(CLOSED[this.#state]);
    return this.#services;
  }

  /**
   * Does something with the open library; it is not closed meanwhile. Whether it writes may be asked for where that counts. Throws
   * LibraryClosed while it cannot be used so.
   */
  async use<T>(writes: boolean | ((services: Services) => Promise<boolean>), work: (services: Services) => Promise<T>): Promise<T> {
    const { services } = this;
    this.#inside += 1;
    try {
      if (isHeld(this.#trouble) && (typeof writes === 'boolean' ? writes : await writes(services))) throw new LibraryClosed(this.#trouble.message);
      return await work(services);
    } finally {
      this.#inside -= 1;
    }
  }

  /** Takes notice of an error: trouble with the disk or the file is told to every page until it is over. */
  fault(problem: unknown): void {
    const trouble = troubleOf(problem);
    if (trouble === undefined || this.#services === undefined || this.#trouble?.kind === trouble.kind) return;
    this.#damaged ||= trouble.kind === 'damaged';
    this.#options.log.error({ err: problem, kind: trouble.kind }, 'the library is in trouble');
    this.#setTrouble(trouble);
  }

  /** Looks at the file once, and whether trouble is over. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #look(): Promise<void> {
    const services = this.#services;
    if (services === undefined || this.#state !== 'open') return;
    try {
      const found = await identityOf(this.path).catch(() => this.#identity);
      if (this.#services !== services) return;
      if (found === undefined) this.#setTrouble(troubleBy('gone'));
      else if (!isSame(found, this.#identity)) this.#setTrouble(troubleBy('replaced'));
      else if (this.#trouble !== null && this.#trouble.kind !== 'damaged') {
        if (this.#trouble.kind === 'full') await assertRoom(dirname(this.path), ROOM_BYTES);
        await services.store.probe();
        this.#options.log.info({ kind: this.#trouble?.kind }, 'the library is well again');
        this.#setTrouble(this.#damaged ? troubleBy('damaged') : null);
        await services.story.goOn();
      }
    } catch (problem) {
      this.fault(problem);
    }
  }

  /** Reads the whole file in the background: damage is found before it is stepped upon. */
  async inspect(): Promise<void> {
    if (this.#state !== 'open' || this.works.busy) return;
    try {
      await inspectLibrary(this.path, AbortSignal.any([this.#closing.signal, AbortSignal.timeout(INSPECTING_MS)]));
    } catch (problem) {
      if (this.#closing.signal.aborted) return;
      this.fault(problem);
      this.#options.log.warn({ err: problem }, 'the library could not be read from its first page to its last');
    }
  }

  /**
   * Puts a copy in the library's place; the present one is put aside first. The copy is read and brought up to date
   * before anything is touched. Throws what `Backups.make` throws, and what `openStore` throws for the copy.
   */
  restore(name: string): Promise<void> {
    return this.works.run('restore', async (signal, progress, pointOfNoReturn) => {
      const from = this.backups.pathOf(name);
      const incoming = `${this.path}.incoming`;
      try {
        await clear(incoming);
        await assertRoom(dirname(this.path), (await stat(from)).size + 1_000_000);
        await copyOf({ from, to: incoming, asNew: true }, signal, progress);
        await (await this.#openAt(incoming, false)).close();
        signal.throwIfAborted();
        pointOfNoReturn();
        await this.#replace(incoming, name);
      } finally {
        await clear(incoming);
      }
    });
  }

  /** Begins with an empty library where the one that was there is damaged or gone; what is there is put aside. */
  startEmpty(): Promise<void> {
    return this.works.run('restore', async (_signal, _progress, pointOfNoReturn) => {
      if (this.#services !== undefined) throw new DomainError('already_done', 'The library is open; there is nothing to begin anew.');
      pointOfNoReturn();
      await setAside(this.path, copyPath(this.path, 'damaged', this.#options.now()));
      await this.#openFile();
    });
  }

  /** Writes the library anew under its name from what is still held open; another file there is put aside. */
  writeAnew(): Promise<void> {
    return this.works.run('restore', async (_signal, progress, pointOfNoReturn) => {
      const services = this.#services;
      if (services === undefined || !isHeld(this.#trouble)) throw new DomainError('already_done', 'The library stands where it was.');
      pointOfNoReturn();
      await this.#saveHeld(services.store, progress);
    });
  }

  async close(): Promise<void> {
    this.#closing.abort(new LibraryClosed('Offstage is closing.'));
    for (const timer of this.#timers) clearInterval(timer);
    await this.works.cancel();
    // One look that is under way may have begun before the file went.
    await this.#looking;
    await this.look();
    const services = this.#services;
    if (services === undefined) return;
    if (isHeld(this.#trouble)) {
      // When this process ends, what it holds is gone.
      await this.quiet();
      await this.#saveHeld(services.store, () => {}).catch((problem: unknown) => this.#options.log.error({ err: problem }, 'the library could not be written anew'));
    }
    await this.#leaveFile();
  }

  /** Ends replies keeping their words, and every other call; before the server stops listening. */
  quiet(): Promise<void> {
    this.#quiet ??= this.#services?.quiet();
    return this.#quiet ?? Promise.resolve();
  }

  /** Loads what the first turn would else wait for. */
  async warm(): Promise<void> {
    await this.#services?.warm();
  }

  async #openFile(): Promise<void> {
    const store = await this.#openAt(this.path, true);
    this.#services = this.#options.build(store);
    try {
      store.onFault((problem) => {
        if (troubleOf(problem) === undefined) this.#options.log.error({ err: problem }, 'what was written could not be told to everybody');
        this.fault(problem);
      });
      this.#damaged = false;
      this.#opened += 1;
      this.#setState('open', null);
      this.#identity = await identityOf(this.path);
      await this.#services.start();
      await this.backups.follow(store);
    } catch (problem) {
      await this.#leaveFile();
      throw problem;
    }
  }

  #openAt(path: string, backupBefore: boolean): Promise<Store> {
    const { migrationsFolder, durability, now, log } = this.#options;
    let toldAt = performance.now();
    // Nobody can look at a page yet: whoever waits at the terminal sees that it goes on (UI-10).
    const folding = (done: number, total: number): void => {
      if (performance.now() - toldAt < FOLDING_TOLD_MS) return;
      toldAt = performance.now();
      log.info({ done, total }, 'the library is put in order for this version');
    };
    return (this.#options.openStore ?? openStore)({ path, migrationsFolder, backupBefore, now, folding, ...(durability !== undefined && { durability }) });
  }

  /** Closes the services and the file. Where that fails the file is let go all the same. */
  async #leaveFile(): Promise<void> {
    const services = this.#services;
    if (services === undefined) return;
    this.backups.leave();
    try {
      await this.quiet();
      await services.close();
    } catch (problem) {
      this.#options.log.warn({ err: problem }, 'the library could not be closed in order');
    } finally {
      this.#services = undefined;
      this.#quiet = undefined;
    }
  }

  async #replace(incoming: string, name: string): Promise<void> {
    const { now } = this.#options;
    const isSound = this.#state === 'open' && !this.#damaged;
    this.#setState('restoring', null);
    // Requests that are under way end first; what comes now is refused.
    for (const since = performance.now(); this.#inside > 0 && performance.now() - since < LEAVING_MS; ) await sleep(10);
    await this.#leaveFile();
    try {
      if (isSound) await swap(this.path, incoming, copyPath(this.path, 'before-restore', now()));
      else {
        // What is beside a damaged file goes with it: its last words may be there.
        await setAside(this.path, copyPath(this.path, 'damaged', now()));
        await rename(incoming, this.path);
      }
      this.#restored = { at: now(), from: name };
    } finally {
      await this.open();
    }
  }

  /** Writes what the open file holds under its name, and goes on with that. */
  async #saveHeld(store: Store, progress: (done: number, total: number) => void): Promise<void> {
    const incoming = `${this.path}.incoming`;
    await clear(incoming);
    await mkdir(dirname(this.path), { recursive: true });
    await store.saveTo(incoming, progress);
    await this.#leaveFile();
    await setAside(this.path, copyPath(this.path, 'other', this.#options.now()));
    await rename(incoming, this.path);
    if (!this.#closing.signal.aborted) await this.#openFile();
  }

  async #isLost(): Promise<boolean> {
    const found = await identityOf(this.path);
    return (found === undefined || found.size === 0) && (await this.backups.newestSound()) !== undefined;
  }

  #setState(state: Standing['state'], trouble: Trouble | null): void {
    this.#state = state;
    this.#trouble = trouble;
    this.#tell();
  }

  #setTrouble(trouble: Trouble | null): void {
    if (this.#trouble?.kind === trouble?.kind) return;
    this.#trouble = trouble;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
