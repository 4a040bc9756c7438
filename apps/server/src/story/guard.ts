import { cleanText } from '@offstage/domain/words';

/** A line's beginning is held back for at most this many characters while it may still become somebody's name. */
const HELD_MOST = 160;
const MARKUP = /^[ \t>*_]*/;

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
 * Watches a reply come in (GU-2). A line that begins with another's name and a colon is that one's line: the reply is
 * cut before it. The speaker's own name in front is taken off. What may still become such a line is held back, so that
 * nobody sees words which then vanish.
 */
export class LineGuard implements WordsGuard {
  readonly #own: string;
  readonly #others: readonly string[];
  #held = '';
  #half = '';
  #atLineStart = true;
  #begun = false;
  #cut = false;

  constructor(own: string, others: readonly string[]) {
    this.#own = own;
    this.#others = others.filter((name) => name.trim() !== '');
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
    const at = this.#otherLine();
    if (at !== undefined) {
      this.#cut = true;
      return this.#held.slice(0, at);
    }
    const shown = this.#held.slice(0, this.#held.length - this.#heldBack());
    this.#held = this.#held.slice(shown.length);
    if (shown !== '') this.#atLineStart = shown.endsWith('\n');
    return shown;
  }

  /** The reply is over: what was held back after all. */
  end(): string {
    const rest = this.#cut ? '' : this.#begun ? this.#held : withoutName(this.#held.trimStart(), this.#own);
    this.#held = '';
    return rest;
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
    const undecided = rest === this.#held ? mayBecome(rest, this.#own) : /^[*_\s]*$/.test(rest);
    if (undecided && this.#held.length < HELD_MOST) return false;
    this.#held = rest;
    this.#begun = true;
    return true;
  }

  /** Where another's line begins. */
  #otherLine(): number | undefined {
    for (let from = this.#atLineStart ? 0 : nextLine(this.#held, 0); from !== undefined; from = nextLine(this.#held, from)) {
      const end = this.#held.indexOf('\n', from);
      const line = this.#held.slice(from, end === -1 ? undefined : end);
      if (this.#others.some((name) => nameLine(line, name) !== undefined)) return from;
    }
    return undefined;
  }

  /** How much of the end may still become another's line. */
  #heldBack(): number {
    const newline = this.#held.lastIndexOf('\n');
    if (newline === -1 && !this.#atLineStart) return 0;
    const line = this.#held.slice(newline + 1);
    if (line === '' || line.length > HELD_MOST) return 0;
    return this.#others.some((name) => mayBecome(line, name)) ? line.length : 0;
  }
}

function nextLine(text: string, from: number): number | undefined {
  const newline = text.indexOf('\n', from);
  return newline === -1 ? undefined : newline + 1;
}

/** Length of `Name:` at the start of a line, markup included; undefined when the line does not start so. */
function nameLine(line: string, name: string): number | undefined {
  const markup = MARKUP.exec(line)?.[0] ?? '';
  const end = markup.length + name.length;
  if (line.slice(markup.length, end).toLowerCase() !== name.toLowerCase()) return undefined;
  const colon = /^[ \t]*[*_]*[ \t]*:/.exec(line.slice(end))?.[0];
  if (colon === undefined) return undefined;
  // `**Mara:**` closes behind the colon what it opened before the name.
  const open = markup.replaceAll(/[^*_]/g, '').length - colon.replaceAll(/[^*_]/g, '').length;
  const closing = /^[*_]*/.exec(line.slice(end + colon.length))?.[0].length ?? 0;
  return end + colon.length + Math.min(Math.max(open, 0), closing);
}

/** A reply without the speaker's name in front. */
function withoutName(text: string, name: string): string {
  const prefix = nameLine(text, name);
  return prefix === undefined ? text : text.slice(prefix).trimStart();
}

/** True while a line's beginning may still grow into `Name:`. */
function mayBecome(line: string, name: string): boolean {
  const bare = line.replace(MARKUP, '').toLowerCase();
  const wanted = name.toLowerCase();
  if (bare.length <= wanted.length) return wanted.startsWith(bare);
  return bare.startsWith(wanted) && /^[ \t]*[*_]*[ \t]*$/.test(bare.slice(wanted.length));
}
