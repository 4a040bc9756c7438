import type { CallRecord, UnusableAnswer } from '@offstage/model';
import type { FastifyInstance } from 'fastify';
import { LibraryClosed } from '../keeping/closed.ts';
import type { Library } from '../keeping/library.ts';
import { versionOf } from './paths.ts';

type Labels = Readonly<Record<string, string>>;

/** A figure with the label sets that it has: each from a fixed list of ours, so there are never more than so many (OP-9). */
interface Family {
  readonly help: string;
  readonly kind: 'counter' | 'gauge';
  readonly values: readonly (readonly [Labels, number])[];
}

/** Counts what model calls did since the library was opened. */
export interface Metrics {
  onCall(record: Pick<CallRecord, 'purpose' | 'outcome' | 'durationMs' | 'waitedMs' | 'usage'>): void;
  onUnusable(answer: Pick<UnusableAnswer, 'purpose'>): void;
  /** What has been counted, by name of the figure. */
  families(): Readonly<Record<string, Family>>;
}

/** What the first part of an address may be called; all else is a page. */
const PLACES: ReadonlySet<string> = new Set(['trpc', 'files', 'assets', 'health', 'metrics']);

export function createMetrics(): Metrics {
  const calls = new Tally();
  const seconds = new Tally();
  const waited = new Tally();
  const tokens = new Tally();
  const unusable = new Tally();
  return {
    onCall({ purpose, outcome, durationMs, waitedMs, usage }) {
      calls.add({ purpose, outcome });
      seconds.add({ purpose }, Math.max(0, durationMs - waitedMs) / 1_000);
      waited.add({ purpose }, waitedMs / 1_000);
      if (usage === undefined) return;
      tokens.add({ purpose, side: 'prompt' }, usage.prompt);
      tokens.add({ purpose, side: 'reply' }, usage.completion);
    },
    onUnusable: ({ purpose }) => unusable.add({ purpose }),
    families: () => ({
      offstage_model_calls_total: { kind: 'counter', help: 'Model calls that ended, by purpose and outcome.', values: calls.all() },
      offstage_model_seconds_total: { kind: 'counter', help: 'Seconds that model calls took, waiting left out.', values: seconds.all() },
      offstage_model_waited_seconds_total: { kind: 'counter', help: 'Seconds that model calls stood in line or waited to be sent again.', values: waited.all() },
      offstage_model_tokens_total: { kind: 'counter', help: 'Tokens as providers counted them.', values: tokens.all() },
      offstage_model_unusable_total: { kind: 'counter', help: 'Answers of models that could not be used.', values: unusable.all() },
    }),
  };
}

/** Serves `/metrics` in the text format of Prometheus. Nothing in it is a name, a text or a key; it answers while no library is open, too. */
export function serveMetrics(app: FastifyInstance, library: Library, sockets: () => number): void {
  const version = versionOf();
  const answered = new Tally();
  app.addHook('onResponse', async (request, reply) => {
    const first = /^\/([a-z]*)/.exec(request.url)?.[1] ?? '';
    answered.add({ place: PLACES.has(first) ? first : 'pages', status: `${Math.floor(reply.statusCode / 100)}xx` });
  });
  app.get('/metrics', async (_request, reply) => {
    const families = {
      ...ofProcess(version, sockets()),
      offstage_requests_total: { kind: 'counter', help: 'Requests answered, by place and kind of status.', values: answered.all() },
      ...(await ofLibrary(library)),
    } satisfies Record<string, Family>;
    return reply.header('cache-control', 'no-store').type('text/plain; version=0.0.4; charset=utf-8').send(written(families));
  });
}

const gauge = (help: string, value: number, labels: Labels = {}): Family => ({ kind: 'gauge', help, values: [[labels, value]] });

function ofProcess(version: string, sockets: number): Record<string, Family> {
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
  return {
    offstage_info: gauge('Which version this is.', 1, { version }),
    offstage_uptime_seconds: gauge('Seconds since the start.', process.uptime()),
    offstage_memory_bytes: { kind: 'gauge', help: 'Memory of the process.', values: [[{ part: 'resident' }, rss], [{ part: 'heap' }, heapUsed], [{ part: 'buffers' }, arrayBuffers]] },
    offstage_live_sockets: gauge('Pages that are connected.', sockets),
  };
}

async function ofLibrary(library: Library): Promise<Record<string, Family>> {
  const health = (ok: boolean): Family => gauge('1 while the library can be read and written.', ok ? 1 : 0);
  try {
    return await library.use(false, async ({ store, live, gateway, metrics }) => {
      const { ok } = await store.check();
      const waiting = new Tally();
      for (const { purpose } of gateway.waiting()) waiting.add({ purpose });
      return {
        offstage_library_ok: health(ok && library.standing.trouble === null),
        offstage_library_seq: gauge('The place in the log up to which it is written.', ok ? await store.read.seq() : 0),
        offstage_live_subscribers: gauge('What pages listen to.', live.subscribers),
        offstage_live_let_go_total: { kind: 'counter', help: 'Pages that were hung up on because they fell too far behind.', values: [[{}, live.letGo]] },
        offstage_model_waiting: { kind: 'gauge', help: 'Model calls that wait just now.', values: waiting.all() },
        ...metrics.families(),
      };
    });
  } catch (problem) {
    if (!(problem instanceof LibraryClosed)) throw problem;
    return { offstage_library_ok: health(false) };
  }
}

/** A sum for each set of labels. */
class Tally {
  readonly #sums = new Map<string, [Labels, number]>();

  add(labels: Labels, by = 1): void {
    const key = Object.values(labels).join('\n');
    const sum = this.#sums.get(key);
    if (sum === undefined) this.#sums.set(key, [labels, by]);
    else sum[1] += by;
  }

  all(): readonly (readonly [Labels, number])[] {
    return [...this.#sums.values()];
  }
}

function written(families: Readonly<Record<string, Family>>): string {
  const lines = Object.entries(families).flatMap(([name, { help, kind, values }]) => [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${kind}`,
    ...values.map(([labels, value]) => {
      const pairs = Object.entries(labels).map(([label, text]) => `${label}="${text.replace(/[\\"\n]/g, ' ')}"`);
      return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${Number(value.toFixed(3))}`;
    }),
  ]);
  return `${lines.join('\n')}\n`;
}
