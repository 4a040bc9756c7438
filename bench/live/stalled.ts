import { randomBytes, randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** A page that asks for everything and then reads nothing: a WebSocket by hand, since no library lets its reading be stopped. */
export class Stalled {
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  static async open(url: string, chatId: string): Promise<Stalled> {
    const { hostname, port, host } = new URL(url);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const socket = connect(Number(port), hostname, () =>
      socket.write(`GET /trpc HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n\r\n`),
    );
    socket.on('error', reject);
    socket.once('data', (answer: Buffer) => (answer.toString().startsWith('HTTP/1.1 101') ? resolve() : reject(new Error(answer.toString().slice(0, 200)))));
    await promise;
    socket.pause();
    const input = { chatId, tabId: randomUUID(), lastEventId: null };
    socket.write(frame(JSON.stringify({ id: 1, method: 'subscription', params: { path: 'live', input } })));
    return new Stalled(socket);
  }

  close(): void {
    this.#socket.destroy();
  }
}

/** A text frame as a client sends it (RFC 6455): masked, here with zeros. */
function frame(text: string): Buffer {
  const body = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x81, 0xfe, body.length >> 8, body.length & 0xff, 0, 0, 0, 0]), body]);
}
