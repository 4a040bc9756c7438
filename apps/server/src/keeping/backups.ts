import { DomainError } from '@offstage/domain';
import type { Store } from '@offstage/store';
import type { Contents } from '@offstage/store/copies/inspect';
import { copyOf, glanceAt, inspectLibrary } from '@offstage/store/copies/tasks';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Log, Settings } from '../core.ts';
import { storageProblem } from '../ops/storageWords.ts';
import { assertRoom } from './files.ts';
import type { CopyKind } from './names.ts';
import { copiesFolder, copyPath, readCopyName } from './names.ts';
import type { Use } from './schedule.ts';
import { dueCopy } from './schedule.ts';
import type { Works } from './works.ts';

/** A copy of the library as pages see it. */
export interface Copy {
  /** The name of its file. */
  readonly name: string;
  readonly kind: CopyKind;
  /** Real time, ISO 8601 UTC. */
  readonly at: string;
  readonly bytes: number;
  /** Null where the file does not say. */
  readonly contents: Contents | null;
}

/** How the copies that make themselves have gone. */
export interface BackupsHealth {
  /** When the newest sound copy was made, ISO 8601 UTC; null for never. */
  readonly last: string | null;
  /** Why the last try failed; null when it did not. */
  readonly failed: string | null;
}

interface BackupsOptions {
  readonly libraryPath: string;
  readonly config: Settings;
  readonly log: Log;
  readonly works: Works;
  /** Real time, ISO 8601 UTC. */
  now(): string;
  /** Told when the list has changed. */
  onChange(): void;
}

/** What a glance has told of a file, as long as it stays as it is. */
interface Glanced {
  readonly changedAt: number;
  readonly contents: Contents | null;
}

/** Longest that looking at the copies may take, in ms. */
const LOOKING_MS = 60_000;

/** The copies of a library: made, listed, deleted (OP-2). Each is read whole before it gets its name. */
export class Backups {
  readonly #options: BackupsOptions;
  readonly #glanced = new Map<string, Glanced>();
  #use: Use;
  #store: Store | undefined;
  #seqOfNightly = -1;
  /** The last place in the log that was written. */
  #seq = 0;
  #followed = false;
  #failed: string | null = null;
  /** When one that was due could not be made. */
  #failedAt: number | null = null;
  #last: string | null = null;
  #deafen: () => void = () => {};

  constructor(options: BackupsOptions) {
    this.#options = options;
    this.#use = { events: 0, since: null, snapshotAt: this.#time(), nightlyAt: null, changedSinceNightly: false };
  }

