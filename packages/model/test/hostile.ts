import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Record<string, unknown>;
}

export type Behaviour = (res: ServerResponse, seen: Seen, nth: number) => void;

export interface Hostile {
  readonly url: string;
  readonly seen: Seen[];
  /** Resolves when the client of the nth request (from 0) has gone. */
  gone(nth: number): Promise<void>;
  /** Resolves when the nth request (from 0) has come. */
  came(nth: number): Promise<void>;
  close(): Promise<void>;
}

/** A server that does whatever a test tells it to, at any path. */
export async function hostile(behave: Behaviour): Promise<Hostile> {
  const seen: Seen[] = [];
  const leavings: PromiseWithResolvers<void>[] = [];
  const comings: PromiseWithResolvers<void>[] = [];
  const nthOf = (list: PromiseWithResolvers<void>[], nth: number): PromiseWithResolvers<void> => (list[nth] ??= Promise.withResolvers<void>());
  const server = createServer((req, res) => {
    const pieces: Buffer[] = [];
    req.on('data', (piece: Buffer) => pieces.push(piece));
    req.on('end', () => {
      const nth = seen.length;
      const text = Buffer.concat(pieces).toString();
      const one = {
        method: req.method ?? '',
        path: req.url ?? '',
        headers: req.headers,
        body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
      };
      seen.push(one);
      nthOf(comings, nth).resolve();
      res.on('close', () => nthOf(leavings, nth).resolve());
      behave(res, one, nth);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    seen,
    gone: (nth) => nthOf(leavings, nth).promise,
    came: (nth) => nthOf(comings, nth).promise,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** One chunk of a stream, as a server writes it. */
export function chunk(delta: Record<string, unknown>, finish: string | null = null): string {
  return `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
}

export const DONE = 'data: [DONE]\n\n';

export function openStream(res: ServerResponse): void {
  res.writeHead(200, { 'content-type': 'text/event-stream' });
}

/** Streams pieces of text and ends well. */
export function tell(res: ServerResponse, ...pieces: string[]): void {
  openStream(res);
  res.end(pieces.map((content) => chunk({ content })).join('') + chunk({}, 'stop') + DONE);
}

export function json(res: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  res.writeHead(status, { 'content-type': 'application/json', ...headers });
  res.end(JSON.stringify(body));
}

export function fail(res: ServerResponse, status: number, message: string, headers: Record<string, string> = {}): void {
  json(res, status, { error: { message } }, headers);
}
