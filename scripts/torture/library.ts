import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';

/** What stands in the library's file, read beside the server and its packages. */
export interface Standing {
  /** Answers by command. */
  readonly receipts: ReadonlyMap<string, unknown>;
  /** Places in the log that were written twice by one command. */
  readonly doubled: readonly string[];
  /** How many of your turns hold a token. */
  readonly tokens: ReadonlyMap<string, number>;
  readonly lastSeq: number;
  readonly streaming: readonly string[];
  readonly texts: ReadonlyMap<string, { readonly text: string; readonly finishReason: string | null }>;
  readonly owed: number;
}

/** Reads a library that may be in use. */
export function readStanding(path: string): Standing {
  return reading(path, (all) => {
    const tokens = new Map<string, number>();
    for (const { payload } of all<{ payload: string }>(`select payload from events where kind = 'user_turn'`)) {
      for (const [token] of payload.matchAll(/token-\d+-\w+/g)) tokens.set(token, (tokens.get(token) ?? 0) + 1);
    }
    const receipts = all<{ commandId: string; answer: string }>('select commandId, answer from receipts union all select commandId, answer from events where answer is not null');
    const turns = all<{ turnId: string; text: string; status: string; finishReason: string | null }>('select turnId, text, status, finishReason from turns');
    return {
      receipts: new Map(receipts.map(({ commandId, answer }) => [commandId, JSON.parse(answer) as unknown])),
      doubled: all<{ id: string }>('select id from events group by id having count(*) > 1').map(({ id }) => id),
      tokens,
      lastSeq: all<{ seq: number }>('select coalesce(max(seq), 0) as seq from events')[0]?.seq ?? 0,
      streaming: turns.filter(({ status }) => status === 'streaming').map(({ turnId }) => turnId),
      texts: new Map(turns.map(({ turnId, text, finishReason }) => [turnId, { text, finishReason }])),
      owed: all('select 1 from owed').length,
    };
  });
}

/** A fingerprint of the log up to a place: what was written once stays as it was. */
export function fingerprint(path: string, upTo: number): string {
  return reading(path, (all) => {
    const hash = createHash('sha256');
    for (const row of all('select seq, id, kind, payload, chatId, turnId, commandId, at from events where seq <= ? order by seq', upTo)) {
      hash.update(JSON.stringify(row));
    }
    return hash.digest('hex');
  });
}

function reading<T>(path: string, read: (all: <Row>(sql: string, ...values: number[]) => Row[]) => T): T {
  const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
  try {
    database.exec('begin');
    return read(<Row>(sql: string, ...values: number[]) => database.prepare(sql).all(...values) as Row[]);
  } finally {
    database.close();
  }
}
