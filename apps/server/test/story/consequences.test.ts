import type { NewEvent } from '@offstage/domain';
import { inTurn, projectionNames, projections } from '@offstage/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { beginChat, commandId, openHouse, sayIn } from './harness.ts';
import type { Client, House } from './harness.ts';
import { scriptedModel } from './scripted.ts';
import type { ScriptedModel } from './scripted.ts';

let model: ScriptedModel;
let house: House;
let client: Client;

beforeAll(async () => {
  model = await scriptedModel((asked) =>
    asked.schema === 'passes'
      ? { memories: { told: [] }, significance: { score: 1 }, edges: { moves: [] }, activity: { minutes: 0, weather: null, people: [] }, scene: { ended: false, how: 'no', place: null } }
      : '*A nod.* "So it is."',
  );
  house = await openHouse({ model: { url: model.url, narrative: 'narrator', classifier: 'keeper' } });
  client = house.tab().client;
});
afterAll(async () => {
  await house.close();
  await model.close();
});

interface Chat {
  readonly chatId: string;
  readonly botId: string;
  readonly personaId: string;
  readonly continuityId: string;
  readonly sceneId: string;
  /** A memory that stands before. */
  readonly memoryId: string;
  head: string;
}

const QUESTION = 'What of the lantern, the letter and the tower?';

const say = async (chat: { readonly chatId: string; head: string }, text: string): Promise<string> => (await sayIn(house, client, chat, text)).replyTurnId;

async function begin(): Promise<Chat> {
  const { store } = house.app.services;
  const begun = await beginChat(client, { continuity: 'own' });
  const head = await say(begun, 'I bring a lantern and a letter.');
  const { continuityId } = (await store.read.row('chats', begun.chatId)) ?? { continuityId: '' };
  const stage = await store.read.row('stages', begun.chatId);
  const [memory] = await store.read.memories(begun.botId, continuityId, { limit: 1 });
  return { ...begun, head, continuityId, sceneId: stage?.sceneId ?? '', memoryId: memory?.memoryId ?? '' };
}

async function move(chat: Chat, to: string, reason: 'rewind' | 'undo'): Promise<void> {
  chat.head = (await client.timeline.move.mutate({ commandId: commandId(), chatId: chat.chatId, to, reason })).to;
}

/** The prompt of the reply to the next message, byte for byte; the message is taken back again. */
async function nextPrompt(chat: Chat): Promise<string> {
  const { head } = chat;
  await say(chat, QUESTION);
  const asked = model.asked.findLast(({ schema }) => schema === null);
  await move(chat, head, 'rewind');
  return JSON.stringify(asked?.messages);
}

/** Every row that a story makes, of one chat and its continuity. */
async function world(chat: Chat): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const name of projectionNames.filter((one) => projections[one].class === 'story')) {
    const rows = await house.app.services.store.read.rows(name, {});
    found[name] = rows.filter((row) => ('chatId' in row ? row.chatId === chat.chatId : 'continuityId' in row && row.continuityId === chat.continuityId));
  }
  return found;
}

interface Consequence {
  readonly of: string;
  /** The tables in which it stands. */
  readonly in: readonly string[];
  /** False where no prompt tells of it. */
  readonly told?: false;
  events(chat: Chat, turnId: string): NewEvent[];
}

/** Of a turn that no transcript tells: else it would not be offered. */
const memory = (chat: Chat, memoryId: string, significance: 0 | 1 | 2 | 3, text: string) => ({
  memoryId, ownerId: chat.botId, continuityId: chat.continuityId, kind: 'synthesized' as const, text, witnesses: [chat.botId, chat.personaId], clock: null,
  sceneId: null, aboutTurnId: 'long-ago', source: 'direct', reliability: 1, significance,
});
const edge = (chat: Chat) => ({ continuityId: chat.continuityId, source: chat.botId, target: chat.personaId });
const still = { affinity: 0, trust: 0, facts: [], at: null };

const planned = (chat: Chat, turnId: string, plannedFor: string | null = null): NewEvent =>
  inTurn(chat.chatId, turnId, 'story_event_planned', {
    storyEventId: `${turnId}-plan`, kind: 'meeting', title: 'Meet at the tower', props: { gift: 'a key' }, plannedFor, knownTo: [chat.botId, chat.personaId],
  });

