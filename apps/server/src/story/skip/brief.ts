import { LineGuard } from '../guard.ts';
import type { WordsGuard } from '../guard.ts';

/** Where a sentence ends: its mark, what closes behind it, and the space before the next one. */
const SENTENCE_END = /[.!?\u2026]["'\u201D\u2019*_)]*(?=\s)/g;

/**
 * Keeps the telling of a skip short, whatever the model writes: after so many sentences, or so many characters, it is cut
 * at the end of a sentence. Nobody's lines are told in it either.
 */
export class BriefGuard implements WordsGuard {
  readonly #lines: LineGuard;
  readonly #sentences: number;
  readonly #characters: number;
  #text = '';
  #cut = false;

  constructor(names: readonly string[], most: { readonly sentences: number; readonly characters: number }) {
    this.#lines = new LineGuard('', names);
    this.#sentences = most.sentences;
    this.#characters = most.characters;
  }

  get cut(): boolean {
    return this.#cut || this.#lines.cut;
  }

  push(chunk: string): string {
    return this.#take(this.#lines.push(chunk));
  }

  end(): string {
    return this.#take(this.#lines.end());
  }

  #take(words: string): string {
    if (this.#cut) return '';
    const before = this.#text.length;
    const whole = this.#text + words;
    const ends = [...whole.matchAll(SENTENCE_END)].map((found) => found.index + found[0].length);
    const last = ends[this.#sentences - 1];
    this.#cut = last !== undefined || whole.length > this.#characters;
    if (!this.#cut) this.#text = whole;
    // A sentence that has no end within the bound breaks off between two words; what was shown stays.
    else if (last !== undefined && last <= this.#characters) this.#text = whole.slice(0, Math.max(last, before));
    else {
      const end = ends.findLast((at) => at <= this.#characters && at >= before);
      this.#text = end === undefined ? broken(whole, Math.max(this.#characters, before)) : whole.slice(0, end);
    }
    return this.#text.slice(before);
  }
}

/** A text broken off between two words. */
function broken(text: string, most: number): string {
  const space = text.lastIndexOf(' ', most);
  return `${text.slice(0, space > most / 2 ? space : most).toWellFormed().trimEnd()}\u2026`;
}
