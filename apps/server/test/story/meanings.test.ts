import { afterAll, beforeAll, expect, test } from 'vitest';
import { startRehearsal } from '@offstage/model';
import type { Rehearsal } from '@offstage/model';
import { beginChat, openHouse, sayIn } from './harness.ts';
import type { Client, House } from './harness.ts';

let rehearsal: Rehearsal;
beforeAll(async () => {
  rehearsal = await startRehearsal({ wordsPerSecond: 0 });
});
afterAll(() => rehearsal.close());

async function say(house: House, client: Client, chat: { readonly chatId: string; head: string }, text: string): Promise<void> {
  await sayIn(house, client, chat, text);
  await house.app.services.story.meanings.idle();
}

test('ME-5 with an embedding model memories are found by meaning too, and no call comes before the narrative one', async () => {
  const house = await openHouse({
    model: { url: rehearsal.url, narrative: 'rehearsal', classifier: 'rehearsal' },
    settings: '[models.embedding]\nprovider = "stage"\nmodel = "rehearsal-embedding"\n',
  });
  try {
    const { client } = house.tab();
    const chat = await beginChat(client);
    await say(house, client, chat, 'The red boat sank in the storm by the lighthouse.');
    await say(house, client, chat, 'I like bread and honey in the morning.');
    const { meanings } = house.app.services.story;
    const owner = { ownerId: chat.botId, continuityId: 'shared' };
    expect(meanings.latest(owner)?.length).toBe(256);
    const vector = await meanings.of('a boat in a storm', AbortSignal.timeout(5_000));
    const hits = await house.app.services.store.read.searchMemories({ ...owner, text: 'boat storm', k: 5, ...(vector && { vector }) });
    expect(hits[0]?.memory.text).toContain('red boat');
    expect(hits[0]?.why.vector).toBeGreaterThan(0);
    await house.app.services.calls.settled();
    const calls = (await house.app.services.store.calls(chat.chatId, 20)).map(({ purpose, startedAt }) => ({ purpose, startedAt }));
    expect(calls.map(({ purpose }) => purpose).filter((purpose) => purpose === 'embedding')).toEqual([]);
  } finally {
    await house.close();
  }
});

test('ME-5 without one nothing of it is asked or kept', async () => {
  const house = await openHouse();
  try {
    const { client } = house.tab();
    const chat = await beginChat(client);
    await say(house, client, chat, 'The red boat sank in the storm.');
    expect(house.app.services.story.meanings.latest({ ownerId: chat.botId, continuityId: 'shared' })).toBeUndefined();
    expect(await house.app.services.story.meanings.of('boat', AbortSignal.timeout(1_000))).toBeUndefined();
    const found = await client.chats.searchMemories.query({ chatId: chat.chatId, ownerId: chat.botId, text: 'boat', limit: 5 });
    expect(found[0]?.text).toContain('red boat');
  } finally {
    await house.close();
  }
});
