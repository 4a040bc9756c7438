import { randomUUID } from 'node:crypto';
import type { Frame } from '../../packages/domain/src/index.ts';
import type { Client } from '../lib/client.ts';

interface Seen {
  readonly at: number;
  readonly turnId: string;
  readonly text: string;
}

/** How long what was seen is kept: longer than any grace that is given, in ms. */
const KEPT_MS = 2_000;

/** Listens to a chat as an open page does, and remembers when which words were there. */
export class Ear {
  readonly #stop: () => void;
  #seen: Seen[] = [];

  constructor({ api }: Client, chatId: string) {
    const subscription = api.live.subscribe(
      { chatId, tabId: randomUUID() },
      { onData: (told) => this.#hear('type' in told ? told : told.data), onError: () => {} },
    );
    this.#stop = () => subscription.unsubscribe();
  }

  /** The words of the last reply as they stood at a moment (by `performance.now()`); undefined when there were none. */
  asOf(moment: number): { readonly turnId: string; readonly text: string } | undefined {
    return this.#seen.findLast(({ at }) => at <= moment);
  }

  close(): void {
    this.#stop();
  }

  #hear(frame: Frame): void {
    if (frame.type !== 'words') return;
    const at = performance.now();
    const last = this.#seen.at(-1);
    const before = last?.turnId === frame.turnId ? last.text : '';
    this.#seen = this.#seen.filter((one) => at - one.at < KEPT_MS);
    this.#seen.push({ at, turnId: frame.turnId, text: before.slice(0, frame.offset) + frame.text });
  }
}
