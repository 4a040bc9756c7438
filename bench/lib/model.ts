import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the model answers a call that streams. */
type Answer = (stream: WordStream) => Promise<void> | void;

/** A model's reply on its way out: `say` writes words at once. */
export interface WordStream {
  say(words: string): void;
}

/** An OpenAI-compatible server on loopback, made for measuring: it notes when calls come, and answers as it is told. */
export class BenchModel {
  readonly #server: Server;
  #answer: Answer = ({ say }) => say('"Yes," she says, and means it.');
  #called: (at: number) => void = () => {};

  private constructor() {
    this.#server = createServer((request, response) => void this.#take(request, response));
    this.#server.keepAliveTimeout = 60_000;
  }

  static async start(): Promise<BenchModel> {
    const model = new BenchModel();
    const { promise, resolve } = Promise.withResolvers<void>();
    model.#server.listen(0, '127.0.0.1', resolve);
    await promise;
    return model;
  }

  /** Settings that make a server use this model for everything. */
  get config(): string {
    const { port } = this.#server.address() as AddressInfo;
    return [
      '[[providers]]',
      'id = "bench"',
      'name = "Bench"',
      `base_url = "http://127.0.0.1:${port}/v1"`,
      'max_concurrent = 16',
      '',
      '[models]',
      'narrative = { provider = "bench", model = "bench" }',
      '',
    ].join('\n');
  }

  /** From now on calls that stream are answered so. */
  answerWith(answer: Answer): void {
    this.#answer = answer;
  }

  /** The moment (`performance.now`) at which the next call that streams has come in. */
  nextCall(): Promise<number> {
    const { promise, resolve } = Promise.withResolvers<number>();
    this.#called = resolve;
    return promise;
  }

  async close(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => resolve());
    this.#server.closeAllConnections();
    await promise;
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = performance.now();
    const body = await read(request);
    if (request.url?.endsWith('/models')) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ object: 'list', data: [{ id: 'bench', object: 'model' }] }));
      return;
    }
    // Bookkeeping does not stream; it is answered with nothing found.
    if (!body.includes('"stream":true')) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ...HEAD, choices: [{ index: 0, message: { role: 'assistant', content: '{}' }, finish_reason: 'stop' }] }));
      return;
    }
    this.#called(at);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    await this.#answer({ say: (words) => response.write(chunk({ content: words }, null)) });
    response.end(`${chunk({}, 'stop')}data: [DONE]\n\n`);
  }
}

const HEAD = { id: 'bench', object: 'chat.completion.chunk', created: 0, model: 'bench' };

function chunk(delta: object, finish: string | null): string {
  return `data: ${JSON.stringify({ ...HEAD, choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
}

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
