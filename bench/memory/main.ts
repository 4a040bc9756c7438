import { readFileSync } from 'node:fs';
import type { NewEvent } from '../../packages/domain/src/index.ts';
import { inChat, inLibrary, inTurn } from '../../packages/domain/src/index.ts';
import type { Store } from '../../packages/store/src/index.ts';
import { Folder } from '../lib/folder.ts';
import type { Report } from '../lib/report.ts';
import { median, p99 } from '../lib/stats.ts';
import { act, openLibrary } from '../story.ts';
import type { Asked, Conversation, Said } from './conversation.ts';
import { readConversations } from './conversation.ts';

const AMONG = [5, 10, 20] as const;
const BAR = 78;

/** The bot that witnessed all, and what it did so in. */
const OWNER = { ownerId: 'witness', continuityId: 'all' };
const CHAT = 'conversation';

/**
 * PF-12: says every line of long conversations through the real store, as memories of one bot that witnessed them, and
 * asks for each question's evidence. The constants of the search were tuned on two of three conversations and tried on
 * the third, in turn.
 */
export async function memory(report: Report, path: string): Promise<void> {
  const conversations = readConversations(JSON.parse(readFileSync(path, 'utf8')));
  const turns = conversations.flatMap(({ sessions }) => sessions.flatMap(({ said }) => said)).length;
  const left = conversations.reduce((sum, { leftOut }) => sum + leftOut, 0);
  report.note(`PF-12 asks ${conversations.length} conversations of ${turns} turns; ${left} questions name no evidence that was said, and are left out.`);
  const answers: Answered[] = [];
  for (const conversation of conversations) answers.push(...(await ask(conversation)));
  for (const among of AMONG) {
    report.add({ id: 'PF-12', what: `evidence recall@${among}`, value: recall(answers, among), unit: '%', ...(among === 10 && { bar: BAR, atLeast: true }) });
  }
  for (const category of [...new Set(answers.map((answer) => answer.category))].sort()) {
    const own = answers.filter((answer) => answer.category === category);
    for (const among of AMONG) {
      report.add({ id: 'PF-12', what: `evidence recall@${among}, category ${category} (${own.length} questions)`, value: recall(own, among), unit: '%' });
    }
  }
  const times = answers.map(({ ms }) => ms);
  report.add({ id: 'PF-12', what: 'a question asked', value: median(times), unit: 'ms', p99: p99(times) });
}

interface Answered extends Asked {
  /** Ids of what was found, best first. */
  readonly found: readonly string[];
  readonly ms: number;
}

/** The mean share of a question's evidence that stands among the first so many, in percent. */
function recall(answers: readonly Answered[], among: number): number {
  const shares = answers.map(({ evidence, found }) => {
    const first = new Set(found.slice(0, among));
    return evidence.filter((id) => first.has(id)).length / evidence.length;
  });
  return (100 * shares.reduce((sum, share) => sum + share, 0)) / shares.length;
}

async function ask(conversation: Conversation): Promise<Answered[]> {
  using folder = new Folder();
  const store = await openLibrary(folder.at('library.sqlite'));
  try {
    const idOf = await say(store, conversation);
    const answers: Answered[] = [];
    for (const asked of conversation.asked) {
      const since = performance.now();
      const hits = await store.read.searchMemories({ ...OWNER, chatId: CHAT, text: asked.question, k: Math.max(...AMONG) });
      answers.push({ ...asked, found: hits.map(({ memory: { memoryId } }) => idOf.get(memoryId) ?? ''), ms: performance.now() - since });
    }
    return answers;
  } finally {
    await store.close();
  }
}

/** Plays a conversation: a scene for each sitting, a turn and its memory for each line. Answers which memory is which line. */
async function say(store: Store, { sessions }: Conversation): Promise<ReadonlyMap<string, string>> {
  const names = [...new Set(sessions.flatMap(({ said }) => said.map(({ speaker }) => speaker)))];
  const begun: NewEvent[] = [
    inLibrary('bot_authored', { botId: OWNER.ownerId, identity: { name: 'Witness' } }),
    inChat(CHAT, 'chat_created', { kind: 'room', title: 'Conversation', hostId: OWNER.ownerId, personaId: null, continuityId: OWNER.continuityId }),
    inTurn(CHAT, turnOf(0), 'kickoff_confirmed', { ...WITNESSED, sceneId: null, clock: null, parentId: null, depth: 0, text: '' }),
  ];
  await act(store, async () => ({ events: begun, answer: null }));
  const idOf = new Map<string, string>();
  for (const [number, session] of sessions.entries()) {
    const events: NewEvent[] = [];
    for (const said of session.said) {
      const depth = idOf.size + 1;
      const memoryId = `memory-${depth}`;
      idOf.set(memoryId, said.id);
      const to = names.find((name) => name !== said.speaker) ?? 'all';
      events.push(...line({ memoryId, depth, sceneId: `session-${number}`, clock: session.clock, said, to }));
    }
    await act(store, async () => ({ events, answer: null }));
  }
  return idOf;
}

const turnOf = (depth: number): string => `turn-${depth}`;

const WITNESSED = { speakerId: null, addresseeId: null, witnesses: [OWNER.ownerId] };

interface Line {
  readonly memoryId: string;
  readonly depth: number;
  readonly sceneId: string;
  readonly clock: string | null;
  readonly said: Said;
  readonly to: string;
}

function line({ memoryId, depth, sceneId, clock, said, to }: Line): NewEvent[] {
  const turnId = turnOf(depth);
  return [
    inTurn(CHAT, turnId, 'user_turn', { ...WITNESSED, sceneId, clock, parentId: turnOf(depth - 1), depth, text: said.text }),
    inTurn(CHAT, turnId, 'memory_written', {
      ...OWNER,
      memoryId,
      kind: 'turn',
      text: `${said.speaker} said to ${to}: ${said.text}`,
      witnesses: [OWNER.ownerId],
      clock,
      sceneId,
      aboutTurnId: turnId,
      source: 'direct',
      reliability: 1,
      significance: 1,
    }),
  ];
}
