import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ZodError } from 'zod';
import { answer } from './answer.ts';
import { conductOf, MISBEHAVING, REHEARSAL, type Conduct } from './conduct.ts';
import { embeddingRequest, embeddings, REHEARSAL_EMBEDDING } from './embeddings.ts';
import { hash } from './seed.ts';
import type { Rehearsal, RehearsalOptions } from './server.ts';
import { completionRequest, type CompletionRequest } from './shape.ts';
import { sendAtOnce, sendJson, sendPaced, sendWhole, type Outgoing } from './wire.ts';

const DEFAULT_WORDS_PER_SECOND = 40;
const SLOW_WORDS_PER_SECOND = 20;
const MAX_BODY_BYTES = 16_000_000;
/** Prompts that are remembered, for faults told `once` and for telling a second take from the first. */
const MAX_REMEMBERED = 1_000;

/** See `startRehearsal`. */
export async function serve(options: RehearsalOptions): Promise<Rehearsal> {
  const model = new RehearsalModel(options);
  const server = createServer((req, res) => {
    model.handle(req, res).catch(() => res.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

class RehearsalModel {
  readonly #wordsPerSecond: number;
  readonly #misbehaves: boolean;
  /** Prompts that have had their one fault. */
  readonly #faulted = new Set<number>();
  /** How often a prompt was asked. */
  readonly #takes = new Map<number, number>();

  constructor(options: RehearsalOptions) {
    this.#wordsPerSecond = options.wordsPerSecond ?? DEFAULT_WORDS_PER_SECOND;
    this.#misbehaves = options.allowMisbehaviour ?? false;
  }

  async handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const path = (req.url ?? '').split('?')[0];
    if (req.method === 'GET' && path === '/v1/models') {
      const ids = this.#misbehaves ? [REHEARSAL, REHEARSAL_EMBEDDING, ...MISBEHAVING] : [REHEARSAL, REHEARSAL_EMBEDDING];
      sendJson(res, 200, { object: 'list', data: ids.map((id) => ({ id, object: 'model', created: 0, owned_by: 'offstage' })) });
      return;
    }
    if (req.method !== 'POST' || (path !== '/v1/chat/completions' && path !== '/v1/embeddings')) {
      sendError(res, 404, `There is nothing at ${req.method} ${path}.`);
      return;
    }
    const body = await readBody(req);
    if (body === undefined) {
      sendError(res, 413, 'The request is too long.');
      return;
    }
    if (path === '/v1/embeddings') {
      const request = embeddingRequest.safeParse(parse(body));
      if (!request.success) sendUnreadable(res, request.error);
      else if (request.data.model !== REHEARSAL_EMBEDDING) sendError(res, 404, `The model \`${request.data.model}\` does not exist, or makes no embeddings.`);
      else sendJson(res, 200, embeddings(request.data));
      return;
    }
    const request = completionRequest.safeParse(parse(body));
    if (request.success) this.#complete(request.data, body, res);
    else sendUnreadable(res, request.error);
  }

  #complete(request: CompletionRequest, body: string, res: ServerResponse): void {
    const conduct = conductOf(request.model, this.#misbehaves);
    if (!conduct) {
      sendError(res, 404, `The model \`${request.model}\` does not exist.`);
      return;
    }
    if (conduct.kind === 'status' && this.#faultIsDue(conduct, body)) {
      const headers = conduct.retryAfterS === undefined ? {} : { 'retry-after': String(conduct.retryAfterS) };
      sendError(res, conduct.status, 'The rehearsal model was told to refuse.', headers);
      return;
    }
    const reply = this.#reply(request, conduct, body);
    if (!request.stream) sendWhole(res, reply);
    else if (this.#wordsPerSecond === 0 && conduct.kind === 'steady') sendAtOnce(res, reply);
    else sendPaced(res, reply, conduct.kind === 'slow' ? SLOW_WORDS_PER_SECOND : this.#wordsPerSecond || 1_000, conduct);
  }

  #faultIsDue(conduct: Extract<Conduct, { kind: 'status' }>, body: string): boolean {
    if (!conduct.once) return true;
    const prompt = hash(body);
    if (this.#faulted.delete(prompt)) return false;
    if (this.#faulted.size >= MAX_REMEMBERED) this.#faulted.clear();
    this.#faulted.add(prompt);
    return true;
  }

  /** How often this prompt was asked before: the same words asked again (a reply made anew) get another take. */
  #take(body: string): number {
    const prompt = hash(body);
    const take = this.#takes.get(prompt) ?? 0;
    if (this.#takes.size >= MAX_REMEMBERED) this.#takes.clear();
    this.#takes.set(prompt, take + 1);
    return take;
  }

  #reply(request: CompletionRequest, conduct: Conduct, body: string): Outgoing {
    const tool = request.tools?.[0]?.function;
    const whole = answer(request, conduct, request.seed ?? this.#take(body));
    // Four characters to a token, as in the count of usage.
    const room = request.max_tokens ? request.max_tokens * 4 : Infinity;
    return {
      model: request.model,
      text: whole.slice(0, room),
      finishReason: whole.length > room ? 'length' : 'stop',
      promptTokens: Math.ceil(body.length / 4),
      ...(tool && { tool: tool.name }),
    };
  }
}

function sendError(res: ServerResponse, status: number, message: string, headers: Record<string, string> = {}): void {
  sendJson(res, status, { error: { message, type: 'rehearsal_error', code: null } }, headers);
}

function sendUnreadable(res: ServerResponse, error: ZodError): void {
  const issue = error.issues[0];
  sendError(res, 400, `The request cannot be read: ${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'not JSON'}`);
}

/** The body as text; undefined when it is longer than allowed. */
async function readBody(req: IncomingMessage): Promise<string | undefined> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of req as AsyncIterable<Buffer>) {
    length += piece.length;
    // The rest is read and dropped: breaking off would cut the connection before the answer.
    if (length <= MAX_BODY_BYTES) pieces.push(piece);
  }
  return length > MAX_BODY_BYTES ? undefined : Buffer.concat(pieces).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
