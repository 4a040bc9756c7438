import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client, House } from './harness.ts';
import { beginChat, commandId, Ear, openHouse, refusal } from './harness.ts';

let house: House;
let client: Client;
let ear: Ear;

beforeAll(async () => {
  house = await openHouse();
  client = house.tab().client;
});

afterAll(() => house.close());

async function chat() {
  const one = await beginChat(client, { continuity: 'own' });
  ear = new Ear(client, one.chatId);
  await ear.ready();
  return one;
}

const send = (chatId: string, head: string, text: string) => client.turns.send.mutate({ commandId: commandId(), chatId, head, text });

/** Says something and waits for the reply; gives where the story then stands. */
async function play(chatId: string, head: string, text: string): Promise<string> {
  const { replyTurnId } = await send(chatId, head, text);
  await ear.whole(replyTurnId);
  return replyTurnId;
}

describe('TN-2 commands', () => {
  test('one that there is none of is refused kindly; a space before it makes it words', async () => {
    const { chatId, head } = await chat();
    expect(await refusal(send(chatId, head, '/dance wildly'))).toMatchObject({ code: 'invalid', fields: ['text'], message: expect.stringMatching(/no command \/dance.*\/help/) });
    const next = await play(chatId, head, ' /dance is what they call it');
    await play(chatId, next, '/dev/null is a file, "/" a folder.');
    ear.close();
  });

  test('/help says what there is, and writes nothing', async () => {
    const { chatId, head } = await chat();
    expect(await send(chatId, head, '/help')).toEqual({ userTurnId: head, replyTurnId: head, said: expect.stringContaining('/close: Ends the scene') });
    expect((await client.chats.open.query({ chatId })).head).toBe(head);
    ear.close();
  });

  test('SC-2 /close ends the scene, where something has happened in it', async () => {
    const { chatId, head } = await chat();
    const next = await play(chatId, head, 'Good evening.');
    const before = await client.chats.drawer.query({ chatId });
    expect(await send(chatId, next, '/close')).toMatchObject({ replyTurnId: next, said: 'The scene has ended. The next one is open.' });
    const after = await client.chats.drawer.query({ chatId });
    expect(after.stage?.sceneId).not.toBe(before.stage?.sceneId);
    expect(await send(chatId, next, '/close')).toMatchObject({ said: expect.stringContaining('nothing to end') });
    ear.close();
  });

  test('TN-1 /ooc is a turn of yours that nobody answers, and that no bot reads', async () => {
    const { chatId, head } = await chat();
    expect(await refusal(send(chatId, head, '/ooc'))).toMatchObject({ code: 'invalid', message: expect.stringContaining('/ooc WORDS') });
    const { userTurnId } = await send(chatId, head, '/ooc back in a quarryman minute');
    const open = await client.chats.open.query({ chatId });
    expect(open.turns.at(-1)).toMatchObject({ turnId: userTurnId, kind: 'user', text: '((back in a quarryman minute))' });
    const reply = await play(chatId, userTurnId, 'Here I am.');
    await house.app.services.story.idle();
    const calls = await client.prompts.ofTurn.query({ chatId, turnId: reply });
    expect(JSON.stringify(calls)).not.toContain('quarryman');
    ear.close();
  });

  test('TL-14 a command that arrives twice acts once', async () => {
    const { chatId, head } = await chat();
    const input = { commandId: commandId(), chatId, head, text: '/ooc wait' };
    const [first, second] = [await client.turns.send.mutate(input), await client.turns.send.mutate(input)];
    expect(second).toEqual(first);
    expect((await client.chats.open.query({ chatId })).headDepth).toBe(2);
    ear.close();
  });
});
