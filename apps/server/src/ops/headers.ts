import type { FastifyInstance } from 'fastify';

/** OP-7: everything comes from here, nothing runs that was not shipped, and no page can put ours in a frame. */
const POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  // Pictures just chosen are shown before they are uploaded.
  "img-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  // No string becomes markup or a script, and nobody may say that one is safe: the pages build everything node by node.
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** For what people bring along: shown as a picture or not at all. */
export const FILE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'";

/** Sets on every answer what keeps a browser from doing more with it than it should. */
export function setSafetyHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    });
  });
}
