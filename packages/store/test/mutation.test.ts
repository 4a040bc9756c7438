import type { Kind, LogEvent, ProjectionName } from '@offstage/domain';
import { handlerOf, projectionNames, projections } from '@offstage/domain';
import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { plays } from './support/actions.ts';
import { check } from './support/check.ts';

/** Breaking everything on purpose takes minutes: `OFFSTAGE_LONG=1` does; otherwise a few, noticed soon, stand for all. */
const LONG = process.env['OFFSTAGE_LONG'] !== undefined;
const FEW = new Set(['edges edge_update', 'memories memory_scored', 'turns kickoff_confirmed', 'pins memory_scored']);

/** Plays within which a broken part must have been noticed. */
const PATIENCE = 100;

const handlers = projectionNames.flatMap((name) =>
  (Object.keys(projections[name].on) as Kind[])
    .filter((kind) => LONG || FEW.has(`${name} ${kind}`))
    .map((kind) => ({ name, kind })),
);

describe('TL-15 the law notices what is broken', () => {
  const mended: (() => void)[] = [];
  afterEach(() => {
    for (const mend of mended.splice(0)) mend();
  });

  test.each(handlers)('$name that does nothing at $kind', { timeout: 600_000 }, async ({ name, kind }) => {
    mended.push(breakHandler(name, kind, { evolve: (row) => row }));
    await expectNoticed();
  });

  test.each(handlers)('$name that finds no row at $kind', { timeout: 600_000 }, async ({ name, kind }) => {
    mended.push(breakHandler(name, kind, { keys: () => [] }));
    await expectNoticed();
  });

  test("a checkpoint's row that was spoiled", { timeout: 600_000 }, async () => {
    await expectNoticed((path) => {
      const database = new Sqlite(path);
      database.prepare(`update checkpoints set row = '{"spoiled":true}' where seq = (select min(seq) from checkpoints)`).run();
      database.close();
    });
  });
});

interface Handler {
  keys(event: LogEvent): readonly string[];
  evolve(row: object | undefined, event: LogEvent, key: string): object | undefined;
}

function breakHandler(name: ProjectionName, kind: Kind, broken: Partial<Handler>): () => void {
  const handler = handlerOf(projections[name], kind);
  if (handler === undefined) throw new Error(`${name} has no handler for ${kind}.`);
  const whole = { ...handler };
  Object.assign(handler, broken);
  return () => Object.assign(handler, whole);
}

async function expectNoticed(meddle?: (path: string) => void): Promise<void> {
  const result = await fc.check(
    fc.asyncProperty(plays(60), async (steps) => {
      await check(steps, meddle);
    }),
    { numRuns: PATIENCE, endOnFailure: true, seed: 7 },
  );
  expect(result.failed).toBe(true);
}
