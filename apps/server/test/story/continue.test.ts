import { afterAll, beforeAll, expect, test } from 'vitest';
import { Ear, beginChat, commandId, openHouse, refusal } from './harness.ts';
import type { Client, House } from './harness.ts';
import { scriptedModel } from './scripted.ts';
import type { ScriptedModel } from './scripted.ts';

let model: ScriptedModel;
let house: House;
let client: Client;

beforeAll(async () => {
  model = await scriptedModel(async (asked) => {
    if (asked.schema !== null) return {};
    const whole = asked.messages.map(({ content }) => content).join('\n');
    if (whole.includes("You write Ava's next message")) return 'Ava: "I would like to *see* it."\nMara: "No."';
    return whole.includes('is not over') ? 'Mara: And then she sat down.' : '*A nod.* "It was late."';
  });
  house = await openHouse({ model: { url: model.url, narrative: 'narrator', classifier: 'keeper' } });
  client = house.tab().client;
});
afterAll(async () => {
  await house.close();
  await model.close();
});

async function said() {
  const chat = await beginChat(client, { continuity: 'own' });
  const ear = new Ear(client, chat.chatId);
  await ear.ready();
  const sent = await client.turns.send.mutate({ commandId: commandId(), chatId: chat.chatId, head: chat.head, text: 'Tell me.' });
  await ear.whole(sent.replyTurnId);
  return { ...chat, ...sent, ear };
}

test('TN-6 Continue begins with the old words, streams on, and leaves the shorter one beside it', async () => {
  const { chatId, replyTurnId, ear } = await said();
  const id = commandId();
  const longer = await client.turns.continue.mutate({ commandId: id, chatId, head: replyTurnId });
  await ear.whole(longer.replyTurnId);
  const whole = ear.turn(longer.replyTurnId);
  expect(whole?.text).toBe('*A nod.* "It was late."\n\nAnd then she sat down.');
  expect(await client.turns.continue.mutate({ commandId: id, chatId, head: replyTurnId })).toEqual(longer);
  expect(await client.timeline.alternates.query({ chatId, turnIds: [replyTurnId] })).toEqual({ [replyTurnId]: [replyTurnId, longer.replyTurnId] });
  expect(await refusal(client.turns.continue.mutate({ commandId: commandId(), chatId, head: replyTurnId }))).toMatchObject({ code: 'stale_head' });
  ear.close();
});

test('TN-6 Continue is refused where no reply stands at the end', async () => {
  const { chatId, userTurnId, ear } = await said();
  await client.timeline.move.mutate({ commandId: commandId(), chatId, to: userTurnId, reason: 'rewind' });
  expect(await refusal(client.turns.continue.mutate({ commandId: commandId(), chatId, head: userTurnId }))).toMatchObject({ code: 'invalid' });
  ear.close();
});

test('TN-6 Impersonate drafts in your words alone, and writes nothing down', async () => {
  const { chatId, ear } = await said();
  await house.app.services.story.idle();
  const before = await house.app.services.store.read.seq();
  let draft = '';
  for await (const piece of house.app.services.story.impersonate(chatId, AbortSignal.timeout(5_000))) draft = piece.anew ? piece.text : draft + piece.text;
  expect(draft.trim()).toBe('"I would like to *see* it."');
  expect(await house.app.services.store.read.seq()).toBe(before);
  ear.close();
});
