import type { Config } from './configShape.ts';
import { StartError } from './startError.ts';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

/** Where to listen. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/**
 * The address from OFFSTAGE_PORT and the settings file. Throws StartError for a port that is none, and for a host that
 * others could reach: there is no passphrase yet that would keep them out (OP-6).
 */
export function addressOf(env: Readonly<Record<string, string | undefined>>, config: Config): Address {
  const { host } = config.server;
  if (!LOOPBACK.has(host)) {
    throw new StartError(
      `Offstage listens on this machine alone: it cannot listen on ${host}, where others could reach your library. Set host = "127.0.0.1" under [server], or leave it out.`,
    );
  }
  const wanted = env['OFFSTAGE_PORT'];
  if (wanted === undefined || wanted.trim() === '') return { host, port: config.server.port };
  const port = Number(wanted);
  if (!/^\d{1,5}$/.test(wanted.trim()) || port > 65_535) {
    throw new StartError(`OFFSTAGE_PORT is “${wanted.slice(0, 40)}”, which is no port. Give a number from 0 to 65535.`);
  }
  return { host, port };
}
