import { randomUUID, randomUUIDv7 } from 'node:crypto';
import type { NewEvent } from '../packages/domain/src/index.ts';
import { inChat, inLibrary, inTurn } from '../packages/domain/src/index.ts';
import { beginChat } from '../packages/domain/src/commands/kickoff.ts';
import { rememberTurn, settlePasses } from '../packages/domain/src/commands/memories.ts';
import { endReply } from '../packages/domain/src/commands/reply.ts';
import { sendMessage } from '../packages/domain/src/commands/send.ts';
import type { Commit, Reads, Store } from '../packages/store/src/index.ts';
import { openStore } from '../packages/store/src/index.ts';
import { root } from '../scripts/lib/paths.mjs';
import { seeded } from './lib/chance.ts';
import { prose } from './lib/prose.ts';

/** One continuity, a bot and a persona in it, and their chats: all share the same two edges. */
export interface Cast {
  readonly continuityId: string;
  readonly botId: string;
  readonly personaId: string;
}

export const cast: Cast = { continuityId: 'shared', botId: 'bench-bot', personaId: 'bench-persona' };

/** Names in the order of ids above. */
export const names = new Map([
  [cast.botId, 'Maren'],
  [cast.personaId, 'Jonas'],
]);

const MINUTES_A_TURN = 3;
const FIRST_CLOCK = '2031-04-02T08:00:00.000Z';

/** How many different messages and replies there are: enough that nothing compresses the story away. */
const TEXTS = 400;

/** What is said: about `message` and `reply` characters, the same at every run. */
export class Texts {
  readonly #messages: readonly string[];
  readonly #replies: readonly string[];
  #next = 0;

  constructor(size: { readonly message: number; readonly reply: number }) {
    const chance = seeded(7);
    this.#messages = Array.from({ length: TEXTS }, () => prose(size.message, chance));
    this.#replies = Array.from({ length: TEXTS + 1 }, () => prose(size.reply, chance));
  }

  next(): { message: string; reply: string } {
    this.#next += 1;
    // One list is a text longer than the other, so that the pairs repeat late.
    return {
      message: this.#messages[this.#next % TEXTS] ?? '',
      reply: this.#replies[this.#next % (TEXTS + 1)] ?? '',
    };
  }
}

/** Opens a library of its own in a folder, over the real store. */
export function openLibrary(path: string): Promise<Store> {
  return openStore({ path, migrationsFolder: `${root}/drizzle` });
}

/** Runs a command of the engine's own: its id is made here, and begins with the time. */
export function act<Answer>(
  store: Store,
  decide: (read: Reads) => Promise<{ events: readonly NewEvent[]; answer: Answer }>,
  commandId = randomUUIDv7(),
): Promise<Commit<Answer>> {
  return store.execute({ id: commandId, actor: 'engine', at: new Date().toISOString() }, decide);
}

/** Authors the bot and the persona, and opens the chats, all at one place of one continuity. */
export async function begin(store: Store, chatIds: readonly string[]): Promise<void> {
  const { botId, personaId } = cast;
  await act(store, async () => ({
    events: [
      inLibrary('persona_authored', { personaId, identity: { name: names.get(personaId) ?? '', persona: 'A carpenter.' } }),
      inLibrary('bot_authored', {
        botId,
        identity: { name: names.get(botId) ?? '', persona: prose(1_200, seeded(1)), greeting: 'You came back.', traits: ['dry', 'loyal'] },
      }),
    ],
    answer: null,
  }));
  for (const [n, chatId] of chatIds.entries()) {
    await act(store, async () => ({ events: opening(chatId, n === 0), answer: null }));
  }
}

