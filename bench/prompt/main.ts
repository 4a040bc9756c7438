import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { createTokenCounter } from '../../apps/server/src/prompt/tokens.ts';
import type { TurnCall, TurnPrompts } from '../../apps/server/src/story/inspect.ts';
import { ensureBuilt } from '../../scripts/lib/build.mjs';
import { connect } from '../../scripts/lib/client.ts';
import type { Client } from '../../scripts/lib/client.ts';
import { Replies } from '../../scripts/lib/replies.ts';
import { Server } from '../../scripts/lib/server.ts';
import { Folder } from '../lib/folder.ts';
import type { Report } from '../lib/report.ts';
import { median, quantile } from '../lib/stats.ts';
import { lineOf } from './lines.ts';
import { repeatedShare } from './shares.ts';

const TURNS = 200;
const PINS = 8;
const REPLY_MS = 30_000;

/** Plays two chats of one bot over the built server, and looks at what the model was asked. */
export async function prompt(report: Report): Promise<void> {
  await ensureBuilt();
  report.note(`PR-3, PF-10: ${PINS} turns in one chat, each pinned, then ${TURNS} turns with the same bot in another; the rehearsal model writes and keeps the books.`);
  using folder = new Folder();
  const server = await Server.start(folder.path, { OFFSTAGE_REHEARSAL_WPS: '0', OFFSTAGE_LOG_LEVEL: 'error' });
  const client = connect(server.url);
  try {
    const who = await meet(client);
    const before = await begin(client, who);
    await play(client, before, PINS);
    for (const { memoryId } of await client.api.chats.memories.query({ chatId: before, ownerId: who.botId, limit: PINS })) {
      await client.api.edits.pinMemory.mutate({ commandId: randomUUID(), chatId: before, memoryId });
    }
    const chatId = await begin(client, who);
    const turnIds = await play(client, chatId, TURNS);
    const turns: TurnPrompts[] = [];
    for (const turnId of turnIds) turns.push(await client.api.prompts.ofTurn.query({ chatId, turnId }));
    await tell(report, turns);
  } finally {
    await client.close();
    await server.stop();
  }
}

async function tell(report: Report, turns: readonly TurnPrompts[]): Promise<void> {
  const counter = createTokenCounter();
  await counter.load();
  const narrative = turns.flatMap(({ narrative: call }) => call ?? []);
  const shares = repeatedShare(narrative.map(({ messages }) => messages), counter.count);
  report.add({ id: 'PR-3', what: 'prompt tokens that repeat the prompt before, of all', value: 100 * shares.weighted, unit: '%', bar: 85, atLeast: true });
  report.add({ id: 'PR-3', what: 'the same, prompt by prompt, median', value: 100 * median(shares.each), unit: '%' });
  report.add({ id: 'PR-3', what: 'the same, prompt by prompt, the lowest tenth', value: 100 * quantile(shares.each, 0.1), unit: '%' });

  const calls = turns.map(({ narrative: call, bookkeeping }) => (call === null ? 0 : 1) + bookkeeping.length);
  report.add({ id: 'PF-10', what: 'model calls in a turn, median', value: median(calls), unit: '', bar: 2 });
  report.add({ id: 'PF-10', what: 'model calls in a turn, mean, ends of scenes included', value: mean(calls), unit: '' });
  report.add({ id: 'PF-10', what: 'calls that began before the first word', value: turns.reduce((sum, turn) => sum + early(turn), 0), unit: '', bar: 0 });

  for (const purpose of new Set(turns.flatMap((turn) => all(turn).map((call) => call.purpose)))) {
    const spent = turns.map((turn) => all(turn).filter((call) => call.purpose === purpose).reduce((sum, { usage }) => sum + (usage?.prompt ?? 0) + (usage?.completion ?? 0), 0));
    report.add({ id: 'PR-2', what: `tokens a turn, ${purpose}, mean`, value: mean(spent), unit: 'tokens' });
  }
  const trimmed = narrative.filter(({ prompt: made }, n) => made !== null && made.transcript.fromTurnId !== narrative[n - 1]?.prompt?.transcript.fromTurnId).length - 1;
  const most = Math.max(...narrative.map(({ prompt: made }) => made?.tokens ?? 0));
  report.add({ id: 'PR-2', what: `the longest prompt (${trimmed} times trimmed)`, value: most, unit: 'tokens', bar: 8_000 });
  const late = narrative.map(({ prompt: made }) => made?.blocks.filter(({ position, included }) => position === 'late' && included).reduce((sum, { tokens }) => sum + tokens, 0) ?? 0);
  report.add({ id: 'PR-3', what: 'what changes late, mean', value: mean(late), unit: 'tokens' });
  const held = narrative.filter(({ prompt: made }) => made?.pins.length === PINS).length;
  if (held < narrative.length) report.note(`Only ${held} of ${narrative.length} prompts knew of ${PINS} pins.`);
}

const all = ({ narrative: call, bookkeeping }: TurnPrompts): readonly TurnCall[] => [...(call === null ? [] : [call]), ...bookkeeping];

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0) / Math.max(1, numbers.length);

/** Calls of a turn that began before the reply's first word. */
function early({ narrative: call, bookkeeping }: TurnPrompts): number {
  if (call === null) return 0;
  const first = Date.parse(call.startedAt) + (call.firstTokenMs ?? 0);
  return bookkeeping.filter(({ startedAt }) => Date.parse(startedAt) < first).length;
}

/** Puts the first of the sample cast and a persona into the library. */
async function meet({ api }: Client): Promise<{ botId: string; personaId: string }> {
  const [sample] = await api.samples.list.query();
  if (sample === undefined) throw new Error('There is no sample cast.');
  const { botIds } = await api.samples.add.mutate({ commandId: randomUUID(), sampleIds: [sample.sampleId] });
  const { personaId } = await api.personas.author.mutate({ commandId: randomUUID(), identity: { name: 'Jonas', pronouns: 'he/him', persona: 'A carpenter who reads at night.' } });
  return { botId: botIds[0] ?? '', personaId };
}

async function begin({ api }: Client, who: { readonly botId: string; readonly personaId: string }): Promise<string> {
  const { draft } = await api.kickoff.read.query(who);
  const { chatId } = await api.chats.begin.mutate({ commandId: randomUUID(), ...who, continuity: 'shared', draft });
  return chatId;
}

/** Plays turns as a person does who waits until all is noted down. Answers the replies' ids. */
async function play(client: Client, chatId: string, turns: number): Promise<string[]> {
  const replies = Replies.listen(client, { chatId, tabId: randomUUID() });
  const turnIds: string[] = [];
  try {
    let { head } = await client.api.chats.open.query({ chatId });
    for (let n = 0; n < turns; n += 1) {
      const { replyTurnId } = await client.api.turns.send.mutate({ commandId: randomUUID(), chatId, head, text: lineOf(n) });
      const reply = await replies.whole(replyTurnId, REPLY_MS);
      if (reply.truncated) throw new Error(`A reply was cut off: ${reply.problem ?? reply.finishReason ?? ''}`);
      await noted(client, chatId, replyTurnId);
      turnIds.push(replyTurnId);
      head = replyTurnId;
    }
  } finally {
    replies.close();
  }
  return turnIds;
}

/** Waits until what a reply changed has been noted down. */
async function noted({ api }: Client, chatId: string, turnId: string): Promise<void> {
  const deadline = Date.now() + REPLY_MS;
  while ((await api.prompts.ofTurn.query({ chatId, turnId })).bookkeeping.length === 0) {
    if (Date.now() > deadline) throw new Error('Nothing was noted down after a reply.');
    await wait(5);
  }
}
