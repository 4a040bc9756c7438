import type { NewEvent } from '@offstage/domain';
import { inChat, inTurn } from '@offstage/domain';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../src/index.ts';
import { verifyLibrary } from '../src/verify.ts';
import { MIGRATIONS } from './support/library.ts';

const AT = '2026-03-01T10:00:00.000Z';
/** Killing it often takes minutes; otherwise once stands for all. */
const LONG = process.env['OFFSTAGE_LONG'] !== undefined;
const TURNS = LONG ? 1_500 : 400;
const SECRET = 'hush-4711';
/** How far into its work the process is killed, in parts of what the work takes. */
const MOMENTS = LONG ? [0.15, 0.4, 0.6, 0.75, 0.9, 1] : [0.75];

let folder: string;
let made: string;

/** A chat of many turns, each remembered. */
function story(chatId: string, word: string): NewEvent[] {
  const events: NewEvent[] = [inChat(chatId, 'chat_created', { kind: 'roleplay', title: chatId, hostId: 'b', personaId: 'p', continuityId: 'k' })];
  for (let depth = 0; depth < TURNS; depth += 1) {
    const turnId = `${chatId}-${depth}`;
    const start = { parentId: depth === 0 ? null : `${chatId}-${depth - 1}`, depth, speakerId: 'p', addresseeId: 'b', sceneId: null, witnesses: ['p', 'b'], clock: null };
    const memory = { memoryId: `m-${turnId}`, ownerId: 'b', continuityId: 'k', kind: 'turn' as const, text: `${word} ${depth}`, witnesses: [], clock: null, sceneId: null, aboutTurnId: null, source: 'direct' as const, reliability: 1, significance: 0 as const };
    events.push(inTurn(chatId, turnId, depth === 0 ? 'kickoff_confirmed' : 'user_turn', { ...start, text: `${word} ${depth}` }), inTurn(chatId, turnId, 'memory_written', memory));
  }
  return events;
}

const WORKS = {
  rebuild: 'await store.rebuild()',
  purge: `const none = new Set(); await store.purge({ id: 'purge', actor: 'person', at: '${AT}' }, async () => ({ goes: { chats: new Set(['gone']), turns: none, bots: none, named: none }, stays: [], answer: 'purged' }))`,
  rewind: `await store.execute({ id: 'rewind', actor: 'person', at: '${AT}' }, () => ({ events: [{ kind: 'head_moved', chatId: 'stays', turnId: null, payload: { from: 'stays-${TURNS - 1}', to: 'stays-0', reason: 'rewind' } }], answer: null }))`,
} as const;

/** Does a work in a process of its own, and kills that at a part of the time that it took before. Answers how long it took where it was not killed. */
async function workOn(path: string, work: keyof typeof WORKS, killAfterMs: number): Promise<number> {
  const index = new URL('../src/index.ts', import.meta.url).href;
  const script = `const { openStore } = await import('${index}'); const store = await openStore(${JSON.stringify({ path, migrationsFolder: MIGRATIONS })}); console.log('open'); ${WORKS[work]}; console.log('done'); process.exit(0);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  await once(child.stdout, 'data');
  const since = performance.now();
  await Promise.race([ended, sleep(killAfterMs)]);
  child.kill('SIGKILL');
  await ended;
  return performance.now() - since;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'offstage-killed-'));
  made = join(folder, 'made.db');
  const store = await openStore({ path: made, migrationsFolder: MIGRATIONS });
  for (const [chatId, word] of [['stays', 'lamp'], ['gone', SECRET]] as const) {
    const events = story(chatId, word);
    for (let from = 0; from < events.length; from += 100) {
      await store.execute({ id: `${chatId}-from-${from}`, actor: 'person', at: AT }, () => ({ events: events.slice(from, from + 100), answer: from }));
    }
  }
  await store.close();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('OP-3 killed in the middle', () => {
  test.each(Object.keys(WORKS) as (keyof typeof WORKS)[])('of a %s: the library is whole, every row equals its log, and the same again is done once', async (work) => {
    const whole = join(folder, `${work}-whole.db`);
    cpSync(made, whole);
    const takes = await workOn(whole, work, 60_000);
    for (const part of MOMENTS) {
      const path = join(folder, `${work}-${part}.db`);
      cpSync(made, path);
      await workOn(path, work, takes * part);
      const store = await openStore({ path, migrationsFolder: MIGRATIONS });
      expect(verifyLibrary(path).problems, `${work} killed at ${part}`).toEqual([]);
      // Answers of before are known, whatever became of it.
      expect(await store.execute({ id: 'stays-from-100', actor: 'person', at: AT }, () => ({ events: [], answer: 'again' }))).toMatchObject({ replayed: true, answer: 100 });
      if (work === 'purge') {
        const none = new Set<string>();
        const { answer } = await store.purge({ id: 'purge', actor: 'person', at: AT }, async () => ({ goes: { chats: new Set(['gone']), turns: none, bots: none, named: none }, stays: [], answer: 'purged' }));
        expect(answer).toBe('purged');
        expect(await store.read.row('chats', 'gone')).toBeUndefined();
        expect(verifyLibrary(path).problems, 'purged again').toEqual([]);
      }
      await store.close();
      if (work === 'purge') expect(readFileSync(path).includes(SECRET), `purge killed at ${part}`).toBe(false);
    }
  }, 240_000);
});
