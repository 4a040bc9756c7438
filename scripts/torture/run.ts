import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pick, seeded } from '../../bench/lib/chance.ts';
import { connect } from '../lib/client.ts';
import { Server } from '../lib/server.ts';
import type { Failure, SeenWords } from './checks.ts';
import { checkAfterRestart, GRACE_MS, noteDown } from './checks.ts';
import { Ear } from './ear.ts';
import { Ledger } from './ledger.ts';
import { readStanding } from './library.ts';
import type { Playing } from './player.ts';
import { playOn } from './player.ts';
import { setTheStage } from './stage.ts';

/** How to torture. */
interface Torture {
  readonly folder: string;
  readonly kills: number;
  /** No new round is begun after so many seconds. */
  readonly seconds: number;
  readonly seed: number;
  readonly tell: (line: string) => void;
}

/** What came of it. */
interface Report {
  readonly failures: readonly Failure[];
  readonly table: string;
}

/** Longest that is played between two kills, in ms. */
const PLAYED_MS = 2_200;

/** One start in so many is killed before it answers. */
const EARLY_KILLS = 8;

/** Longest that what is owed may take once the server is left alone, in ms. */
const SETTLED_MS = 60_000;

/** Words of a reply come so fast that a kill finds it at any length. */
const ENVIRONMENT = { OFFSTAGE_REHEARSAL_WPS: '40', OFFSTAGE_LOG_LEVEL: 'silent' };

/** Plays, kills, starts again and checks, until it has been killed so often or the time is over. */
export async function torture({ folder, kills, seconds, seed, tell }: Torture): Promise<Report> {
  const chance = seeded(seed);
  const path = join(folder, 'offstage.sqlite');
  const ledger = new Ledger();
  const failures: Failure[] = [];
  const started: number[] = [];
  const since = performance.now();
  let killed = 0;
  let server = await Server.start(folder, ENVIRONMENT);
  let client = connect(server.url);
  const { chatIds } = await setTheStage(() => client, ledger);

  while (killed < kills && performance.now() - since < seconds * 1_000) {
    const sentBefore = ledger.sent.length;
    const seen = await playAndKill(server, { client: () => client, ledger, chance }, chatIds);
    killed += 1;
    const before = noteDown(path, seen);
    if (Math.floor(chance() * EARLY_KILLS) === 0) {
      const early = await Server.launch(folder, ENVIRONMENT);
      await wait(Math.floor(chance() * 900));
      await early.kill();
      killed += 1;
    }
    server = await Server.start(folder, ENVIRONMENT);
    started.push(server.startedIn);
    client = connect(server.url);
    const unknown = ledger.sent.slice(sentBefore).filter(({ fate }) => fate === 'unknown');
    const answered = ledger.answered();
    const again = [...unknown, ...Array.from({ length: 3 }, () => pick(answered, chance))];
    const found = await checkAfterRestart(path, ledger, before, again);
    failures.push(...found);
    if (found.length > 0 || killed % 10 === 0) tell(`  killed ${killed} times, ${before.seq} entries in the log, ${failures.length} failures`);
    if (found.length > 0) break;
  }

  const owed = await settled(path);
  if (owed > 0) failures.push({ check: 'no turn is stuck', why: `${owed} things are still owed after ${SETTLED_MS / 1_000} s of quiet` });
  await client.close();
  await server.stop();
  const { lastSeq } = readStanding(path);
  const facts: readonly (readonly [string, string | number])[] = [
    ['seed', seed],
    ['killed', killed],
    ['seconds', Math.round((performance.now() - since) / 1_000)],
    ['commands answered', ledger.count('answered')],
    ['commands refused', ledger.count('refused')],
    ['commands without an answer', ledger.count('unknown')],
    ['entries in the log', lastSeq],
    ['longest start (ms)', Math.round(Math.max(0, ...started))],
    ['failures', failures.length],
  ];
  return { failures, table: facts.map(([name, value]) => `${name.padEnd(28)} ${String(value).padStart(8)}`).join('\n') };
}

/** Plays all chats side by side, kills the server at a random instant, and answers what pages had seen a moment before. */
async function playAndKill(server: Server, playing: Playing, chatIds: readonly string[]): Promise<SeenWords[]> {
  const { chance } = playing;
  const client = playing.client();
  const ears = chatIds.map((chatId) => new Ear(client, chatId));
  const over = new AbortController();
  const players = chatIds.map((chatId) => playOn(playing, chatId, over.signal));
  await wait(150 + Math.floor(chance() * PLAYED_MS));
  // Every other time a command is on its way just then.
  if (chance() < 0.5) {
    await playing.ledger.underWay(1_000);
    await wait(Math.floor(chance() * 15));
  }
  const moment = performance.now();
  const gone = server.kill();
  over.abort();
  await gone;
  await Promise.all(players);
  const seen = ears.flatMap((ear) => ear.asOf(moment - GRACE_MS) ?? []);
  for (const ear of ears) ear.close();
  await client.close();
  return seen;
}

/** Waits until nothing is owed; answers how much still is when that takes too long. */
async function settled(path: string): Promise<number> {
  for (const since = performance.now(); ; ) {
    const { owed, streaming } = readStanding(path);
    const left = owed + streaming.length;
    if (left === 0 || performance.now() - since > SETTLED_MS) return left;
    await wait(250);
  }
}
