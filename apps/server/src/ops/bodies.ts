import type { FastifyInstance } from 'fastify';

/** Deepest nesting that is parsed: that of the deepest card that is read, within the form that it comes in. */
const DEPTH_MOST = 80;
/** Brackets, texts and commas in one request: those of the largest card that is read, and the form around it. */
const PARTS_MOST = 600_000;
/** From this size on a request counts as large, in bytes. */
const LARGE = 1024 * 1024;
/** Large requests read at once: each takes several times its size until it is answered. */
const LARGE_AT_ONCE = 6;

/**
 * OP-8: how much is taken in. Large bodies only so many at once, whatever route they are sent to; a body without a
 * length may turn out to be one.
 */
export function boundBodies(app: FastifyInstance): void {
  let reading = 0;
  app.addHook('onRequest', async (request, reply) => {
    const { 'content-length': length, 'transfer-encoding': coding } = request.headers;
    if (coding === undefined && !(Number(length ?? 0) >= LARGE)) return;
    if (reading >= LARGE_AT_ONCE) {
      await reply.code(429).header('connection', 'close').send({ message: 'Too many large files at once. Wait a moment, then try again.' });
      return;
    }
    reading += 1;
    reply.raw.once('close', () => {
      reading -= 1;
    });
  });
}

/**
 * OP-8: what procedures are sent is JSON and nothing else. No form of another page can send that, and a form's body
 * would be taken in without a limit. It is counted before it is parsed: half a million empty lists are small as text
 * and large as objects.
 */
export function takeJsonAlone(scope: FastifyInstance): void {
  scope.addHook('onRequest', async (request, reply) => {
    const { 'content-type': type, 'content-length': length, 'transfer-encoding': coding } = request.headers;
    const hasBody = coding !== undefined || (length !== undefined && length !== '0');
    if (!hasBody || /^application\/json\b/i.test(type ?? '')) return;
    await reply.code(415).header('connection', 'close').send({ message: 'This request could not be read.' });
  });
  scope.addHook('preHandler', async (request, reply) => {
    if (typeof request.body !== 'string' || isParsable(request.body)) return;
    await reply.code(413).send({ message: 'This is too large to be taken in at once.' });
  });
}

/** Counts in one walk over the text. What is no JSON may pass: the parser refuses it at the same place. */
function isParsable(text: string): boolean {
  const part = /["{}[\],]/g;
  let depth = 0;
  for (let parts = 0; parts <= PARTS_MOST; parts++) {
    const found = part.exec(text)?.[0];
    if (found === undefined || depth < 0) return true;
    if (found === '"') part.lastIndex = endOfText(text, part.lastIndex);
    else if (found === '{' || found === '[') depth += 1;
    else if (found !== ',') depth -= 1;
    if (depth > DEPTH_MOST) return false;
  }
  return false;
}

/** Where the text that begins at `from` ends, after its closing quote. */
function endOfText(text: string, from: number): number {
  for (let at = from; ; ) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return text.length;
    let slashes = 0;
    while (text[quote - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}
