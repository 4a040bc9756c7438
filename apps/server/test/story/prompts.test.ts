import { afterAll, beforeAll, expect, test } from 'vitest';
import { beginChat, commandId, openHouse } from './harness.ts';
import type { Client, House } from './harness.ts';

let house: House;
let client: Client;
beforeAll(async () => {
  house = await openHouse();
  client = house.tab().client;
});
afterAll(() => house.close());

interface Message {
  readonly role: string;
  readonly content: string;
}

async function say(chatId: string, text: string): Promise<{ userTurnId: string; replyTurnId: string }> {
  const { head } = await client.chats.open.query({ chatId });
  const sent = await client.turns.send.mutate({ commandId: commandId(), chatId, head, text });
  await house.app.services.story.idle();
  return sent;
}

/** The last prompt that a chat's bot was given. */
async function lastPrompt(chatId: string): Promise<readonly Message[]> {
  await house.app.services.calls.settled();
  const calls = await house.app.services.store.calls(chatId, 20);
  return calls.find(({ purpose }) => purpose === 'narrative')?.record['messages'] as Message[];
}

/** The last message without what stands above it. */
const said = (messages: readonly Message[]): string => messages.at(-1)?.content.split('# The turn\n')[1] ?? '';
const last = (messages: readonly Message[]): string => messages.at(-1)?.content ?? '';
const whole = (messages: readonly Message[]): string => messages.map((message) => message.content).join('\n');

