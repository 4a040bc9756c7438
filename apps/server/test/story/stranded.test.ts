import { expect, test } from 'vitest';
import { Ear, beginChat, commandId, openHouse } from './harness.ts';

test('TN-5 OP-4 stop ends a reply whose end the disk refused, with the words that were kept', async () => {
  const house = await openHouse({ wordsPerSecond: 60 });
  const { client } = house.tab();
  const { store, story } = house.app.services;
  const { chatId, head } = await beginChat(client, { model: 'rehearsal:slow' });
  const ear = new Ear(client, chatId);
  await ear.ready();
  const { replyTurnId } = await client.turns.send.mutate({ commandId: commandId(), chatId, head, text: 'Hello.' });
  await ear.until(() => ear.words(replyTurnId).length > 80, 'the first words');

  const execute = store.execute.bind(store);
  store.execute = (command, decide) =>
    command.id.endsWith(':end') ? Promise.reject(new Error('database or disk is full')) : execute(command, decide);
  await client.turns.stop.mutate({ chatId });
  store.execute = execute;

  expect(await client.turns.stop.mutate({ chatId })).toEqual({ stopped: true });
  const turn = await store.read.row('turns', replyTurnId);
  expect(turn).toMatchObject({ status: 'whole', truncated: true, finishReason: 'aborted' });
  expect(turn?.text.length).toBeGreaterThan(20);
  await client.turns.send.mutate({ commandId: commandId(), chatId, head: replyTurnId, text: 'Go on.' });
  await client.turns.stop.mutate({ chatId });
  await story.idle();
  ear.close();
  await house.close();
}, 30_000);
