/** Longest event that is kept, in characters; what is longer is no chat chunk and must not fill memory. */
const MAX_EVENT_CHARS = 1_000_000;

const BREAK = /[\r\n]/g;

/**
 * Splits a server-sent event stream into the data of its events. Tolerates CR, LF and CRLF, comments, several data lines and
 * multi-byte characters cut in two.
 */
export class SseDecoder {
  readonly #decoder = new TextDecoder();
  #rest = '';
  #data: string[] = [];

  /** The data of the events that these bytes completed. */
  push(bytes: Uint8Array): string[] {
    return this.#take(this.#decoder.decode(bytes, { stream: true }));
  }

  /** The data of what stood unfinished at the end of the stream. */
  flush(): string[] {
    return this.#take(`${this.#decoder.decode()}\n\n\n`);
  }

  #take(text: string): string[] {
    const events: string[] = [];
    const all = this.#rest + text;
    let from = 0;
    // What stood unfinished was looked through before; only its last letter may be half of a CRLF.
    for (let end = nextBreak(all, Math.max(0, this.#rest.length - 1)); end !== -1; end = nextBreak(all, from)) {
      // A CR at the very end may be the first half of a CRLF: wait for the rest.
      if (all[end] === '\r' && end + 1 === all.length) break;
      const line = all.slice(from, end);
      from = all[end] === '\r' && all[end + 1] === '\n' ? end + 2 : end + 1;
      if (line === '') {
        if (this.#data.length > 0) events.push(this.#data.join('\n'));
        this.#data = [];
      } else if (line.startsWith('data:')) {
        this.#data.push(line.slice(line[5] === ' ' ? 6 : 5));
      }
    }
    this.#rest = all.length - from > MAX_EVENT_CHARS ? '' : all.slice(from);
    return events;
  }
}

function nextBreak(text: string, from: number): number {
  BREAK.lastIndex = from;
  return BREAK.exec(text)?.index ?? -1;
}
