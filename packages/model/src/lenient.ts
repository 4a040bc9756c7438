/** Deeper than any answer is nested; a guard against text made to overflow the stack. */
const MAX_DEPTH = 64;

const CLOSING: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”', '‘': '’' };
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };
const CONSTANTS: Readonly<Record<string, unknown>> = { true: true, True: true, false: false, False: false, null: null, None: null, undefined: null, NaN: null };

/**
 * A reader that takes what is nearly JSON: trailing commas, single or curly quotes, bare keys, Python's constants, comments, raw line breaks in
 * strings, a text cut off before its end. Throws SyntaxError where it can make nothing of the text.
 */
export class Lenient {
  readonly #text: string;
  #at: number;
  #commentsEnded = false;

  /** Reads `text` from the character `at` on. */
  constructor(text: string, at = 0) {
    this.#text = text;
    this.#at = at;
  }

  /** The character after what has been read. */
  get at(): number {
    return this.#at;
  }

  value(depth: number): unknown {
    if (depth > MAX_DEPTH) throw new SyntaxError('nested too deeply');
    this.#skip();
    const next = this.#text[this.#at];
    if (next === '{') return this.#object(depth);
    if (next === '[') return this.#array(depth);
    if (next !== undefined && CLOSING[next]) return this.#string();
    const word = /[^\s,:\]}]+/y;
    word.lastIndex = this.#at;
    const token = word.exec(this.#text)?.[0];
    if (token === undefined) throw new SyntaxError('a value is missing');
    this.#at += token.length;
    if (Object.hasOwn(CONSTANTS, token)) return CONSTANTS[token];
    const number = Number(token.replace(/^\+/, ''));
    if (!Number.isNaN(number)) return number;
    // An unquoted phrase ends where the line or the field does.
    const rest = /[^,\]}\n]*/y;
    rest.lastIndex = this.#at;
    const tail = rest.exec(this.#text)?.[0] ?? '';
    this.#at += tail.length;
    return (token + tail).trim();
  }

  #object(depth: number): Record<string, unknown> {
    const fields: Record<string, unknown> = {};
    this.#at++;
    for (;;) {
      this.#skip();
      const next = this.#text[this.#at];
      if (next === undefined) return fields;
      if (next === '}' || next === ']') {
        this.#at++;
        return fields;
      }
      if (next === ',') {
        this.#at++;
        continue;
      }
      const key = this.#key();
      this.#skip();
      if (this.#text[this.#at] !== ':') {
        if (this.#at >= this.#text.length) return fields;
        throw new SyntaxError('a colon is missing');
      }
      this.#at++;
      this.#skip();
      // Cut off right after the colon: the field is left out.
      if (this.#at >= this.#text.length) return fields;
      // A field named __proto__ must become a field, not the prototype.
      Object.defineProperty(fields, key, { value: this.value(depth + 1), enumerable: true, writable: true, configurable: true });
    }
  }

  #array(depth: number): unknown[] {
    const items: unknown[] = [];
    this.#at++;
    for (;;) {
      this.#skip();
      const next = this.#text[this.#at];
      if (next === undefined) return items;
      if (next === ']' || next === '}') {
        if (next === ']') this.#at++;
        return items;
      }
      if (next === ',') this.#at++;
      else items.push(this.value(depth + 1));
    }
  }

  #key(): string {
    const next = this.#text[this.#at] ?? '';
    if (CLOSING[next]) return this.#string();
    const bare = /[\p{L}\p{N}_$-]+/uy;
    bare.lastIndex = this.#at;
    const key = bare.exec(this.#text)?.[0];
    if (key === undefined) throw new SyntaxError('a field name is missing');
    this.#at += key.length;
    return key;
  }

  #string(): string {
    const close = CLOSING[this.#text[this.#at] ?? ''] ?? '"';
    this.#at++;
    let out = '';
    for (; this.#at < this.#text.length; this.#at++) {
      const char = this.#text[this.#at] ?? '';
      if (char === close && this.#endsHere(close)) {
        this.#at++;
        return out;
      }
      out += char === '\\' ? this.#escape() : char;
    }
    // Cut off within the string: what there is.
    return out;
  }

  /** A quote ends its string only where something may follow a string: models forget to escape quotes of speech. */
  #endsHere(close: string): boolean {
    if (close !== '"' && close !== "'") return true;
    const after = /\s*(.?)/suy;
    after.lastIndex = this.#at + 1;
    const next = after.exec(this.#text)?.[1] ?? '';
    return next === '' || ',:}]'.includes(next) || /\n\s*$/.test(this.#text.slice(this.#at + 1, after.lastIndex - next.length));
  }

  #escape(): string {
    const code = /\\(?:u([0-9a-f]{4})|(.))/isy;
    code.lastIndex = this.#at;
    const found = code.exec(this.#text);
    if (!found) return '';
    this.#at += found[0].length - 1;
    if (found[1] !== undefined) return String.fromCharCode(Number.parseInt(found[1], 16));
    return ESCAPES[found[2] ?? ''] ?? found[2] ?? '';
  }

  #skip(): void {
    const space = /(?:\s+|\/\/[^\n]*)*/y;
    for (;;) {
      space.lastIndex = this.#at;
      this.#at += space.exec(this.#text)?.[0].length ?? 0;
      if (this.#commentsEnded || !this.#text.startsWith('/*', this.#at)) return;
      const end = this.#text.indexOf('*/', this.#at + 2);
      // Looked for once: a text full of comments that never end would else be searched again from each of them.
      if (end === -1) this.#commentsEnded = true;
      else this.#at = end + 2;
    }
  }
}