const CONSEQUENCES: readonly Consequence[] = [
  { of: 'a memory', in: ['memories'], events: (chat, turnId) => [inTurn(chat.chatId, turnId, 'memory_written', memory(chat, `${turnId}-m`, 2, 'The lantern burned blue over the letter.'))] },
  {
    of: 'a memory by a hand: its words, its weight, its end',
    in: ['memories'],
    events: (chat, turnId) => {
      const ref = { memoryId: chat.memoryId, ownerId: chat.botId, continuityId: chat.continuityId };
      return [
        inTurn(chat.chatId, turnId, 'memory_written', memory(chat, `${turnId}-m`, 2, 'The tower has a stair.')),
        inTurn(chat.chatId, turnId, 'memory_edited', { ...ref, text: 'There was no lantern.', prior: '' }),
        inTurn(chat.chatId, turnId, 'memory_scored', { ...ref, significance: 2, by: 'hand' }),
        inTurn(chat.chatId, turnId, 'memory_deleted', ref),
      ];
    },
  },
  { of: 'a pin by a hand', in: ['pins'], events: (chat, turnId) => [inTurn(chat.chatId, turnId, 'memory_pinned', { memoryId: chat.memoryId, ownerId: chat.botId, continuityId: chat.continuityId, significance: 1 })], told: false },
  { of: 'a pin by itself', in: ['memories', 'pins'], events: (chat, turnId) => [inTurn(chat.chatId, turnId, 'memory_written', memory(chat, `${turnId}-m`, 3, 'The tower fell.'))] },
  { of: 'an edge\'s value', in: ['edges'], events: (chat, turnId) => [inTurn(chat.chatId, turnId, 'edge_update', { ...edge(chat), ...still, affinity: 30, trust: -20 })] },
  { of: 'knowledge', in: ['edges'], events: (chat, turnId) => [inTurn(chat.chatId, turnId, 'edge_update', { ...edge(chat), ...still, facts: ['Ava cannot swim.'] })] },
  { of: 'a summary of how one stands to another', in: ['edges'], events: (chat, turnId) => [inTurn(chat.chatId, turnId, 'edge_summarized', { ...edge(chat), summary: 'She trusts Ava with the light.', prior: '' })] },
  {
    of: 'a summary of a scene',
    in: ['memories'],
    // While the scene's own turns are in the prompt, its summary is not.
    told: false,
    events: (chat, turnId) => [
      inTurn(chat.chatId, turnId, 'memory_written', { ...memory(chat, `${turnId}-s`, 2, 'That evening Ava came with a lantern.'), kind: 'scene' }),
      inTurn(chat.chatId, turnId, 'memory_covered', { ownerId: chat.botId, sceneMemoryId: `${turnId}-s`, memoryIds: [chat.memoryId] }),
    ],
  },
  { of: 'the clock', in: ['stages'], events: (chat, turnId) => [inTurn(chat.chatId, turnId, 'clock_advanced', { minutes: 800 })] },
  { of: 'the clock set by a hand', in: ['stages'], events: (chat, turnId) => [inTurn(chat.chatId, turnId, 'clock_set', { clock: '1889-10-05T06:00:00.000Z', anchor: 'The day of the storm' })] },
  { of: 'the weather', in: ['stages'], events: (chat, turnId) => [inTurn(chat.chatId, turnId, 'weather_set', { weather: 'Hail' })] },
  { of: 'an activity', in: ['activities'], events: (chat, turnId) => [inTurn(chat.chatId, turnId, 'activity_set', { entityId: chat.botId, changes: { posture: 'kneels by the lamp', holding: ['an oil can'] } })] },
  {
    of: 'a scene',
    in: ['scenes', 'stages', 'containers'],
    events: (chat, turnId) => [
      inTurn(chat.chatId, turnId, 'scene_closed', { sceneId: chat.sceneId, endedAt: null, significance: 2 }),
      inTurn(chat.chatId, turnId, 'scene_settled', { sceneId: chat.sceneId }),
      inTurn(chat.chatId, turnId, 'container_created', { containerId: `${turnId}-tower`, place: { name: 'The tower', type: 'tower', description: 'Tall.', moving: false, public: true, audibleRange: '', parentId: null } }),
      inTurn(chat.chatId, turnId, 'scene_opened', { sceneId: `${turnId}-scene`, containerId: `${turnId}-tower`, startedAt: null, participants: [chat.botId, chat.personaId], presentSet: 'you_host', parentSceneId: null }),
    ],
  },
  { of: 'a guest', in: ['stages'], events: (chat, turnId) => [inTurn(chat.chatId, turnId, 'guest_set', { guestId: 'somebody' })], told: false },
  { of: 'how three are together', in: ['groupNodes'], events: (chat, turnId) => [inTurn(chat.chatId, turnId, 'group_described', { summary: 'Three who wait.', mood: 'wary', knownTo: [chat.botId] })], told: false },
  { of: 'a story event that was planned', in: ['storyEvents'], events: (chat, turnId) => [planned(chat, turnId)] },
  {
    of: 'a story event that was completed, and what it promoted',
    in: ['storyEvents', 'inventory', 'edges'],
    events: (chat, turnId) => [
      planned(chat, turnId),
      inTurn(chat.chatId, turnId, 'story_event_moved', { storyEventId: `${turnId}-plan`, status: 'active' }),
      inTurn(chat.chatId, turnId, 'story_event_moved', { storyEventId: `${turnId}-plan`, status: 'completed' }),
      inTurn(chat.chatId, turnId, 'item_acquired', { itemId: `${turnId}-key`, entityId: chat.botId, name: 'A key', note: 'From the tower.' }),
      inTurn(chat.chatId, turnId, 'edge_update', { ...edge(chat), ...still, facts: ['Ava kept her word.'] }),
      inTurn(chat.chatId, turnId, 'edge_summarized', { ...edge(chat), summary: 'Ava is a friend now.', prior: '' }),
    ],
  },
  {
    of: 'a thread',
    in: ['threads'],
    events: (chat, turnId) => [
      inTurn(chat.chatId, turnId, 'thread_opened', { threadId: `${turnId}-thread`, title: 'Who lit the tower?', summary: '', sceneId: chat.sceneId, knownTo: [chat.botId] }),
      inTurn(chat.chatId, turnId, 'thread_updated', { threadId: `${turnId}-thread`, summary: 'Somebody with a lantern.', sceneId: chat.sceneId }),
    ],
  },
  { of: 'a digest', in: ['digests'], events: (chat, turnId) => [inTurn(chat.chatId, turnId, 'digest_written', { digestId: `${turnId}-digest`, sceneId: chat.sceneId, text: 'Meanwhile the tower was searched.', knownTo: [chat.botId] })] },
  {
    of: 'what was acquired and lost',
    in: ['inventory'],
    told: false,
    events: (chat, turnId) => [
      inTurn(chat.chatId, turnId, 'item_acquired', { itemId: `${turnId}-rope`, entityId: chat.personaId, name: 'A rope', note: '' }),
      inTurn(chat.chatId, turnId, 'item_acquired', { itemId: `${turnId}-hat`, entityId: chat.personaId, name: 'A hat', note: '' }),
      inTurn(chat.chatId, turnId, 'item_lost', { itemId: `${turnId}-hat`, note: 'The wind.' }),
    ],
  },
];

