import type { NetworkInterfaceInfo } from 'node:os';
import type { Config } from './configShape.ts';
import { StartError } from './startError.ts';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

type Environment = Readonly<Record<string, string | undefined>>;

/** Where to listen. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/**
 * The address from OFFSTAGE_HOST, OFFSTAGE_PORT and the settings file. Throws StartError for a port that is none, and
 * where others could reach the server and no passphrase keeps them out (OP-6).
 */
export function addressOf(env: Environment, config: Config): Address {
  const host = hostOf(env, config);
  if (isReachable(env, config) && config.owner.passphrase === undefined) {
    const where = LOOPBACK.has(host) ? 'Others could reach your library under the names in your settings' : `Others could reach your library on ${host}`;
    throw new StartError(`${where}, so Offstage wants a passphrase first. Set one with: npm run passphrase`);
  }
  const wanted = env['OFFSTAGE_PORT'];
  if (wanted === undefined || wanted.trim() === '') return { host, port: config.server.port };
  const port = Number(wanted);
  if (!/^\d{1,5}$/.test(wanted.trim()) || port > 65_535) {
    throw new StartError(`OFFSTAGE_PORT is “${wanted.slice(0, 40)}”, which is no port. Give a number from 0 to 65535.`);
  }
  return { host, port };
}

/** Whether others than this machine can reach the server: by where it listens, or by what stands before it and has a name. */
export function isReachable(env: Environment, config: Config): boolean {
  return !LOOPBACK.has(hostOf(env, config)) || config.server.names.length > 0;
}

/** Listening on these is listening on every address that the machine has. */
const EVERYWHERE = new Set(['0.0.0.0', '::']);

/** What to type into a browser for a host that is listened on: where that is every address, those that others reach by IPv4. */
export function shownHosts(host: string, interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>): readonly string[] {
  if (!EVERYWHERE.has(host)) return [host.includes(':') ? `[${host}]` : host];
  const reached = Object.values(interfaces).flatMap((all) => all ?? []).filter(({ family, internal }) => family === 'IPv4' && !internal);
  return reached.length === 0 ? ['127.0.0.1'] : reached.map(({ address }) => address);
}

function hostOf(env: Environment, config: Config): string {
  return env['OFFSTAGE_HOST']?.trim() || config.server.host;
}
