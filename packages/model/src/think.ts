/** Tags in which models that reason aloud wrap their reasoning. */
const TAG = /<(\/?)(?:think|thinking|reasoning)>/i;
const TAGS = ['<think>', '<thinking>', '<reasoning>', '</think>', '</thinking>', '</reasoning>'];

/** A piece of a reply; `orphan` says that all text before it was reasoning, because its opening tag never came. */
export interface Told {
  readonly kind: 'text' | 'reasoning' | 'orphan';
  readonly text: string;
}

/**
 * Parts reasoning from reply in a stream of text (MO-6). A tag may be cut anywhere between two pieces; what could become a tag is held
 * back until it is known. White space before the first word, and after a closing tag, is dropped.
 */
export class ThinkSplitter {
  #held = '';
  #thinking = false;
  #fresh = true;
  #everThought = false;

  push(piece: string): Told[] {
    const out: Told[] = [];
    let text = this.#held + piece;
    this.#held = '';
    for (let tag = TAG.exec(text); tag; tag = TAG.exec(text)) {
      this.#emit(out, text.slice(0, tag.index));
      const closes = tag[1] === '/';
      // Some servers open the reasoning in the prompt's template, so that only the closing tag is seen.
      if (closes && !this.#thinking && !this.#everThought) out.push({ kind: 'orphan', text: '' });
      this.#thinking = !closes;
      this.#everThought = true;
      this.#fresh = true;
      text = text.slice(tag.index + tag[0].length);
    }
    const keep = couldBeTag(text);
    this.#held = text.slice(text.length - keep);
    this.#emit(out, text.slice(0, text.length - keep));
    return out;
  }

  /** What was held back, once the stream is over. */
  flush(): Told[] {
    const out: Told[] = [];
    this.#emit(out, this.#held);
    this.#held = '';
    return out;
  }

  #emit(out: Told[], raw: string): void {
    const text = this.#fresh ? raw.trimStart() : raw;
    if (text === '') return;
    this.#fresh = false;
    out.push({ kind: this.#thinking ? 'reasoning' : 'text', text });
  }
}

/** Length of the ending of `text` that may be the start of a tag. */
function couldBeTag(text: string): number {
  const from = text.lastIndexOf('<');
  if (from === -1) return 0;
  const ending = text.slice(from).toLowerCase();
  return TAGS.some((tag) => tag.length > ending.length && tag.startsWith(ending)) ? ending.length : 0;
}
