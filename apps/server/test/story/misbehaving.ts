import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How one call is answered, well or badly. `nth` counts the calls of this model since it last began to behave so, from 0. */
export type Behaviour = (response: ServerResponse, nth: number) => void;

/** A model server of which each model behaves as a test says, and well when told nothing. */
export interface Misbehaving {
  readonly url: string;
  /** Calls of a model since it last began to behave so. */
  calls(model: string): number;
  behave(model: string, behaviour: Behaviour): void;
  close(): Promise<void>;
}

const NARRATOR = 'narrator';

export async function misbehaving(): Promise<Misbehaving> {
  const behaviours = new Map<string, { readonly behaviour: Behaviour; calls: number }>();
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      if (request.method !== 'POST') {
        response.end('{"object":"list","data":[]}');
        return;
      }
      const { model } = JSON.parse(Buffer.concat(pieces).toString()) as { readonly model: string };
      const told = behaviours.get(model);
      if (told === undefined) (model === NARRATOR ? narrates : keepsBooks)(response, 0);
      else told.behaviour(response, told.calls++);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    calls: (model) => behaviours.get(model)?.calls ?? 0,
    behave: (model, behaviour) => void behaviours.set(model, { behaviour, calls: 0 }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export const DONE = 'data: [DONE]\n\n';

/** One chunk of a stream. */
export function chunk(delta: object, finish: string | null = null): string {
  return `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', model: 'm', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
}

export const words = (...pieces: string[]): string => pieces.map((content) => chunk({ content })).join('');

/** Answers 200 and streams this, then ends. */
export const streams =
  (...raw: (string | Buffer)[]): Behaviour =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const piece of raw) response.write(piece);
    response.end();
  };

/** Answers 200, streams this, and leaves the connection open without a word more. */
export const goesQuietAfter =
  (raw: string): Behaviour =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    if (raw === '') response.flushHeaders();
    else response.write(raw);
  };

/** Answers 200, streams this, and breaks the connection. */
export const isCutAfter =
  (raw: string): Behaviour =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(raw, () => response.destroy());
  };

/** Says the same again and again until nobody listens. */
export const goesOnAndOn =
  (raw: string, everyMs = 1, before = ''): Behaviour =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(before);
    const beat = setInterval(() => response.write(raw), everyMs);
    response.on('close', () => clearInterval(beat));
  };

/** Answers whole, with a status. */
export const answers =
  (status: number, body: string, headers: Record<string, string> = {}): Behaviour =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body);
  };

export const refuses = (status: number, message: string, headers?: Record<string, string>): Behaviour => answers(status, JSON.stringify({ error: { message } }), headers);

/** Behaves badly so many times, then well. */
export const first =
  (times: number, bad: Behaviour, then: Behaviour): Behaviour =>
  (response, nth) =>
    (nth < times ? bad : then)(response, nth);

export const GOOD = '*Mara nods.* "I hear you."';
export const narrates: Behaviour = streams(words('*Mara nods.* ', '"I hear you."'), chunk({}, 'stop'), DONE);
const keepsBooks: Behaviour = streams(words('{"significance":{"score":2}}'), chunk({}, 'stop'), DONE);
