import { Heights } from './heights.ts';
import { heightOf } from './measure.ts';
import type { Stretch, Turn } from './transcript.ts';

/** How far beyond each edge of the view rows are drawn, in px: as much as a wheel goes before the next frame. */
const BEYOND = 700;

/** A story that opens is drawn as far as it is seen, and beyond that a moment later, in ms. */
const OPENED_MS = 60;

/** What a reader does to go elsewhere: then nothing else is gone to. */
const BY_HAND = ['wheel', 'pointerdown', 'keydown'] as const;

/**
 * Which rows of a long story are drawn. They stand in the flow of the page between two empty stretches, as high as what
 * is not drawn is taken to be; what is drawn is as high as it is. So a row that is taller than it was taken for moves
 * only what stands below it, and where that is in view the view goes along before anything is painted.
 */
export class RowWindow {
  readonly #heights = new Heights();
  readonly #listeners = new Set<() => void>();
  readonly #drawn = new Map<number, HTMLElement>();
  readonly #fresh = new Set<HTMLElement>();
  /** True while the view follows the end of the story, whatever grows: then that moves it. */
  readonly #follows: () => boolean;
  #watcher: ResizeObserver | null = null;
  #turns: ReadonlyMap<number, Turn> = new Map();
  #box: HTMLElement | null = null;
  #top = 0;
  #beyond = 0;
  #height: number;
  #range: Stretch = { from: 0, to: -1 };
  #goal: { readonly depth: number; readonly centred: boolean } | null = null;

  /** `height` is how high the view will be at most, in px: until it is known. */
  constructor(height: number, follows: () => boolean) {
    this.#height = height;
    this.#follows = follows;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The rows that are to be drawn; the same object until they are others. */
  readonly range = (): Stretch => this.#range;

  /** How high the empty stretches are before and after the rows that are drawn, in px. */
  empty({ from, to }: Stretch): { readonly above: number; readonly below: number } {
    return { above: this.#heights.before(from), below: this.#heights.total - this.#heights.before(to + 1) };
  }

  /** Takes what there is to draw: to be called before drawing, and tells nobody. A view that is not there yet opens at the end. */
  take(count: number, turns: ReadonlyMap<number, Turn>): void {
    this.#turns = turns;
    if (count === this.#heights.count) return;
    this.#heights.resize(count, (depth) => heightOf(turns.get(depth)));
    if (this.#box === null) this.#top = this.#heights.total - this.#height;
    this.#look();
  }

  /** Each row's `ref`. */
  readonly row = (element: HTMLElement | null): (() => void) | undefined => {
    if (element === null) return undefined;
    const depth = depthOf(element);
    this.#watcher ??= new ResizeObserver((entries) => this.#measured(entries.map(({ target }) => target).filter((target) => target instanceof HTMLElement)));
    this.#watcher.observe(element);
    this.#drawn.set(depth, element);
    this.#fresh.add(element);
    return () => {
      this.#watcher?.unobserve(element);
      this.#fresh.delete(element);
      if (this.#drawn.get(depth) === element) this.#drawn.delete(depth);
    };
  };

  /** Watches the box that scrolls. Returns what ends that. */
  attach(box: HTMLElement): () => void {
    this.#box = box;
    const seen = (): void => {
      this.#see();
      this.#tell();
    };
    const byHand = (): void => {
      this.#goal = null;
    };
    const watcher = new ResizeObserver(seen);
    watcher.observe(box);
    box.addEventListener('scroll', seen, { passive: true });
    for (const type of BY_HAND) box.addEventListener(type, byHand, { passive: true });
    this.#see();
    const opened = setTimeout(() => {
      this.#beyond = BEYOND;
      this.#tell();
    }, OPENED_MS);
    return () => {
      clearTimeout(opened);
      watcher.disconnect();
      box.removeEventListener('scroll', seen);
      for (const type of BY_HAND) box.removeEventListener(type, byHand);
      this.#box = null;
    };
  }

  /** To be called when rows have been drawn, before they are painted: takes their heights, and keeps the view where it was. */
  settle(): void {
    if (this.#fresh.size > 0) this.#measured([...this.#fresh]);
    else if (this.#goal !== null) this.#reach();
  }

  /** Goes to a row: in the middle of the view, or at its top. */
  goTo(depth: number, centred: boolean): void {
    this.#goal = { depth, centred };
    this.#reach();
    this.#tell();
  }

  #measured(elements: HTMLElement[]): void {
    let moved = 0;
    for (const element of elements.toSorted((a, b) => depthOf(a) - depthOf(b))) {
      this.#fresh.delete(element);
      const depth = depthOf(element);
      if (this.#drawn.get(depth) !== element) continue;
      const above = this.#heights.before(depth) < this.#top + moved;
      const grown = this.#heights.set(depth, element.getBoundingClientRect().height);
      if (above) moved += grown;
    }
    const box = this.#box;
    if (box !== null && Math.abs(moved) > 0.5 && !this.#follows()) box.scrollTop += moved;
    if (this.#goal !== null) this.#reach();
    this.#see();
    this.#tell();
  }

  /** Stands the view at what is gone to; its place is known for good once it and its turn are here. */
  #reach(): void {
    const [box, goal] = [this.#box, this.#goal];
    if (box === null || goal === null) return;
    const { depth, centred } = goal;
    const row = this.#drawn.get(depth);
    const top = row === undefined ? this.#heights.before(depth) : box.scrollTop + row.getBoundingClientRect().top - box.getBoundingClientRect().top;
    const room = box.clientHeight - (row?.offsetHeight ?? this.#heights.of(depth));
    box.scrollTop = depth === 0 ? 0 : top - (centred ? Math.max(0, room / 2) : 0);
    if (row !== undefined && this.#turns.has(depth)) this.#goal = null;
    this.#see();
  }

  #see(): void {
    const box = this.#box;
    if (box === null) return;
    this.#top = box.scrollTop;
    this.#height = box.clientHeight;
  }

  #look(): boolean {
    const from = Math.max(0, this.#heights.at(this.#top - this.#beyond));
    const to = this.#heights.at(this.#top + this.#height + this.#beyond);
    if (from === this.#range.from && to === this.#range.to) return false;
    this.#range = { from, to };
    return true;
  }

  #tell(): void {
    if (this.#look()) for (const listener of this.#listeners) listener();
  }
}

function depthOf(element: HTMLElement): number {
  return Number(element.dataset.index);
}