test('PR-3 who the bot is comes first, the scene late, the message last', async () => {
  const { chatId } = await beginChat(client);
  await say(chatId, 'Good evening. ((she should be wary))');
  const messages = await lastPrompt(chatId);
  expect(messages.map((message) => message.role)).toEqual(['system', 'user', 'assistant', 'user']);
  expect(messages[0]?.content).toContain('You are Mara.');
  expect(messages[0]?.content).toContain('# Persona\nKeeps the harbour light.');
  expect(messages[3]?.content).toMatch(/# Scene\nPlace: .*[Hh]arbour/);
  expect(messages[3]?.content).toContain('Present: Ava, Mara');
  expect(said(messages)).toBe('Ava: Good evening.');
});

test('TN-1 remarks are sent to no bot, not even later', async () => {
  const { chatId } = await beginChat(client);
  await say(chatId, 'One. ((secret stage direction))');
  await say(chatId, '((only a remark))');
  const silent = await lastPrompt(chatId);
  expect(said(silent)).toBe('Ava: *says nothing*');
  await say(chatId, 'Three.');
  expect(whole(await lastPrompt(chatId))).not.toMatch(/stage direction|only a remark/);
});

test('PR-3 the next prompt repeats the last one up to its end', async () => {
  const { chatId } = await beginChat(client);
  await say(chatId, 'One.');
  const first = await lastPrompt(chatId);
  await say(chatId, 'Two.');
  const second = await lastPrompt(chatId);
  expect(second.slice(0, 3)).toEqual(first.slice(0, 3));
  expect(second[3]).toEqual({ role: 'user', content: said(first) });
});

test('TL-6 a reply that is tried again reads neither the old reply nor its memory', async () => {
  const { chatId } = await beginChat(client);
  const { replyTurnId } = await say(chatId, 'Tell me a thing that only you know.');
  const before = await lastPrompt(chatId);
  await client.turns.regenerate.mutate({ commandId: commandId(), chatId, head: replyTurnId });
  await house.app.services.story.idle();
  expect(await lastPrompt(chatId)).toEqual(before);
  const { head } = await client.chats.open.query({ chatId });
  await client.turns.regenerate.mutate({ commandId: commandId(), chatId, head, nudge: 'Be brief.' });
  await house.app.services.story.idle();
  expect(last(await lastPrompt(chatId))).toContain('\n\nThis time: Be brief.\n\n# The turn\n');
});

test('ME-2 a prompt never holds another continuity\'s memories', async () => {
  const shared = await beginChat(client);
  await say(shared.chatId, 'The password is marigold.');
  const { botId, personaId } = shared;
  const own = await beginChat(client, { botId, personaId, continuity: 'own' });
  await say(own.chatId, 'Do you know the password?');
  expect(whole(await lastPrompt(own.chatId))).not.toContain('marigold');
  // In the shared continuity the bot brings it along.
  const second = await beginChat(client, { botId, personaId, continuity: 'shared' });
  await say(second.chatId, 'Do you know the password?');
  expect(whole(await lastPrompt(second.chatId))).toContain('marigold');
  await say(own.chatId, 'The other word is foxglove.');
  await say(second.chatId, 'And the other?');
  expect(whole(await lastPrompt(second.chatId))).not.toContain('foxglove');
});

test('ME-2 a prompt never holds a turn that the bot did not witness', async () => {
  const { chatId, botId, personaId } = await beginChat(client);
  const { store } = house.app.services;
  const { head } = await client.chats.open.query({ chatId });
  await store.execute({ id: commandId(), actor: 'engine', at: new Date().toISOString() }, () => ({
    events: [
      {
        kind: 'user_turn',
        chatId,
        turnId: 'unwitnessed',
        payload: { parentId: head, depth: 2, speakerId: personaId, addresseeId: null, sceneId: null, witnesses: [personaId], clock: null, text: 'I hide the ledger.' },
      },
    ],
    answer: null,
  }));
  await say(chatId, 'What did I do?');
  const prompt = whole(await lastPrompt(chatId));
  expect(prompt).not.toContain('ledger');
  expect(prompt).toContain('What did I do?');
  expect(botId).toBeTruthy();
});

test('ME-2 what the other feels stays theirs', async () => {
  const { chatId, botId, personaId } = await beginChat(client, { continuity: 'own' });
  const { chat } = await client.chats.open.query({ chatId });
  await house.app.services.store.execute({ id: commandId(), actor: 'engine', at: new Date().toISOString() }, async () => ({
    events: [
      {
        kind: 'edge_edited',
        chatId,
        turnId: chat.head,
        payload: { continuityId: chat.continuityId, source: personaId, target: botId, changes: { summary: 'Secretly afraid.' }, prior: {} },
      },
    ],
    answer: null,
  }));
  await say(chatId, 'Hello.');
  expect(whole(await lastPrompt(chatId))).not.toContain('Secretly afraid');
});

test('PR-4 every call is kept with its prompt and without keys', async () => {
  const { chatId } = await beginChat(client);
  const { replyTurnId } = await say(chatId, 'Hello.');
  await house.app.services.calls.settled();
  const call = (await house.app.services.store.calls(chatId, 20)).find(({ purpose }) => purpose === 'narrative');
  expect(call).toMatchObject({ turnId: replyTurnId, purpose: 'narrative', record: { outcome: 'ok', model: 'rehearsal' } });
  expect(call?.record['prompt']).toMatchObject({ budget: { hard: 8_000, soft: 6_000 }, transcript: { turns: 2, trimmed: false } });
  expect(JSON.stringify(call)).not.toMatch(/api_?key/i);
});

test('TL-13 what a reply left to do waits while its turn is off the path, and is done when it is back', async () => {
  const { chatId, botId, head } = await beginChat(client);
  const { store, story } = house.app.services;
  await story.idle();
  const root = (await client.chats.open.query({ chatId })).turns[0]?.turnId ?? '';
  const at = { actor: 'engine' as const, at: new Date().toISOString() };
  const start = { parentId: root, depth: 1, speakerId: botId, addresseeId: null, sceneId: null, witnesses: [botId], clock: null };
  const move = (from: string, to: string) => ({ kind: 'head_moved' as const, chatId, turnId: null, payload: { from, to, reason: 'swipe' as const } });
  await store.execute({ id: commandId(), ...at }, () => ({
    events: [
      move(head, root),
      { kind: 'assistant_turn_started', chatId, turnId: 'aside', payload: { ...start, model: '' } },
      { kind: 'assistant_turn', chatId, turnId: 'aside', payload: { text: 'Aside.', truncated: false, finishReason: 'stop', usage: null, problem: null } },
      move('aside', head),
    ],
    answer: null,
  }));
  await story.idle();
  const texts = async () => (await client.chats.memories.query({ chatId, ownerId: botId, limit: 5 })).map((memory) => memory.text);
  expect(await texts()).not.toContain('I said to someone: Aside.');
  await store.execute({ id: commandId(), ...at }, () => ({ events: [move(head, 'aside')], answer: null }));
  await story.idle();
  expect(await texts()).toContain('I said to someone: Aside.');
  expect((await texts()).some((text) => text.includes('You are late'))).toBe(false);
});
