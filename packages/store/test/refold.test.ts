import type { NewEvent } from '@offstage/domain';
import { inChat, inLibrary, inTurn } from '@offstage/domain';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { CHECKPOINT_EVERY } from '../src/checkpoints.ts';
import { connect } from '../src/connection.ts';
import { Engine } from '../src/engine.ts';
import { migrateLog } from '../src/migrate.ts';
import { finish } from '../src/slices.ts';
import { prepareProjections } from '../src/versions.ts';

const AT = '2026-03-01T10:00:00.000Z';
const TURNS = 1_000;

/** A chat of a thousand turns, each of which moves one edge. */
function longChat() {
  const database = connect(':memory:', { durability: 'normal', readonly: false });
  migrateLog(database, fileURLToPath(new URL('../../../drizzle', import.meta.url)), AT);
  prepareProjections(database);
  const engine = new Engine(database);
  let commands = 0;
  const run = (events: NewEvent[]) => finish(engine.append(events, { id: `c${(commands += 1)}`, actor: 'engine', at: AT }, 'null'));
  const start = (n: number) => ({
    parentId: n === 0 ? null : `t${n - 1}`, depth: n, speakerId: null, addresseeId: null, sceneId: null, witnesses: [], clock: null, text: '',
  });
  run([
    inLibrary('bot_authored', { botId: 'b', identity: { name: 'B' } }),
    inChat('c', 'chat_created', { kind: 'roleplay', title: 'C', hostId: 'b', personaId: 'p', continuityId: 'k' }),
    inTurn('c', 't0', 'kickoff_confirmed', start(0)),
  ]);
  for (let n = 1; n <= TURNS; n += 1) {
    run([
      inTurn('c', `t${n}`, 'user_turn', start(n)),
      inTurn('c', `t${n}`, 'edge_update', { continuityId: 'k', source: 'b', target: 'p', affinity: n % 2 === 0 ? 3 : -2, trust: 0, facts: [], at: null }),
    ]);
  }
  const move = (from: number, to: number) => run([inChat('c', 'head_moved', { from: `t${from}`, to: `t${to}`, reason: 'rewind' })]);
  /** Events folded again by `work`. */
  const cost = (work: () => void) => {
    const before = engine.refolds;
    work();
    return engine.refolds - before;
  };
  return { run, move, cost, database };
}

/** The most that one rewound turn may fold again: one row, from its last checkpoint. */
const ONE_TURN = CHECKPOINT_EVERY;

describe('TL-4 a head move costs what it changes', () => {
  test('one turn of a thousand folds one stretch between checkpoints', () => {
    const { move, cost } = longChat();
    expect(cost(() => move(TURNS, TURNS - 1))).toBeLessThan(ONE_TURN);
    expect(cost(() => move(TURNS - 1, TURNS))).toBeLessThanOrEqual(ONE_TURN);
  });

  test('checkpoints are laid anew on the way: after a long rewind and its undo one turn costs no more than before', () => {
    const { move, cost } = longChat();
    move(TURNS, 1);
    expect(cost(() => move(1, TURNS))).toBe(TURNS);
    expect(cost(() => move(TURNS, TURNS - 1))).toBeLessThan(ONE_TURN);
  });

  test('TL-10 and after a reset and its undo', () => {
    const { run, move, cost } = longChat();
    const upTo = 2 * TURNS + 3;
    run([inLibrary('bot_reset', { botId: 'b', upTo })]);
    run([inLibrary('bot_reset_undone', { botId: 'b', upTo })]);
    expect(cost(() => move(TURNS, TURNS - 1))).toBeLessThan(ONE_TURN);
  });
});
