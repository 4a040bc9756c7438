import { isDeepStrictEqual } from 'node:util';
import { verifyLibrary } from '../../packages/store/src/verify.ts';
import type { Ledger, Sent } from './ledger.ts';
import { isRefusal } from './ledger.ts';
import type { Standing } from './library.ts';
import { fingerprint, readStanding } from './library.ts';

/** What must hold after every restart; each is counted by itself. */
export const CHECKS = [
  'every acknowledged command is there, once',
  'what was refused left nothing',
  'what was sent again acts once',
  'the log only grew',
  'the file is whole, every row equals its log',
  'no turn is stuck',
  'partial replies are kept',
] as const;
export type Check = (typeof CHECKS)[number];

/** Why a check failed. */
export interface Failure {
  readonly check: Check;
  readonly why: string;
}

/** OP-3: how far what is kept of a reply may be behind what a page had shown, in ms. */
export const GRACE_MS = 250;

/** Words as a page had seen them, so long before the server was killed. */
export interface SeenWords {
  readonly turnId: string;
  readonly text: string;
}

/** What was known before the server was killed. */
export interface Before {
  readonly seq: number;
  readonly print: string;
  readonly seen: readonly SeenWords[];
}

/** Takes down how the library stands, for the check after the next restart. */
export function noteDown(path: string, seen: readonly SeenWords[]): Before {
  const seq = readStanding(path).lastSeq;
  return { seq, print: fingerprint(path, seq), seen };
}

/** Holds a library that has just been started again against what was asked and answered. Sends some of it again. */
export async function checkAfterRestart(path: string, ledger: Ledger, before: Before, fresh: readonly Sent[]): Promise<Failure[]> {
  const failures: Failure[] = [];
  const fail = (check: Check, why: string): void => void failures.push({ check, why });
  const stands = readStanding(path);
  if (fingerprint(path, before.seq) !== before.print) fail('the log only grew', `what stood up to ${before.seq} is not what it was`);
  for (const why of ledger.otherwise.splice(0)) fail('what was sent again acts once', why);
  for (const sent of ledger.sent) checkOne(sent, stands, fail);
  for (const id of stands.doubled) fail('every acknowledged command is there, once', `${id} was written twice`);
  for (const turnId of stands.streaming) fail('no turn is stuck', `${turnId} still streams`);
  for (const { turnId, text } of before.seen) {
    const kept = stands.texts.get(turnId);
    if (kept === undefined) fail('partial replies are kept', `${turnId} is gone`);
    else if (kept.finishReason === 'crash' && !kept.text.trim().startsWith(text.trim())) {
      fail('partial replies are kept', `${turnId} was seen with ${text.length} characters and is kept with ${kept.text.length}`);
    }
  }
  for (const problem of verifyLibrary(path).problems) fail('the file is whole, every row equals its log', problem);
  await sendAgain(path, fresh, fail);
  return failures;
}

function checkOne(sent: Sent, { receipts, tokens }: Standing, fail: (check: Check, why: string) => void): void {
  const { id, what, fate, token, answer } = sent;
  const there = receipts.has(id);
  if (fate === 'answered' && !there) fail('every acknowledged command is there, once', `${what} ${id} is gone`);
  if (fate === 'refused' && there) fail('what was refused left nothing', `${what} ${id} is there, though it was refused: ${String(answer)}`);
  if (what !== 'send' || token === null) return;
  const times = tokens.get(token) ?? 0;
  // Words that were rewound or said otherwise since still stand in the log.
  if (times !== (there ? 1 : 0)) fail('every acknowledged command is there, once', `the words of ${id} stand there ${times} times`);
}

/** TL-14: sends commands again. One that had its answer gets the same; one that had none acts once, or is refused and leaves nothing. */
async function sendAgain(path: string, commands: readonly Sent[], fail: (check: Check, why: string) => void): Promise<void> {
  for (const sent of commands) {
    try {
      const answer = await sent.again();
      if (sent.fate === 'answered' && !isDeepStrictEqual(answer, sent.answer)) fail('what was sent again acts once', `${sent.what} ${sent.id} answers otherwise`);
      Object.assign(sent, { fate: 'answered', answer });
    } catch (problem) {
      if (!isRefusal(problem)) throw problem;
      if (sent.fate === 'answered') fail('what was sent again acts once', `${sent.what} ${sent.id} was refused: ${(problem as Error).message}`);
      else Object.assign(sent, { fate: 'refused', answer: (problem as Error).message });
    }
  }
  const stands = readStanding(path);
  for (const sent of commands) checkOne(sent, stands, fail);
}
