/** This near to the end counts as being there, in px. */
const NEAR = 56;

/**
 * Keeps a scrolled box at its end while the reader is there, whatever grows in it; leaves it alone once they have gone
 * up. Where the box stands is asked of the box alone, so nothing can disagree with it.
 */
export class StickyEnd {
  readonly #listeners = new Set<() => void>();
  #box: HTMLElement | null = null;
  #sticking = true;
  #last = 0;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** True while the end is followed. */
  readonly atEnd = (): boolean => this.#sticking;

  /** Watches a box and what grows in it. Returns what ends that. */
  attach(box: HTMLElement, content: HTMLElement): () => void {
    this.#box = box;
    const watcher = new ResizeObserver(this.#follow);
    watcher.observe(box);
    watcher.observe(content);
    box.addEventListener('scroll', this.#scrolled, { passive: true });
    this.#follow();
    return () => {
      watcher.disconnect();
      box.removeEventListener('scroll', this.#scrolled);
      this.#box = null;
    };
  }

  /** Goes to the end, and follows it from there. */
  readonly toEnd = (): void => {
    this.#stick(true);
    this.#follow();
  };

  readonly #follow = (): void => {
    const box = this.#box;
    if (box === null || !this.#sticking) return;
    const end = box.scrollHeight - box.clientHeight;
    if (Math.abs(box.scrollTop - end) > 0.5) box.scrollTop = end;
    this.#last = box.scrollTop;
  };

  readonly #scrolled = (): void => {
    const box = this.#box;
    if (box === null) return;
    const left = box.scrollHeight - box.clientHeight - box.scrollTop;
    // What grows below moves nothing: only a reader who goes up leaves the end.
    if (left <= NEAR) this.#stick(true);
    else if (box.scrollTop < this.#last - 1) this.#stick(false);
    this.#last = box.scrollTop;
  };

  #stick(stick: boolean): void {
    if (this.#sticking === stick) return;
    this.#sticking = stick;
    for (const listener of this.#listeners) listener();
  }
}