function opening(chatId: string, first: boolean): readonly NewEvent[] {
  const doing = { posture: 'sitting', action: 'mending a net', holding: ['needle'] };
  return beginChat({
    ...cast,
    chatId,
    newContinuity: first ? { name: 'Shared', shared: true } : null,
    draft: {
      title: `Story ${chatId}`,
      place: { name: 'The boat shed', type: 'shed', description: 'Tar, rope, a stove that smokes.' },
      clock: FIRST_CLOCK,
      anchor: null,
      weather: 'rain',
      you: doing,
      bot: doing,
      edge: { affinity: 55, trust: 60, summary: 'Old friends, a little shy.' },
      greeting: 'You came back. *She puts the needle down.*',
      prose: 'A wet morning by the harbour.',
    },
    kickoffTurnId: kickoffOf(chatId),
    greetingTurnId: randomUUIDv7(),
    containerId: randomUUIDv7(),
    sceneId: `${chatId}-scene`,
  });
}

/** The root turn of a chat. */
export const kickoffOf = (chatId: string): string => `${chatId}-kickoff`;

/**
 * Plays one full turn as the server does: seven events in three commits, each decided on what was read before. The id
 * of the first command comes from the page, by chance; the others are the engine's.
 */
export async function playTurn(store: Store, chatId: string, texts: Texts): Promise<{ userTurnId: string; replyTurnId: string }> {
  const { message, reply } = texts.next();
  const ids = { userTurnId: randomUUIDv7(), replyTurnId: randomUUIDv7() };
  const send = async (read: Reads) => {
    const chat = await read.row('chats', chatId);
    const [head, stage] = await Promise.all([
      read.row('turns', chat?.head ?? ''),
      read.row('stages', chatId),
    ]);
    const scene = await read.row('scenes', stage?.sceneId ?? '');
    const events = sendMessage(
      { chat, head, stage, scene },
      { head: head?.turnId ?? '', text: message, speakerId: cast.botId, model: 'bench', ...ids },
    );
    return { events, answer: ids };
  };
  await act(store, send, randomUUID());
  await finishReply(store, ids, reply);
  return ids;
}

/** Ends a reply that has started, and settles what is owed after it: the second and third commit of a turn. */
export async function finishReply(
  store: Store,
  { userTurnId, replyTurnId }: { readonly userTurnId: string; readonly replyTurnId: string },
  text: string,
): Promise<void> {
  await act(store, async (read) => ({
    events: endReply(await read.row('turns', replyTurnId), {
      text,
      truncated: false,
      finishReason: 'stop',
      usage: { prompt: 4_000, completion: 220 },
      problem: null,
    }),
    answer: null,
  }));
  await act(store, async (read) => {
    const [message, reply] = await Promise.all([read.row('turns', userTurnId), read.row('turns', replyTurnId)]);
    if (reply === undefined) throw new Error('The reply that was just played is not there.');
    const remembered = rememberTurn({
      reply,
      message,
      continuityId: cast.continuityId,
      owners: [{ botId: cast.botId, memoryId: randomUUIDv7() }],
      names,
    });
    return { events: [...remembered, ...moved(reply.chatId, replyTurnId, reply.clock), settlePasses(reply)], answer: null };
  });
}

/** What the passes found in a turn: it moved the bot's edge to the person a little, and three minutes went by. */
export function moved(chatId: string, turnId: string, at: string | null): readonly NewEvent[] {
  return [
    inTurn(chatId, turnId, 'edge_update', {
      continuityId: cast.continuityId,
      source: cast.botId,
      target: cast.personaId,
      affinity: turnId.charCodeAt(turnId.length - 1) % 2 === 0 ? 1 : -1,
      trust: 0,
      facts: [],
      at,
    }),
    inTurn(chatId, turnId, 'clock_advanced', { minutes: MINUTES_A_TURN }),
  ];
}

/** Moves a chat's head, as rewinding, undoing and choosing an alternate do. */
export async function moveHead(store: Store, chatId: string, to: string, reason: 'rewind' | 'undo' | 'swipe'): Promise<void> {
  const move = async (read: Reads) => {
    const from = (await read.head(chatId))?.turnId ?? '';
    return { events: [inChat(chatId, 'head_moved', { to, from, reason })], answer: null };
  };
  await act(store, move, randomUUID());
}
