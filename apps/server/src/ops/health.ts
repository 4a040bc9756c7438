import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { BackupsHealth } from '../keeping/backups.ts';
import type { Library } from '../keeping/library.ts';
import type { Services } from '../services.ts';
import { LibraryClosed } from '../keeping/closed.ts';
import { versionOf } from './paths.ts';

/** Below this much free space the library is soon in danger, in bytes. */
const LOW_DISK = 200 * 1024 * 1024;

/** OP-9: what works. `degraded` still plays, `failed` does not; model servers are never called for this. */
export interface Health {
  readonly status: 'ok' | 'degraded' | 'failed';
  readonly version: string;
  readonly seq: number;
  readonly database: { readonly ok: boolean; readonly problem?: string };
  /** Free bytes where the library lies; null where the system does not say. */
  readonly disk: { readonly freeBytes: number | null };
  /** The model that narrates, and how its provider answered last. */
  readonly model: { readonly scripted: boolean; readonly endpoint: string; readonly model: string; readonly lastCall: 'unknown' | 'ok' | 'failed' };
  /** Model calls that wait. */
  readonly queue: { readonly waiting: number };
  /** How the copies that make themselves have gone. */
  readonly backups: BackupsHealth;
  /** Slips in the settings file. */
  readonly settings: { readonly problems: number };
}

export function serveHealth(app: FastifyInstance, library: Library): void {
  app.get('/health', async (_request, reply) => {
    const health = await healthOf(library);
    return reply.code(health.status === 'failed' ? 503 : 200).header('cache-control', 'no-store').send(health);
  });
}

/** What works just now. Calls no model server. */
export async function healthOf(library: Library): Promise<Health> {
  return { version: versionOf(), backups: library.backups.health, ...(await stateOf(library)) };
}

async function stateOf(library: Library): Promise<Omit<Health, 'version' | 'backups'>> {
  const freeBytes = await freeAt(dirname(library.path));
  try {
    return await library.use(false, (services) => stateOpen(services, library, freeBytes));
  } catch (problem) {
    if (!(problem instanceof LibraryClosed)) throw problem;
    const model = { scripted: false, endpoint: '', model: '', lastCall: 'unknown' } as const;
    return { status: 'failed', seq: 0, database: { ok: false, problem: problem.message }, disk: { freeBytes }, model, queue: { waiting: 0 }, settings: { problems: 0 } };
  }
}

async function stateOpen({ store, config, models, gateway, calls }: Services, library: Library, freeBytes: number | null): Promise<Omit<Health, 'version' | 'backups'>> {
  const { trouble } = library.standing;
  const database = trouble === null ? await store.check() : { ok: false, problem: trouble.message };
  const { model, scripted, endpointId } = models.name('narrative');
  const last = calls.lastSeen(endpointId);
  const lastCall = last === undefined ? 'unknown' : last.ok ? 'ok' : 'failed';
  const uneasy = lastCall === 'failed' || (freeBytes !== null && freeBytes < LOW_DISK) || library.backups.health.failed !== null;
  return {
    status: !database.ok ? 'failed' : uneasy ? 'degraded' : 'ok',
    seq: database.ok ? await store.read.seq() : 0,
    database,
    disk: { freeBytes },
    model: {
      scripted,
      endpoint: config.current.providers.find(({ id }) => id === endpointId)?.name ?? 'Rehearsal',
      model,
      lastCall,
    },
    queue: { waiting: gateway.waiting().length },
    settings: { problems: config.problems.length },
  };
}

async function freeAt(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}
