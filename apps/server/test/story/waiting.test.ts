import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Ear, beginChat, commandId, openHouse } from './harness.ts';
import type { Client, House } from './harness.ts';
import { DONE, GOOD, chunk, goesQuietAfter, misbehaving, narrates, refuses, streams, words } from './misbehaving.ts';
import type { Behaviour, Misbehaving } from './misbehaving.ts';

let model: Misbehaving;
let house: House;
let client: Client;
let who: { botId: string; personaId: string };
beforeAll(async () => {
  model = await misbehaving();
  house = await openHouse({ model: { url: model.url, narrative: 'narrator', classifier: 'keeper' }, limits: { retries: 1, backoffMs: 2 } });
  client = house.tab().client;
  who = await beginChat(client, { continuity: 'own' });
  await client.settings.saveProvider.mutate({ commandId: commandId(), provider: { id: 'stage', name: 'Stage', baseUrl: model.url, maxConcurrent: 1 } });
}, 60_000);
afterAll(async () => {
  await house.close();
  await model.close();
});

const notes = streams(words('{"significance":{"score":2}}'), chunk({}, 'stop'), DONE);
beforeEach(() => {
  model.behave('narrator', narrates);
  model.behave('keeper', notes);
});

async function chatWith(title: string) {
  const chat = await beginChat(client, { ...who, continuity: 'own' });
  await client.chats.rename.mutate({ commandId: commandId(), chatId: chat.chatId, title });
  const ear = new Ear(client, chat.chatId);
  await ear.ready();
  const say = (text: string) => client.turns.send.mutate({ commandId: commandId(), chatId: chat.chatId, head: chat.head, text });
  return { ...chat, ear, say };
}

const messages = (ear: Ear): string[] => ear.frames.flatMap((frame) => (frame.type === 'waiting' ? [frame.message] : []));
const waiting = () => client.diagnostics.waiting.query();
const take = (id: string) => client.diagnostics.takeOut.mutate({ commandId: commandId(), id });

test('MO-5 a reply in line says so in its chat and stands in the list; taken out it ends as when it is stopped, and the next one is answered', async () => {
  const [one, two, three] = [await chatWith('One'), await chatWith('Two'), await chatWith('Three')];
  model.behave('narrator', goesQuietAfter(words('*Mara looks up.*')));
  const first = await one.say('Hello?');
  await one.ear.until((frames) => frames.some(({ type }) => type === 'words'), 'the first words');
  const second = await two.say('And here?');
  await two.ear.until(() => messages(two.ear).length > 0, 'that it waits');
  const third = await three.say('And here?');
  await three.ear.until(() => messages(three.ear).length > 0, 'that it waits');
  expect(messages(two.ear)).toEqual(['Waiting for a free place at Stage.']);
  expect(messages(three.ear)).toEqual(['Waiting for a free place at Stage; one call before this one.']);
  const listed = await waiting();
  expect(listed).toMatchObject([
    { purpose: 'narrative', provider: 'Stage', model: 'narrator', weight: 1, ahead: 0, until: null, chat: { chatId: two.chatId, title: 'Two' } },
    { purpose: 'narrative', ahead: 1, chat: { chatId: three.chatId, title: 'Three' } },
  ]);
  const id = listed[0]?.id ?? '';
  expect(await take(id)).toEqual({ taken: true });
  expect(await take(id)).toEqual({ taken: false });
  await two.ear.whole(second.replyTurnId);
  expect(two.ear.turn(second.replyTurnId)).toMatchObject({ text: '', finishReason: 'aborted', truncated: true, problem: null });
  // The other one has moved up, and is answered when the first has ended.
  await three.ear.until(() => messages(three.ear).length === 2, 'that it is next');
  expect(messages(three.ear)[1]).toBe('Waiting for a free place at Stage.');
  model.behave('narrator', narrates);
  await client.turns.stop.mutate({ chatId: one.chatId });
  await one.ear.whole(first.replyTurnId);
  await three.ear.whole(third.replyTurnId);
  expect(three.ear.turn(third.replyTurnId)).toMatchObject({ text: GOOD, problem: null });
  await house.app.services.story.idle();
  expect(await waiting()).toEqual([]);
  for (const { ear } of [one, two, three]) ear.close();
});

test('MO-5 what is noted after a reply waits behind the next reply; taken out, the story goes on without and nothing stays owed', async () => {
  const [one, two, three] = [await chatWith('Four'), await chatWith('Five'), await chatWith('Six')];
  const asked: string[] = [];
  const held: (() => void)[] = [];
  const holds = (name: string, then: Behaviour): Behaviour => (response, nth) => {
    asked.push(name);
    held.push(() => then(response, nth));
  };
  model.behave('narrator', holds('a reply', narrates));
  model.behave('keeper', holds('the books', notes));
  const next = async (): Promise<void> => {
    await expect.poll(() => held.length).toBe(1);
    held.shift()?.();
  };
  const first = await one.say('Hello?');
  await expect.poll(() => held.length).toBe(1);
  const second = await two.say('And here?');
  await next();
  // The second reply has the place now: the notes on the first wait, and the third reply goes before them.
  await one.ear.whole(first.replyTurnId);
  await expect.poll(async () => (await waiting()).map(({ purpose }) => purpose)).toEqual(['passes']);
  const third = await three.say('And here?');
  await expect.poll(async () => (await waiting()).map(({ purpose, ahead }) => [purpose, ahead])).toEqual([['passes', 1], ['narrative', 0]]);
  const [books] = await waiting();
  expect(await take(books?.id ?? '')).toEqual({ taken: true });
  await next();
  await two.ear.whole(second.replyTurnId);
  await next();
  await three.ear.whole(third.replyTurnId);
  await next();
  await next();
  await house.app.services.story.idle();
  expect(asked).toEqual(['a reply', 'a reply', 'a reply', 'the books', 'the books']);
  expect(await house.app.services.store.read.rows('owed', {})).toEqual([]);
  const memories = async (chat: { chatId: string; botId: string }, turnId: string) =>
    (await client.chats.memories.query({ chatId: chat.chatId, ownerId: chat.botId, limit: 20 })).filter((memory) => memory.turnId === turnId);
  expect(await memories(one, first.replyTurnId)).toHaveLength(1);
  expect((await memories(two, second.replyTurnId)).map(({ significance }) => significance)).toEqual([2]);
  for (const { ear } of [one, two, three]) ear.close();
});

test('MO-4 MO-5 a reply that was asked to wait for hours is listed with its time, and can be taken out', async () => {
  const one = await chatWith('Seven');
  model.behave('narrator', refuses(429, 'later', { 'retry-after': '7200' }));
  const { replyTurnId } = await one.say('Hello?');
  await one.ear.until(() => messages(one.ear).length > 0, 'that it waits');
  const [call] = await waiting();
  expect(call).toMatchObject({ ahead: null, chat: { title: 'Seven' } });
  expect((call?.until ?? 0) - Date.now()).toBeGreaterThan(7_100_000);
  await take(call?.id ?? '');
  await one.ear.whole(replyTurnId);
  expect(one.ear.turn(replyTurnId)).toMatchObject({ finishReason: 'aborted' });
  one.ear.close();
});
