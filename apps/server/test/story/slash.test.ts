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

  test('/roll is decided here, stands in the log as it fell, and bots see it', async () => {
    const { chatId, head, botId, personaId } = await chat();
    expect(await refusal(send(chatId, head, '/roll many'))).toMatchObject({ code: 'invalid', message: expect.stringContaining('2d6+3') });
    const { replyTurnId } = await send(chatId, head, '/roll 3d6+2 to climb');
    const turn = await house.app.services.store.read.row('turns', replyTurnId);
    expect(turn).toMatchObject({ kind: 'roll', speakerId: personaId, status: 'whole', text: expect.stringMatching(/^\*rolls 3d6\+2 to climb: [1-6] \+ [1-6] \+ [1-6] \+ 2 = \d+\*$/) });
    expect(new Set(turn?.witnesses)).toEqual(new Set([botId, personaId]));
    const reply = await play(chatId, replyTurnId, 'Up I go.');
    const { narrative } = await client.prompts.ofTurn.query({ chatId, turnId: reply });
    expect(JSON.stringify(narrative?.messages)).toContain(JSON.stringify(turn?.text).slice(1, -1));
    ear.close();
  });

  test('/as writes one message as another of your personas, who is there in your stead; the next is your own again', async () => {
    const { chatId, head, botId, personaId } = await chat();
    const { personaId: lena } = await client.personas.author.mutate({ commandId: commandId(), identity: { name: 'Lena Marie', persona: 'Repairs clocks.' } });
    expect(await refusal(send(chatId, head, '/as Nobody hello'))).toMatchObject({ code: 'invalid', message: expect.stringContaining('Lena Marie') });
    expect(await refusal(send(chatId, head, '/as Lena Marie'))).toMatchObject({ code: 'invalid', message: expect.stringContaining('What does Lena Marie say') });
    const reply = await play(chatId, head, '/as lena marie: Good evening, Mara.');
    await house.app.services.story.idle();
    const turns = await client.chats.open.query({ chatId });
    expect(turns.turns.slice(-2)).toMatchObject([{ speakerId: lena, text: 'Good evening, Mara.' }, { speakerId: botId, addresseeId: lena }]);
    expect(turns.chat.personaId).toBe(personaId);
    const { narrative } = await client.prompts.ofTurn.query({ chatId, turnId: reply });
    expect(narrative?.messages.at(-1)?.content).toContain('Lena Marie: Good evening, Mara.');
    // A persona keeps no memories; the bot remembers who spoke.
    expect(await client.chats.memories.query({ chatId, ownerId: lena, limit: 5 })).toEqual([]);
    expect((await client.chats.memories.query({ chatId, ownerId: botId, limit: 5 }))[0]?.text).toContain('Lena Marie said to me: Good evening, Mara.');
    const next = await play(chatId, reply, 'And I am here too.');
    expect((await house.app.services.store.read.row('turns', next))?.addresseeId).toBe(personaId);
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
