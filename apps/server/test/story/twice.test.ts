import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { beginChat, commandId, openHouse } from './harness.ts';
import type { Client, House } from './harness.ts';
import { scriptedModel } from './scripted.ts';
import type { ScriptedModel } from './scripted.ts';

let model: ScriptedModel;
let house: House;
let client: Client;
let chat: { chatId: string; botId: string; personaId: string; head: string };
/** What a narration waits for, where one is to be held in the middle. */
let held: Promise<void> | undefined;
let reached: () => void = () => {};

beforeEach(async () => {
  held = undefined;
  model = await scriptedModel(async (asked) => {
    if (asked.schema === null) {
      reached();
      await held;
      return '*Nods.* "Yes."';
    }
    if (asked.schema === 'skip') return { kind: 'jump', minutes: 600, until: null, label: 'later' };
    return {};
  });
  house = await openHouse({ model: { url: model.url, narrative: 'narrator', classifier: 'keeper' } });
  ({ client } = house.tab());
  chat = await beginChat(client);
});
afterEach(async () => {
  await house.close();
  await model.close();
});

const at = () => ({ commandId: commandId(), chatId: chat.chatId, head: chat.head });
const idle = (): Promise<void> => house.app.services.story.idle();

/** Says something, and waits until the reply and what follows it are there. */
async function say(text: string): Promise<void> {
  chat.head = (await client.turns.send.mutate({ ...at(), text })).replyTurnId;
  await idle();
}

/** Does something while a reply is being written, which it may not wait for. */
async function whileWritten(meanwhile: () => Promise<void>): Promise<void> {
  const gate = Promise.withResolvers<void>();
  held = gate.promise;
  const begun = new Promise<void>((resolve) => (reached = resolve));
  await client.turns.send.mutate({ ...at(), head: (await client.chats.open.query(chat)).head, text: 'And then?' });
  await begun;
  await meanwhile();
  gate.resolve();
  await idle();
}

/** Does a command, and gives how to do the very same again. */
async function twice<T>(act: (from: Client) => Promise<T>): Promise<(from?: Client) => Promise<void>> {
  const answer = await act(client);
  await idle();
  return async (from = client) => expect(await act(from)).toEqual(answer);
}

describe('TL-14 what was done before is answered as then, and nothing is done', () => {
  test('while another reply is being written: a message, an end of a scene, another try, going on, going back, a skip', async () => {
    await say('Good evening.');
    const wanted = [at(), at(), at()] as const;
    const again = [await twice(async (from) => (await from.turns.send.mutate({ ...wanted[0], text: '/close' })).said), await twice((from) => from.turns.regenerate.mutate(wanted[1]))];
    chat.head = (await client.chats.open.query(chat)).head;
    const onward = at();
    again.push(await twice((from) => from.turns.continue.mutate(onward)));
    const back = { commandId: commandId(), chatId: chat.chatId, to: chat.head, reason: 'swipe' as const };
    again.push(await twice((from) => from.timeline.move.mutate(back)));
    chat.head = (await client.chats.open.query(chat)).head;
    const leap = { ...at(), when: { words: 'tomorrow' } };
    again.push(await twice((from) => from.skips.begin.mutate(leap)));
    const told = { ...at(), notable: 'It rained.' };
    again.push(await twice((from) => from.skips.answer.mutate(told)), await twice((from) => from.scenes.close.mutate({ chatId: chat.chatId, commandId: wanted[2].commandId })));
    await whileWritten(async () => {
      const before = [await house.app.services.store.read.seq(), model.asked.length];
      for (const answer of again) await answer();
      expect([await house.app.services.store.read.seq(), model.asked.length]).toEqual(before);
    });
  });

  test('though who took part in it, or what it named, is gone since', async () => {
    const lena = (await client.personas.author.mutate({ commandId: commandId(), identity: { name: 'Lena' } })).personaId;
    const jon = (await client.bots.author.mutate({ commandId: commandId(), identity: { name: 'Jon' } })).botId;
    const said = { ...at(), text: '/as Lena I am here, too.' };
    const spoken = await twice((from) => from.turns.send.mutate(said));
    const { draft } = await client.kickoff.read.query({ botId: jon, personaId: lena });
    const opening = { commandId: commandId(), botId: jon, personaId: lena, continuity: 'own' as const, draft };
    const begun = await twice((from) => from.chats.begin.mutate(opening));
    await client.personas.remove.mutate({ commandId: commandId(), personaId: lena });
    await client.bots.remove.mutate({ commandId: commandId(), botId: jon });
    await spoken();
    await begun();
  });

  test('and those who are by themselves do not pause for it', async () => {
    await say('Good evening.');
    const jon = (await client.bots.author.mutate({ commandId: commandId(), identity: { name: 'Jon' } })).botId;
    await client.guests.set.mutate({ commandId: commandId(), chatId: chat.chatId, botId: jon });
    const said = { ...at(), text: '/ooc wait' };
    const again = await twice((from) => from.turns.send.mutate(said));
    const gate = Promise.withResolvers<void>();
    held = gate.promise;
    await client.meanwhile.begin.mutate({ commandId: commandId(), chatId: chat.chatId, turns: 4 });
    await again();
    expect(await house.app.services.store.read.rows('meanwhiles', { chatId: chat.chatId })).toMatchObject([{ running: true }]);
    gate.resolve();
    await idle();
  });

  test('by another process of the server on the same library, while it stands still where it stood', async () => {
    const other = await openHouse({ folder: house.folder, model: { url: model.url, narrative: 'narrator', classifier: 'keeper' } });
    const theirs = other.tab().client;
    // Both know where the chat stands.
    await theirs.chats.open.query({ chatId: chat.chatId });
    const gate = Promise.withResolvers<void>();
    held = gate.promise;
    const input = { ...at(), text: 'Once.' };
    const sent = await theirs.turns.send.mutate(input);
    expect(await client.turns.send.mutate(input)).toEqual(sent);
    gate.resolve();
    await other.app.services.story.idle();
    const back = { commandId: commandId(), chatId: chat.chatId, to: chat.head, reason: 'rewind' as const };
    const moved = await theirs.timeline.move.mutate(back);
    expect(await client.timeline.move.mutate(back)).toEqual(moved);
    expect(await client.turns.send.mutate(input)).toEqual(sent);
    expect((await client.chats.open.query({ chatId: chat.chatId })).head).toBe(chat.head);
    await other.leave();
  });

  test('OP-4 while nothing can be written, because the library was moved away', async () => {
    const again = await twice((from) => from.chats.rename.mutate({ commandId: 'rename-once', chatId: chat.chatId, title: 'The quay' }));
    const path = join(house.folder, 'offstage.db');
    renameSync(path, `${path}.moved`);
    await house.app.services.store.read.seq();
    await house.app.library.look();
    await expect(client.chats.rename.mutate({ commandId: commandId(), chatId: chat.chatId, title: 'The pier' })).rejects.toThrow('moved or deleted');
    await again();
    renameSync(`${path}.moved`, path);
  });
});

test('TL-14 TL-12 what was deleted for good has no answer left: doing it again is refused', async () => {
  const said = { ...at(), text: 'Good evening.' };
  await twice((from) => from.turns.send.mutate(said));
  const { chat: row } = await client.chats.open.query({ chatId: chat.chatId });
  await client.purge.run.mutate({ commandId: commandId(), target: { what: 'chat', chatId: chat.chatId }, name: row.title });
  await expect(client.turns.send.mutate(said)).rejects.toThrow('no longer there');
});
