import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startRehearsal } from '../../packages/model/src/index.ts';

/** A place on this machine that one might take for a model server. */
export interface Place extends AsyncDisposable {
  /** The address to give. */
  readonly address: string;
}

async function listen(server: Server): Promise<Place> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/v1`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An address where nobody listens. */
export async function nobody(): Promise<string> {
  await using place = await listen(createServer());
  return place.address;
}

/** A server of web pages. */
export function webSite(): Promise<Place> {
  return listen(
    createServer((_request, response) => {
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>Hello</title><p>A page.</p>');
    }),
  );
}

/** A server that lets in whoever has the key, and then offers two models. */
export function lockedServer(key: string): Promise<Place> {
  return listen(
    createServer((request, response) => {
      response.setHeader('content-type', 'application/json');
      if (request.headers.authorization !== `Bearer ${key}`) {
        response.writeHead(401).end(JSON.stringify({ error: { message: 'Incorrect API key provided.' } }));
        return;
      }
      response.end(JSON.stringify({ object: 'list', data: [{ id: 'small-1' }, { id: 'large-1' }] }));
    }),
  );
}

/** A model server that works: one model, which plays a part as it is told, and others that do not where that is wanted. */
export async function workingServer(options: { readonly misbehaving?: boolean } = {}): Promise<Place> {
  const rehearsal = await startRehearsal({ wordsPerSecond: 0, allowMisbehaviour: options.misbehaving === true });
  return { address: rehearsal.url, [Symbol.asyncDispose]: () => rehearsal.close() };
}
