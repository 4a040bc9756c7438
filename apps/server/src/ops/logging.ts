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
        write(keys.reduce((text, key) => text.replaceAll(key, '[key]'), line));
      },
    },
    redact: { paths: SECRET_FIELDS, censor: '[key]' },
    serializers: {
      req: ({ method, url }) => ({ method, path: url.split('?')[0] ?? '' }),
      res: ({ statusCode }) => ({ statusCode }),
    },
  };
}
