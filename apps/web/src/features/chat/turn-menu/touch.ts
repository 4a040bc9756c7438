/** A finger that rests for so long, in ms, asks what can be done; one that has gone further than `STILL` px does not rest. */
const HELD_MS = 500;
const STILL = 10;

/** A finger that goes so far sideways, in px, and not half as far up or down, turns to the next or the last. */
const SWIPE = 64;

/** What a finger's gestures on a turn, named by its depth, ask for. */
export interface Asked {
  onHold(depth: number): void;
  /** `step` is 1 for the next, -1 for the one before. */
  onSwipe(depth: number, step: 1 | -1): void;
}

/** What is known of a pointer's event. */
type Point = Pick<PointerEvent, 'clientX' | 'clientY'>;

/** Tells a long press and a swipe from everything else that a finger does on the story. */
export class Touch {
  #asked: Asked | null = null;
  #from: { readonly x: number; readonly y: number; readonly depth: number } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Says who hears what is asked for. */
  hear(asked: Asked): void {
    this.#asked = asked;
  }

  begin(depth: number, { clientX, clientY }: Point): void {
    this.end();
    this.#from = { x: clientX, y: clientY, depth };
    this.#timer = setTimeout(() => {
      this.#from = null;
      this.#asked?.onHold(depth);
    }, HELD_MS);
  }

  move({ clientX, clientY }: Point): void {
    if (this.#from !== null && Math.hypot(clientX - this.#from.x, clientY - this.#from.y) > STILL) clearTimeout(this.#timer);
  }

  lift({ clientX, clientY }: Point): void {
    const from = this.#from;
    this.end();
    if (from === null) return;
    const [across, down] = [clientX - from.x, clientY - from.y];
    if (Math.abs(across) >= SWIPE && Math.abs(down) < Math.abs(across) / 2) this.#asked?.onSwipe(from.depth, across < 0 ? 1 : -1);
  }

  readonly end = (): void => {
    clearTimeout(this.#timer);
    this.#from = null;
  };
}