/** A turn of both, with what came of it. Answers where the chat then stands. */
async function play(chat: Chat, turnIds: readonly [string, string], consequences: (turnId: string) => NewEvent[]): Promise<void> {
  const [userTurnId, replyTurnId] = turnIds;
  await house.app.services.store.execute({ id: commandId(), actor: 'engine', at: new Date().toISOString() }, async (read) => {
    const { depth } = (await read.head(chat.chatId)) ?? { depth: 0 };
    const start = { addresseeId: null, sceneId: chat.sceneId, witnesses: [chat.botId, chat.personaId], clock: null };
    const events = [
      inTurn(chat.chatId, userTurnId, 'user_turn', { ...start, parentId: chat.head, depth: depth + 1, speakerId: chat.personaId, text: 'I wait.' }),
      inTurn(chat.chatId, replyTurnId, 'assistant_turn_started', { ...start, parentId: userTurnId, depth: depth + 2, speakerId: chat.botId, model: 'm' }),
      inTurn(chat.chatId, replyTurnId, 'assistant_turn', { text: 'So do I.', truncated: false, finishReason: 'stop', usage: null, problem: null }),
      ...consequences(replyTurnId),
      inTurn(chat.chatId, replyTurnId, 'passes_settled', {}),
    ];
    return { events, answer: null };
  });
  chat.head = replyTurnId;
}

let played = 0;
const turnIds = (): [string, string] => [`played-${(played += 1)}u`, `played-${played}r`];

describe('TL-4 a rewind takes back', () => {
  test.each(CONSEQUENCES)('$of', async ({ in: tables, events, told }) => {
    const chat = await begin();
    const start = chat.head;
    const before = { prompt: await nextPrompt(chat), world: await world(chat) };
    // The same turn with nothing coming of it: what its words alone make of the prompt.
    await play(chat, turnIds(), () => []);
    const plain = await nextPrompt(chat);
    await move(chat, start, 'rewind');

    await play(chat, turnIds(), (turnId) => events(chat, turnId));
    const after = { head: chat.head, world: await world(chat) };
    for (const table of tables) expect(after.world[table], `${table} while it stands`).not.toEqual(before.world[table]);
    if (told !== false) expect(await nextPrompt(chat), 'the prompt while it stands').not.toBe(plain);

    await move(chat, start, 'rewind');
    expect(await world(chat)).toEqual(before.world);
    expect(await nextPrompt(chat), 'the next prompt').toBe(before.prompt);

    await move(chat, after.head, 'undo');
    expect(await world(chat)).toEqual(after.world);
  });

  test('all of them at once, turn by turn, and gives back each as it was', async () => {
    const chat = await begin();
    const stood = [{ head: chat.head, prompt: await nextPrompt(chat), world: await world(chat) }];
    for (const { of, events } of CONSEQUENCES) {
      // Nobody of that name could speak.
      if (of === 'a guest') continue;
      await play(chat, turnIds(), (turnId) => events(chat, turnId));
      stood.push({ head: chat.head, prompt: '', world: await world(chat) });
    }
    for (const one of stood.toReversed()) {
      await move(chat, one.head, chat.head === one.head ? 'undo' : 'rewind');
      expect(await world(chat)).toEqual(one.world);
    }
    expect(await nextPrompt(chat)).toBe(stood[0]?.prompt);
    for (const one of stood) {
      await move(chat, one.head, 'undo');
      expect(await world(chat)).toEqual(one.world);
    }
  });
});