  /** Counts what is written from now on, and learns from the files when copies were made before. */
  async follow(store: Store): Promise<void> {
    this.#store = store;
    this.#deafen();
    this.#deafen = store.onCommit(({ events, seq }) => {
      if (events.length === 0) return;
      this.#seq = seq;
      const { events: before, since } = this.#use;
      this.#use = { ...this.#use, events: before + events.length, since: since ?? this.#time(), changedSinceNightly: seq !== this.#seqOfNightly };
    });
    await this.#clearLeftovers();
    const found = await this.#files();
    const nightly = found.find(({ kind }) => kind === 'nightly')?.at;
    this.#last = found.find(({ kind }) => isSound(kind))?.at ?? null;
    const now = this.#time();
    this.#seq = await store.read.seq();
    const hasContent = this.#seq > 0;
    // A library that begins today, or has just been put back, waits for its first night.
    const first = this.#followed || !hasContent ? now : null;
    this.#followed = true;
    this.#use = { events: 0, since: null, snapshotAt: now, nightlyAt: nightly === undefined ? first : Date.parse(nightly), changedSinceNightly: hasContent };
  }

  /** Forgets the library, which is being closed. */
  leave(): void {
    this.#deafen();
    this.#deafen = () => {};
    this.#store = undefined;
  }

  get health(): BackupsHealth {
    return { last: this.#last, failed: this.#failed };
  }

  /** Makes the copy that is due, if one is; what fails is logged, shown, and tried again at the next call. */
  async tick(): Promise<void> {
    const settings = this.#options.config.current.backups;
    const now = this.#time();
    const kind = this.#store === undefined || this.#options.works.busy ? undefined : dueCopy(now, this.#use, settings);
    if (kind === undefined) return;
    // Not every minute: reading a large library that cannot be copied would be all that is done.
    if (this.#failedAt !== null && this.#failedAt <= now && now - this.#failedAt < settings.every_minutes * 60_000) return;
    try {
      await this.make(kind);
    } catch (problem) {
      this.#options.log.error({ err: problem, kind }, 'a copy of the library could not be made');
      this.#failedAt = this.#time();
    }
  }

  /**
   * Makes a copy of the library as it is now. Throws DomainError `busy` while another is made, LibraryClosed without room,
   * CopyError, or the reason for which it was cancelled; then no copy is left.
   */
  async make(kind: 'snapshot' | 'nightly' | 'by-hand'): Promise<Copy> {
    const { libraryPath, works, now } = this.#options;
    const store = this.#store;
    if (store === undefined) throw new DomainError('busy', 'The library is not open just now.');
    return works.run('copy', async (signal, progress) => {
      const at = now();
      const path = copyPath(libraryPath, kind, at);
      const temporary = `${path}.part`;
      try {
        await mkdir(copiesFolder(libraryPath), { recursive: true });
        const { size } = await stat(libraryPath);
        await assertRoom(copiesFolder(libraryPath), size + 1_000_000);
        await rm(temporary, { force: true });
        const contents = await copyOf({ from: libraryPath, to: temporary, asNew: false }, signal, progress);
        await rename(temporary, path);
        this.#made(kind, contents, at);
        await this.#prune();
        this.#options.onChange();
        return { name: basename(path), kind, at, bytes: (await stat(path)).size, contents };
      } catch (problem) {
        if (!signal.aborted) this.#failed = whyNot(problem);
        this.#options.onChange();
        throw problem;
      }
    });
  }

  /** All copies, the newest first. */
  async list(): Promise<Copy[]> {
    const found = await this.#files();
    const unknown = found.filter(({ name, changedAt }) => this.#glanced.get(name)?.changedAt !== changedAt && changedAt >= 0);
    const looked = await glanceAt(unknown.map(({ path }) => path), AbortSignal.timeout(LOOKING_MS));
    for (const [n, { name, changedAt }] of unknown.entries()) this.#glanced.set(name, { changedAt, contents: looked[n] ?? null });
    return found.map(({ name, kind, at, bytes }) => ({ name, kind, at, bytes, contents: kind === 'damaged' ? null : (this.#glanced.get(name)?.contents ?? null) }));
  }

  /** The newest copy that is sound from its first page to its last; undefined when there is none. */
  async newestSound(): Promise<Copy | undefined> {
    for (const copy of await this.list()) {
      if (!isSound(copy.kind)) continue;
      try {
        const contents = await inspectLibrary(this.pathOf(copy.name), AbortSignal.timeout(LOOKING_MS));
        return { ...copy, contents };
      } catch (problem) {
        this.#options.log.warn({ err: problem, copy: copy.name }, 'a copy of the library is damaged');
      }
    }
    return undefined;
  }

  /** The file of a copy. Throws DomainError `not_found` for a name that no copy has. */
  pathOf(name: string): string {
    if (basename(name) !== name || readCopyName(this.#options.libraryPath, name) === undefined) throw new DomainError('not_found', 'This copy is no longer there.');
    return join(copiesFolder(this.#options.libraryPath), name);
  }

  async remove(name: string): Promise<void> {
    const path = this.pathOf(name);
    for (const end of ['', '-wal', '-shm', '-journal']) await rm(`${path}${end}`, { force: true });
    this.#options.onChange();
  }

  /** Removes copies that a crash left unfinished. */
  async #clearLeftovers(): Promise<void> {
    const folder = copiesFolder(this.#options.libraryPath);
    const names = await readdir(folder).catch(() => []);
    for (const name of names) {
      const whole = name.replace(/\.part(?:-\w+)?$/, '');
      if (whole !== name && readCopyName(this.#options.libraryPath, whole) !== undefined) await rm(join(folder, name), { force: true });
    }
  }

  #made(kind: CopyKind, contents: Contents, at: string): void {
    this.#failed = null;
    this.#failedAt = null;
    this.#last = at;
    const now = this.#time();
    // What was written meanwhile is not in it.
    const since = Math.max(0, this.#seq - contents.seq);
    this.#use = { ...this.#use, events: since, since: since === 0 ? null : now, snapshotAt: now };
    if (kind !== 'nightly') return;
    this.#seqOfNightly = contents.seq;
    this.#use = { ...this.#use, nightlyAt: now, changedSinceNightly: since > 0 };
  }

  /** Lets the oldest of those go that make themselves. */
  async #prune(): Promise<void> {
    const { snapshots, nightly } = this.#options.config.current.backups;
    const found = await this.#files();
    for (const [kind, most] of [['snapshot', snapshots], ['nightly', nightly]] as const) {
      for (const { name } of found.filter((copy) => copy.kind === kind).slice(Math.max(1, most))) await this.remove(name);
    }
  }

  /** The newest first. Those dated ahead come last: the clock was wrong when they were made, and what is made now is newer. */
  async #files(): Promise<{ name: string; path: string; kind: CopyKind; at: string; bytes: number; changedAt: number }[]> {
    const folder = copiesFolder(this.#options.libraryPath);
    const names = await readdir(folder).catch(() => []);
    const found = await Promise.all(
      names.map(async (name) => {
        const read = readCopyName(this.#options.libraryPath, name);
        const facts = read === undefined ? undefined : await stat(join(folder, name)).catch(() => undefined);
        return read === undefined || facts === undefined ? [] : [{ name, path: join(folder, name), ...read, bytes: facts.size, changedAt: facts.mtimeMs }];
      }),
    );
    const now = this.#options.now();
    return found.flat().toSorted((a, b) => Number(a.at > now) - Number(b.at > now) || (a.at < b.at ? 1 : -1));
  }

  #time(): number {
    return Date.parse(this.#options.now());
  }
}

/** True for kinds that were a whole library when they were made. */
function isSound(kind: CopyKind): boolean {
  return kind !== 'damaged' && kind !== 'other';
}

/** Why a copy could not be made, in words. */
function whyNot(problem: unknown): string {
  return storageProblem(problem) ?? (problem instanceof Error ? problem.message : String(problem));
}
