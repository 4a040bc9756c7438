import { cleanText } from '@offstage/domain/words';
import { PERSON_LABELS, labelIn, labelsOf, mayBecomeLabel } from './labels.ts';
import type { Label } from './labels.ts';

/** A line's beginning is held back for at most this many characters while it may still become somebody's name. */
const HELD_MOST = 160;

/** Quotation marks that open and close speech; the straight one does both. */
const OPENS = /[\u201C\u201E\u00AB]/;
const CLOSES = /[\u201D\u00BB]/;

/** Watches words come in, and says how much of them may be shown. */
export interface WordsGuard {
  /** True once what follows is not to be shown. */
  readonly cut: boolean;
  /** Takes what came and returns what may be shown. */
  push(chunk: string): string;
  /** The words are over: what was held back after all. */
  end(): string;
}

/**
 * Watches a reply come in (GU-2). A line that begins with another's name and a colon, or stands under it as under a
 * heading, is that one's line: the reply is cut before it. The speaker's own name in front is taken off. What may still
 * become such a line is held back, so that nobody sees words which then vanish. Within a quotation names are left alone.
 */
export class LineGuard implements WordsGuard {
  readonly #own: readonly Label[];
  readonly #others: readonly Label[];
  #held = '';
  #half = '';
  #quote: '"' | '\u201C' | null = null;
  #atLineStart = true;
  #lineBlank = true;
  #begun = false;
  #cut = false;

  /** Names of the speaker, and of those whose lines are not the speaker's to write. */
  constructor(own: string, others: readonly string[]) {
    this.#own = labelsOf(own, []);
    const named = others.flatMap((name) => labelsOf(name, [own, ...others.filter((other) => other !== name)]));
    const person = PERSON_LABELS.filter(({ name }) => name !== own.trim().toLowerCase());
    this.#others = [...named, ...person];
  }

  /** True once the reply went on as somebody else. */
  get cut(): boolean {
    return this.#cut;
  }

  /** Takes what came and returns what may be shown. */
  push(chunk: string): string {
    if (this.#cut) return '';
    this.#held += this.#clean(chunk);
    if (!this.#begun && !this.#begin()) return '';
    return this.#take(false);
  }

  /** The reply is over: what was held back after all. */
  end(): string {
    if (this.#cut) return '';
    if (!this.#begun) {
      this.#held = withoutName(this.#held.trimStart(), this.#own);
      this.#begun = true;
    }
    const rest = this.#take(true);
    this.#held = '';
    return rest;
  }

  /** Shows line by line what is nobody else's; the last line only as far as it is certain, unless all has come. */
  #take(all: boolean): string {
    let shown = '';
    for (;;) {
      const newline = this.#held.indexOf('\n');
      const line = newline === -1 ? this.#held : this.#held.slice(0, newline);
      const whole = all || newline !== -1;
      if (this.#atLineStart) {
        const verdict = this.#verdict(line, whole);
        if (verdict === 'theirs') {
          this.#cut = true;
          this.#held = '';
          return shown;
        }
        if (verdict === 'unsure' && line.length <= HELD_MOST) return shown;
      }
      const piece = newline === -1 ? line : `${line}\n`;
      if (piece === '') return shown;
      this.#note(piece);
      shown += piece;
      this.#held = this.#held.slice(piece.length);
    }
  }

  /** Whether a line is somebody else's, as far as it has come. */
  #verdict(line: string, whole: boolean): 'theirs' | 'unsure' | 'own' {
    for (const label of this.#others) {
      const length = labelIn(line, label, whole);
      if (length === undefined) continue;
      if (this.#quote === null) return 'theirs';
      // What is read out may name people; but a quotation within one was never closed where it should have been.
      const said = line.slice(length).replace(/^[\s*_]+/, '');
      if (/^["\u201C]/.test(said)) return 'theirs';
      if (said === '' && !whole) return 'unsure';
    }
    return !whole && this.#others.some((label) => mayBecomeLabel(line, label)) ? 'unsure' : 'own';
  }

  /** Follows where lines begin and whether a quotation is open; the end of a paragraph closes what was left open. */
  #note(piece: string): void {
    for (const char of piece) {
      if (char === '\n') {
        if (this.#lineBlank) this.#quote = null;
        this.#lineBlank = true;
        continue;
      }
      if (!/\s/.test(char)) this.#lineBlank = false;
      if (this.#quote === null) {
        if (char === '"') this.#quote = '"';
        else if (OPENS.test(char)) this.#quote = '\u201C';
      } else if (this.#quote === '"' ? char === '"' : CLOSES.test(char)) this.#quote = null;
    }
    this.#atLineStart = piece.endsWith('\n');
  }

  /** Control characters go; half a character waits for its other half. */
  #clean(chunk: string): string {
    const whole = this.#half + chunk;
    const last = whole.charCodeAt(whole.length - 1);
    this.#half = last >= 0xd8_00 && last <= 0xdb_ff ? whole.slice(-1) : '';
    return cleanText(whole.slice(0, whole.length - this.#half.length).replaceAll('\r', ''));
  }

  /** Drops leading space and the speaker's own name; false while more has to come to tell. */
  #begin(): boolean {
    this.#held = this.#held.trimStart();
    const rest = withoutName(this.#held, this.#own);
    const undecided = rest === this.#held ? this.#own.some((label) => mayBecomeLabel(rest, label)) : /^[*_\s]*$/.test(rest);
    if (undecided && this.#held.length < HELD_MOST) return false;
    this.#held = rest;
    this.#begun = true;
    return true;
  }
}

/** A reply without the speaker's name in front. */
function withoutName(text: string, own: readonly Label[]): string {
  const newline = text.indexOf('\n');
  const line = newline === -1 ? text : text.slice(0, newline);
  const prefix = own.map((label) => labelIn(line, label, newline !== -1)).find((length) => length !== undefined);
  return prefix === undefined ? text : text.slice(prefix).trimStart();
}
