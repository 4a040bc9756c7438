import { readChunk, type Chunk } from './chunks.ts';
import { SseDecoder } from './sse.ts';

/** Longest answer that is read when a server does not stream, in characters. */
const MAX_WHOLE_CHARS = 4_000_000;

/** The text of an answer that comes in one piece; undefined when it is longer than `maxChars`. Rejects when the connection breaks. */
export async function wholeText(response: Response, maxChars: number): Promise<string | undefined> {
  let text = '';
  for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += piece;
    if (text.length > maxChars) return undefined;
  }
  return text;
}

/** Reads the chunks of a reply, whether the server streams it or answers in one piece. Broken chunks are skipped and counted. */
export class ReplyReader {
  /** True once `[DONE]` was seen, or a whole answer was read. */
  finished = false;
  /** Events that were no chunk. */
  malformed = 0;
  readonly #body: ReadableStreamDefaultReader<Uint8Array> | undefined;
  readonly #streams: boolean;
  readonly #sse = new SseDecoder();
  #ended = false;

  constructor(response: Response) {
    this.#body = response.body?.getReader();
    this.#streams = !/application\/json/i.test(response.headers.get('content-type') ?? '');
  }

  /** The chunks that came next, perhaps none; undefined at the end. Rejects when the connection breaks. */
  async next(): Promise<Chunk[] | undefined> {
    if (this.#ended || !this.#body) return undefined;
    if (!this.#streams) return this.#whole(this.#body);
    const { value, done } = await this.#body.read();
    if (done) this.#ended = true;
    return this.#read(done ? this.#sse.flush() : this.#sse.push(value));
  }

  /** Lets go of the connection. */
  cancel(): void {
    this.#ended = true;
    this.#body?.cancel().catch(() => undefined); // a connection that is gone already needs no closing
  }

  #read(events: string[]): Chunk[] {
    const chunks: Chunk[] = [];
    for (const data of events) {
      if (data.trim() === '[DONE]') {
        this.finished = true;
        this.#ended = true;
        break;
      }
      const chunk = readChunk(data);
      if (chunk) chunks.push(chunk);
      else this.malformed++;
    }
    return chunks;
  }

  async #whole(body: ReadableStreamDefaultReader<Uint8Array>): Promise<Chunk[]> {
    const decoder = new TextDecoder();
    let text = '';
    for (let read = await body.read(); !read.done && text.length < MAX_WHOLE_CHARS; read = await body.read()) {
      text += decoder.decode(read.value, { stream: true });
    }
    this.#ended = true;
    const chunk = readChunk(text + decoder.decode());
    if (chunk) this.finished = true;
    else this.malformed++;
    return chunk ? [chunk] : [];
  }
}
