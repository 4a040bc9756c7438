import type { FastifyInstance } from 'fastify';
import type { WebSocket } from 'ws';
import { createPace } from './pace.ts';

/** Requests that one WebSocket may make: far more than a page does, which subscribes now and then and answers pings, and room for scripts that play over it. */
const REQUESTS = { burst: 2_000, perSecond: 200 };

/** What may wait in a WebSocket whose page asks and does not read, in bytes. What happens in a story waits for less (`live/hub.ts`). */
const WAITING_MOST = 32 * 1024 * 1024;

const STOP = 'subscription.stop';

/** What stands between the words of JSON. */
const SPACES = new Set([0x20, 0x09, 0x0d, 0x0a]);

/**
 * OP-8: what WebSockets say, before tRPC hears it. One that asks too much is closed, and its page comes back later; what it
 * says until then is not heard. A request to stop comes a moment later than the rest: tRPC forgets one that overtakes the
 * beginning of what it stops, and would then tell of it for as long as the page is open (LV-4).
 */
export function keepSocketsInBounds(app: FastifyInstance): void {
  app.websocketServer.on('connection', (socket) => {
    const pace = createPace(REQUESTS);
    boundWaiting(socket);
    hear(socket, (text, pass) => {
      const many = isList(text) ? listIn(text) : undefined;
      if (!pace(performance.now(), Math.max(1, many?.length ?? 1))) {
        socket.close(1008, 'This page asks too much at once.');
      } else if (!text.includes(STOP)) {
        pass(text);
      } else if (many === undefined) {
        setImmediate(pass, text);
      } else {
        pass(bytesOf(many.filter((one) => !isStop(one))));
        setImmediate(pass, bytesOf(many.filter(isStop)));
      }
    });
  });
}

/** Hangs up before more is said to a socket in which too much waits already. */
function boundWaiting(socket: WebSocket): void {
  const send = socket.send.bind(socket) as (...args: unknown[]) => void;
  socket.send = (...args: unknown[]): void => {
    if (socket.bufferedAmount > WAITING_MOST) socket.terminate();
    else send(...args);
  };
}

/** Puts somebody between a socket and those who listen to its messages; what is no text passes. */
function hear(socket: WebSocket, listen: (text: Buffer, pass: (text: Buffer) => void) => void): void {
  const emit = socket.emit.bind(socket) as (event: string | symbol, ...args: unknown[]) => boolean;
  const pass = (text: Buffer): void => void emit('message', text, false);
  socket.emit = (event: string | symbol, ...args: unknown[]): boolean => {
    const [data, isBinary] = args;
    if (event !== 'message' || isBinary === true || !Buffer.isBuffer(data)) return emit(event, ...args);
    listen(data, pass);
    return true;
  };
}

function isList(text: Buffer): boolean {
  return text.at(text.findIndex((byte) => !SPACES.has(byte))) === '['.charCodeAt(0);
}

/** The requests that come in one message; undefined where it cannot be read, which is tRPC's to say. */
function listIn(text: Buffer): readonly unknown[] | undefined {
  try {
    const said: unknown = JSON.parse(text.toString());
    return Array.isArray(said) ? said : undefined;
  } catch {
    return undefined;
  }
}

function isStop(request: unknown): boolean {
  return typeof request === 'object' && request !== null && 'method' in request && request.method === STOP;
}

function bytesOf(requests: readonly unknown[]): Buffer {
  return Buffer.from(JSON.stringify(requests));
}
