import type { FastifyReply, FastifyRequest } from 'fastify';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';

const UNREADABLE = 'This request could not be read.';

/** Refuses an address that leads to no route at all, such as one that is encoded wrongly, in the shape of every other refusal. */
export function refuseAddress(_error: Error, _request: FastifyRequest, reply: FastifyReply): void {
  void reply.code(400).send({ message: UNREADABLE });
}

/** Refuses what is no HTTP, and hangs up. */
export function refuseBytes(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (socket.writable) {
    const status = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : error.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400;
    const body = JSON.stringify({ message: status === 408 ? 'This request took too long to arrive.' : UNREADABLE });
    socket.write(
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
    );
  }
  socket.destroy(error);
}
