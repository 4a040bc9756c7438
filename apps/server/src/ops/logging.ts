import type { FastifyServerOptions } from 'fastify';

const SHORTEST_KEY = 6;

/** What is never written, wherever it stands in a line's facts. */
const SECRET_FIELDS = ['apiKey', 'api_key', 'authorization', 'cookie'].flatMap((field) => [field, `*.${field}`, `*.*.${field}`]);

export interface LogOptions {
  readonly level: string;
  /** Where lines go: JSON, one a line. */
  write(line: string): void;
  /** The keys as they now stand, taken out of a line even where an error quotes one. */
  secrets(): readonly string[];
}

/** Fastify's logger (pino): JSON lines without keys, bodies, or the part of an address that holds what was asked. */
export function loggerFor({ level, write, secrets }: LogOptions): NonNullable<FastifyServerOptions['logger']> {
  return {
    level,
    stream: {
      write(line: string) {
        const keys = secrets().filter((key) => key.length >= SHORTEST_KEY);
        write(keys.flatMap(formsOf).reduce((text, form) => text.replaceAll(form, '[key]'), line));
      },
    },
    redact: { paths: SECRET_FIELDS, censor: '[key]' },
    serializers: {
      req: ({ method, url }) => ({ method, path: url.split('?')[0] ?? '' }),
      res: ({ statusCode }) => ({ statusCode }),
    },
  };
}

/**
 * How a key may stand in a line: a line is JSON, in which quotes and backslashes are escaped, and what an error quotes may be JSON itself and is
 * then escaped twice. The longest first, so that none is left in part.
 */
function formsOf(key: string): string[] {
  const once = JSON.stringify(key).slice(1, -1);
  return [...new Set([JSON.stringify(once).slice(1, -1), once, key])];
}
