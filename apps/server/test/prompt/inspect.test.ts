import type { NewEvent } from '@offstage/domain';
import { inTurn } from '@offstage/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { beginChat, commandId, openHouse, refusal } from '../story/harness.ts';
import type { Client, House } from '../story/harness.ts';

let house: House;
let client: Client;
beforeAll(async () => {
  house = await openHouse();
  client = house.tab().client;
});
afterAll(() => house.close());

async function say(chatId: string, text: string): Promise<string> {
  const { head } = await client.chats.open.query({ chatId });
  const { replyTurnId } = await client.turns.send.mutate({ commandId: commandId(), chatId, head, text });
  await house.app.services.story.idle();
  return replyTurnId;
}

async function write(events: NewEvent[]): Promise<void> {
  await house.app.services.store.execute({ id: commandId(), actor: 'engine', at: new Date().toISOString() }, () => ({ events, answer: null }));
}

test('PR-4 a reply tells what its prompt was made of, what was sent, and what was noted down', async () => {
  const { chatId } = await beginChat(client);
  const turnId = await say(chatId, 'Hello.');
  const { narrative, bookkeeping } = await client.prompts.ofTurn.query({ chatId, turnId });
  expect(narrative).toMatchObject({ purpose: 'narrative', model: 'rehearsal', provider: 'Stage', outcome: 'ok', problem: null });
  expect(narrative?.usage?.prompt).toBeGreaterThan(100);
  expect(narrative?.reply).not.toBe('');
  expect(narrative?.messages[0]?.role).toBe('system');
  expect(narrative?.prompt?.blocks.map(({ name }) => name)).toEqual(expect.arrayContaining(['rules', 'identity', 'transcript', 'feelings', 'scene', 'message']));
  const sent = narrative?.messages.map(({ content }) => content).join('\n') ?? '';
  for (const { included, text } of narrative?.prompt?.blocks ?? []) if (included) expect(sent).toContain(text);
  expect(bookkeeping.map(({ purpose }) => purpose)).toEqual(['passes']);
  expect(bookkeeping[0]?.reply).toContain('{');
});

test('PR-4 only turns of the chat are told, and a turn without calls is told as such', async () => {
  const { chatId, head } = await beginChat(client);
  const other = await beginChat(client);
  const turnId = await say(chatId, 'Hello.');
  expect(await refusal(client.prompts.ofTurn.query({ chatId: other.chatId, turnId }))).toMatchObject({ code: 'not_found' });
  expect(await refusal(client.prompts.ofTurn.query({ chatId, turnId: 'nowhere' }))).toMatchObject({ code: 'not_found' });
  expect(await client.prompts.ofTurn.query({ chatId, turnId: head })).toEqual({ turnId: head, narrative: null, bookkeeping: [] });
});

test('PR-4 a record of another version shows its messages and no blocks', async () => {
  const { chatId } = await beginChat(client);
  const turnId = await say(chatId, 'Hello.');
  const { store, calls } = house.app.services;
  await calls.settled();
  const kept = (await store.callsOfTurn(turnId)).find(({ purpose }) => purpose === 'narrative');
  if (kept === undefined) throw new Error('The call was not kept.');
  await store.keepCall({ ...kept, record: { ...kept.record, prompt: { parts: [] }, apiKey: 'sk-secret' } });
  const told = await client.prompts.ofTurn.query({ chatId, turnId });
  expect(told.narrative?.prompt).toBeNull();
  expect(told.narrative?.messages.length).toBeGreaterThan(2);
  expect(JSON.stringify(told)).not.toContain('sk-secret');
});

test('ME-2 plans, open arcs and digests come to prompts of those who know of them alone', async () => {
  const { chatId, botId, personaId, head } = await beginChat(client);
  const thread = (threadId: string, knownTo: string[]) => inTurn(chatId, head, 'thread_opened', { threadId, title: `Arc ${threadId}`, summary: '', sceneId: null, knownTo });
  const plan = (storyEventId: string, knownTo: string[]) => inTurn(chatId, head, 'story_event_planned', { storyEventId, kind: 'feast', title: `Feast ${storyEventId}`, props: {}, plannedFor: null, knownTo });
  const digest = (digestId: string, knownTo: string[]) => inTurn(chatId, head, 'digest_written', { digestId, sceneId: 'elsewhere', text: `News ${digestId}`, knownTo });
  const hers = [botId, personaId];
  const id = (name: string) => `${name}-${chatId}`;
  await write([
    thread(id('known'), hers), thread(id('hidden'), ['jon']), thread(id('closed'), hers), inTurn(chatId, head, 'thread_closed', { threadId: id('closed') }),
    plan(id('known'), hers), plan(id('hidden'), ['jon']), plan(id('over'), hers), inTurn(chatId, head, 'story_event_moved', { storyEventId: id('over'), status: 'completed' }),
    digest(id('known'), hers), digest(id('hidden'), ['jon']), digest(id('told'), hers), inTurn(chatId, head, 'digest_consumed', { digestId: id('told') }),
  ]);
  const turnId = await say(chatId, 'Hello.');
  const { narrative } = await client.prompts.ofTurn.query({ chatId, turnId });
  const sent = narrative?.messages.map(({ content }) => content).join('\n') ?? '';
  for (const what of ['Arc', 'Feast', 'News']) {
    expect(sent).toContain(`${what} ${id('known')}`);
    for (const name of ['hidden', 'closed', 'over', 'told']) expect(sent).not.toContain(`${what} ${id(name)}`);
  }
  expect(narrative?.prompt?.digests).toEqual([id('known')]);
});

test('WD-13 lore written in the library comes to a prompt when its key is said', async () => {
  const { chatId } = await beginChat(client);
  await say(chatId, 'Hello.');
  const loreId = commandId();
  const entry = { loreId, botId: null, chatId: null, name: 'Ferry', keys: ['ferryman'], secondaryKeys: [], content: 'The ferryman is paid in salt.', enabled: true, constant: false, order: 1 };
  await write([{ kind: 'lore_written', chatId: null, turnId: null, payload: entry }]);
  const asked = async (text: string) => (await client.prompts.ofTurn.query({ chatId, turnId: await say(chatId, text) })).narrative;
  const told = await asked('Who is the ferryman?');
  expect(told?.messages.at(-1)?.content).toContain('# About what was spoken of\nThe ferryman is paid in salt.');
  expect(told?.prompt?.lore).toEqual([{ loreId, name: 'Ferry', key: 'ferryman', included: true }]);
  await write([{ kind: 'lore_removed', chatId: null, turnId: null, payload: { loreId } }]);
  expect((await asked('And the ferryman?'))?.prompt?.lore).toEqual([]);
});
