import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Ear, beginChat, commandId, openHouse, sayIn } from './harness.ts';
import type { Client, House } from './harness.ts';
import { scriptedModel } from './scripted.ts';
import type { Asked, ScriptedModel } from './scripted.ts';

const TOLD = 'I stood at the harbour with Ava.';

let model: ScriptedModel;
let house: House;
let client: Client;
/** Questions that get no answer until the test lets them have one. */
let held: (asked: Asked) => boolean = () => false;
let letGo: () => void = () => undefined;
beforeAll(async () => {
  model = await scriptedModel(async (asked) => {
    if (asked.schema === null) return '*Mara nods.* "I hear you."';
    if (held(asked)) await new Promise<void>((resolve) => (letGo = resolve));
    if (asked.schema === 'scene_threads') return { opened: [], updated: [], closed: [] };
    return asked.schema === 'scene_summary' ? { summary: TOLD, quotes: [], feelings: [] } : { summary: 'They stood together.', mood: 'calm', digest: 'They talked.' };
  });
  house = await openHouse({ model: { url: model.url, narrative: 'narrator', classifier: 'keeper' } });
  client = house.tab().client;
});
afterAll(async () => {
  await house.close();
  await model.close();
});
beforeEach(() => {
  held = () => false;
});

async function hear(chatId: string): Promise<Ear> {
  const ear = new Ear(client, chatId);
  await ear.ready();
  return ear;
}

/** How far the telling was, each time a page was told: questions answered, and in all. */
const told = (ear: Ear): string[] => ear.frames.flatMap((frame) => (frame.type === 'telling' ? [`${frame.done} of ${frame.total}`] : []));
const reaches = (ear: Ear, far: string) => ear.until(() => told(ear).includes(far), far);
const close = (chatId: string) => client.scenes.close.mutate({ commandId: commandId(), chatId });
const accounts = async (chat: { chatId: string }, ownerId: string) => (await client.chats.memories.query({ chatId: chat.chatId, ownerId, limit: 20 })).filter(({ kind }) => kind === 'scene');
const owed = () => house.app.services.store.read.rows('owed', {});

describe('UI-10 SC-2 a scene that has closed', () => {
  test('pages are told how much of it is told, those too that come meanwhile, until all is', async () => {
    const chat = await beginChat(client, { continuity: 'own' });
    const ear = await hear(chat.chatId);
    await sayIn(house, client, chat, 'Hello there.');
    held = ({ schema }) => schema === 'scene_threads';
    await close(chat.chatId);
    await reaches(ear, '2 of 3');
    const late = await hear(chat.chatId);
    await reaches(late, '2 of 3');
    letGo();
    await house.app.services.story.idle();
    for (const one of [ear, late]) await reaches(one, '3 of 3');
    expect(told(ear)).toEqual(['0 of 3', '1 of 3', '2 of 3', '2 of 3', '3 of 3']);
    expect(await client.scenes.stopTelling.mutate({ chatId: chat.chatId })).toEqual({ stopped: false });
    for (const one of [ear, late]) one.close();
  });

  test('stopped, what was told by then is kept, the small memories of the rest stay, nothing stays owed, and the story goes on', async () => {
    const chat = await beginChat(client, { continuity: 'own' });
    const { botId } = await client.bots.author.mutate({ commandId: commandId(), identity: { name: 'Jon', persona: 'A sailor.', kickoff: 'Jon waits.', greeting: '' } });
    await client.guests.set.mutate({ commandId: commandId(), chatId: chat.chatId, botId });
    const ear = await hear(chat.chatId);
    await sayIn(house, client, chat, 'Mara, hello there.');
    let asked = 0;
    held = ({ schema }) => schema === 'scene_summary' && ++asked === 2;
    await close(chat.chatId);
    await reaches(ear, '1 of 4');
    expect(await client.scenes.stopTelling.mutate({ chatId: chat.chatId })).toEqual({ stopped: true });
    await reaches(ear, '4 of 4');
    letGo();
    await house.app.services.story.idle();
    const written = [...(await accounts(chat, chat.botId)), ...(await accounts(chat, botId))];
    expect(written.map(({ text }) => text)).toEqual([TOLD]);
    const [silent = ''] = [chat.botId, botId].filter((ownerId) => ownerId !== written[0]?.ownerId);
    const small = await client.chats.memories.query({ chatId: chat.chatId, ownerId: silent, limit: 20 });
    expect(small.map(({ kind }) => kind)).toContain('turn');
    expect(small.some(({ coveredBy }) => coveredBy !== null)).toBe(false);
    expect(await owed()).toEqual([]);
    held = () => false;
    const { replyTurnId } = await sayIn(house, client, chat, 'And now?');
    await ear.whole(replyTurnId);
    ear.close();
  });

  test('MW-4 two by themselves: stopped, that they were is told in plain words', async () => {
    const chat = await beginChat(client, { continuity: 'own' });
    const { botId } = await client.bots.author.mutate({ commandId: commandId(), identity: { name: 'Jon', persona: 'A sailor.', kickoff: 'Jon waits.', greeting: '' } });
    await client.guests.set.mutate({ commandId: commandId(), chatId: chat.chatId, botId });
    const ear = await hear(chat.chatId);
    held = ({ schema }) => schema === 'digest';
    await client.meanwhile.begin.mutate({ commandId: commandId(), chatId: chat.chatId, turns: 1, nudge: '' });
    await reaches(ear, '2 of 5');
    await client.scenes.stopTelling.mutate({ chatId: chat.chatId });
    letGo();
    await house.app.services.story.idle();
    const { digests } = await client.chats.drawer.query({ chatId: chat.chatId });
    expect(digests).toMatchObject([{ text: expect.stringContaining('were by themselves for a while') }]);
    expect(await owed()).toEqual([]);
    ear.close();
  });
});
