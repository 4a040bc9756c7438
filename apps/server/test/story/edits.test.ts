import { afterAll, beforeAll, expect, test } from 'vitest';
import { Ear, beginChat, commandId, openHouse, refusal } from './harness.ts';
import type { Client, House } from './harness.ts';

let house: House;
let client: Client;
beforeAll(async () => {
  house = await openHouse();
  client = house.tab().client;
});
afterAll(() => house.close());

const remembered = async (chatId: string, ownerId: string) => {
  await house.app.services.story.idle();
  return client.chats.memories.query({ chatId, ownerId, limit: 100 });
};

test('UI-4 SC-3 SC-8 WD-4 WD-5 what stands on the stage is set by hand and put back', async () => {
  const { chatId, personaId } = await beginChat(client);
  const before = await client.chats.drawer.query({ chatId });
  const containerId = before.containers[0]?.containerId ?? '';
  const edits = [
    await client.edits.setClock.mutate({ commandId: commandId(), chatId, clock: '2031-05-07T09:00:00Z' }),
    await client.edits.setAnchor.mutate({ commandId: commandId(), chatId, anchor: 'Day 2' }),
    await client.edits.setWeather.mutate({ commandId: commandId(), chatId, weather: 'Snow' }),
    await client.edits.setPlace.mutate({ commandId: commandId(), chatId, containerId, changes: { name: 'The old quay' } }),
    await client.edits.setActivity.mutate({ commandId: commandId(), chatId, entityId: personaId, changes: { posture: 'kneeling', containerId } }),
  ];
  const after = await client.chats.drawer.query({ chatId });
  expect(after.stage).toMatchObject({ clock: '2031-05-07T09:00:00.000Z', anchor: 'Day 2', weather: 'Snow' });
  expect(after.containers[0]?.name).toBe('The old quay');
  expect(after.activities.find((row) => row.entityId === personaId)).toMatchObject({ posture: 'kneeling', containerId });
  for (const edit of edits) {
    expect(edit).toMatchObject({ changed: true, gaveWay: null });
    const undone = await client.edits.undo.mutate({ commandId: commandId(), chatId, of: edit.commandId });
    expect(undone.changed).toBe(true);
  }
  expect(await client.chats.drawer.query({ chatId })).toEqual(before);
});

test('ED-4 LV-1 an edge set in one tab is seen in the other; the undo puts it back, once', async () => {
  const { chatId, botId, personaId } = await beginChat(client);
  const other = house.tab();
  const ear = new Ear(other.client, chatId, undefined, 'second');
  await ear.ready();
  const before = (await client.chats.drawer.query({ chatId })).edges.find((edge) => edge.source === botId);
  const edit = await client.edits.setEdge.mutate({ commandId: commandId(), chatId, source: botId, target: personaId, changes: { affinity: 91, summary: 'A friend.' } });
  await ear.until((frames) => frames.some((frame) => frame.type === 'commit' && frame.rows.some((row) => row.p === 'edges' && row.row?.affinity === 91)));
  const undo = { commandId: commandId(), chatId, of: edit.commandId };
  expect(await client.edits.undo.mutate(undo)).toMatchObject({ changed: true });
  expect(await client.edits.undo.mutate(undo)).toMatchObject({ changed: true });
  expect(await client.edits.undo.mutate({ ...undo, commandId: commandId() })).toMatchObject({ changed: false });
  expect((await client.chats.drawer.query({ chatId })).edges.find((edge) => edge.source === botId)).toEqual(before);
  ear.close();
  await other.close();
});

test('ED-4 TL-14 the last of two hands wins, and the first can no longer be undone', async () => {
  const { chatId, botId, personaId } = await beginChat(client);
  const set = (trust: number) => client.edits.setEdge.mutate({ commandId: commandId(), chatId, source: botId, target: personaId, changes: { trust } });
  const [first, second] = [await set(10), await set(20)];
  expect(await refusal(client.edits.undo.mutate({ commandId: commandId(), chatId, of: first.commandId }))).toMatchObject({
    code: 'already_done',
    message: 'This has been changed again since, so it stays as it is.',
  });
  expect(await client.edits.undo.mutate({ commandId: commandId(), chatId, of: second.commandId })).toMatchObject({ changed: true });
  expect(await client.edits.undo.mutate({ commandId: commandId(), chatId, of: first.commandId })).toMatchObject({ changed: true });
});

test('ED-4 what was no edit, or is another chat\'s, is not undone', async () => {
  const { chatId, botId, personaId, head } = await beginChat(client);
  const undo = (of: string, where = chatId) => refusal(client.edits.undo.mutate({ commandId: commandId(), chatId: where, of }));
  expect(await undo('never')).toMatchObject({ code: 'not_found' });
  const sent = commandId();
  await client.turns.send.mutate({ commandId: sent, chatId, head, text: 'Hello.' });
  expect(await undo(sent)).toMatchObject({ code: 'invalid' });
  const second = await beginChat(client, { botId, personaId });
  const edit = await client.edits.setWeather.mutate({ commandId: commandId(), chatId, weather: 'Hail' });
  expect(await undo(edit.commandId, second.chatId)).toMatchObject({ code: 'invalid' });
  const idle = await client.edits.setWeather.mutate({ commandId: commandId(), chatId, weather: 'Hail' });
  expect(idle.changed).toBe(false);
  expect(await undo(idle.commandId)).toMatchObject({ code: 'invalid' });
  await house.app.services.story.idle();
});

test('ME-9 a memory is written, reworded, scored, pinned, deleted, and brought back; a restart changes nothing', async () => {
  const { chatId, botId } = await beginChat(client);
  const added = await client.edits.addMemory.mutate({ commandId: commandId(), chatId, ownerId: botId, text: 'She fears gulls.', significance: 2 });
  expect(added).toMatchObject({ changed: true, gaveWay: null });
  const memory = (await remembered(chatId, botId)).find((row) => row.kind === 'manual');
  const memoryId = memory?.memoryId ?? '';
  const one = { chatId, memoryId };
  await client.edits.editMemory.mutate({ commandId: commandId(), ...one, text: 'She hates gulls.' });
  await client.edits.scoreMemory.mutate({ commandId: commandId(), ...one, significance: 1 });
  await client.edits.pinMemory.mutate({ commandId: commandId(), ...one });
  const whole = (await remembered(chatId, botId)).find((row) => row.memoryId === memoryId);
  expect(whole).toMatchObject({ text: 'She hates gulls.', significance: 1, source: 'direct' });
  const gone = await client.edits.deleteMemory.mutate({ commandId: commandId(), ...one });
  expect((await remembered(chatId, botId)).some((row) => row.memoryId === memoryId)).toBe(false);
  expect((await client.chats.drawer.query({ chatId })).pins).toEqual([]);
  await client.edits.undo.mutate({ commandId: commandId(), chatId, of: gone.commandId });
  expect((await remembered(chatId, botId)).find((row) => row.memoryId === memoryId)).toEqual(whole);
  expect((await client.chats.drawer.query({ chatId })).pins[0]?.pins).toMatchObject([{ memoryId, auto: false }]);
  const rows = await house.app.services.store.read.rows('memories', { ownerId: botId });
  await house.app.services.store.rebuild();
  expect(await house.app.services.store.read.rows('memories', { ownerId: botId })).toEqual(rows);
  await client.edits.unpinMemory.mutate({ commandId: commandId(), ...one });
  expect((await client.chats.drawer.query({ chatId })).pins).toEqual([]);
});

test('ME-9 OP-8 a memory of 100 KB is refused by name, with nothing written', async () => {
  const { chatId, botId } = await beginChat(client);
  const text = 'x'.repeat(102_400);
  expect(await refusal(client.edits.addMemory.mutate({ commandId: commandId(), chatId, ownerId: botId, text, significance: 1 }))).toMatchObject({
    code: 'too_long',
    message: expect.stringContaining('102,400 characters'),
    fields: ['text'],
  });
  const [memory] = await remembered(chatId, botId);
  const edit = client.edits.editMemory.mutate({ commandId: commandId(), chatId, memoryId: memory?.memoryId ?? '', text });
  expect(await refusal(edit)).toMatchObject({ code: 'too_long', fields: ['text'] });
  expect(await remembered(chatId, botId)).toEqual([memory]);
});

test('ME-4 a ninth pin takes an automatic one\'s place and says which; among eight by hand it is refused', async () => {
  const { chatId, botId } = await beginChat(client);
  const add = async (text: string, significance: 1 | 3) => {
    await client.edits.addMemory.mutate({ commandId: commandId(), chatId, ownerId: botId, text, significance });
    return (await client.chats.memories.query({ chatId, ownerId: botId, limit: 1 }))[0]?.memoryId ?? '';
  };
  const pin = (memoryId: string) => client.edits.pinMemory.mutate({ commandId: commandId(), chatId, memoryId });
  const auto = await add('The lamp went out.', 3);
  const others: string[] = [];
  for (let n = 0; n < 8; n++) others.push(await add(`Thing ${n}.`, 1));
  for (const memoryId of others.slice(0, 7)) expect((await pin(memoryId)).gaveWay).toBeNull();
  expect((await pin(others[7] ?? '')).gaveWay).toEqual({ memoryId: auto, text: 'The lamp went out.' });
  expect(await refusal(pin(auto))).toMatchObject({ code: 'limit_reached', message: 'Eight memories are pinned already. Unpin one first.' });
});

test('WD-14 ME-9 OP-8 what is not of this story, or out of range, is refused by name', async () => {
  const here = await beginChat(client);
  const elsewhere = await beginChat(client, { botId: here.botId, personaId: here.personaId, continuity: 'own' });
  const [memory] = await remembered(elsewhere.chatId, here.botId);
  const { chatId, botId, personaId } = here;
  expect(await refusal(client.edits.deleteMemory.mutate({ commandId: commandId(), chatId, memoryId: memory?.memoryId ?? '' }))).toMatchObject({
    code: 'not_found',
    message: 'This memory belongs to another story.',
  });
  expect(await refusal(client.edits.pinMemory.mutate({ commandId: commandId(), chatId, memoryId: 'nobody' }))).toMatchObject({ code: 'not_found', fields: ['memoryId'] });
  expect(await refusal(client.edits.setEdge.mutate({ commandId: commandId(), chatId, source: botId, target: personaId, changes: { trust: 101 } }))).toMatchObject({ code: 'invalid', fields: ['changes.trust'] });
  expect(await refusal(client.edits.setClock.mutate({ commandId: commandId(), chatId, clock: 'tomorrow' }))).toMatchObject({ code: 'invalid', fields: ['clock'] });
  expect(await refusal(client.edits.setWeather.mutate({ commandId: commandId(), chatId: 'nowhere', weather: 'x' }))).toMatchObject({ code: 'not_found', fields: ['chatId'] });
});

test('ME-9 a bot\'s memories are searched, and those it keeps pinned are listed', async () => {
  const { chatId, botId } = await beginChat(client, { continuity: 'own' });
  for (const text of ['She fears gulls.', 'He keeps bees.']) {
    await client.edits.addMemory.mutate({ commandId: commandId(), chatId, ownerId: botId, text, significance: text.includes('bees') ? 3 : 1 });
  }
  const found = await client.chats.searchMemories.query({ chatId, ownerId: botId, text: 'gull', limit: 10 });
  expect(found.map((row) => row.text)).toEqual(['She fears gulls.']);
  expect((await client.chats.pinned.query({ chatId, ownerId: botId })).map((row) => row.text)).toEqual(['He keeps bees.']);
  expect(await refusal(client.chats.searchMemories.query({ chatId: 'nowhere', ownerId: botId, text: 'gull', limit: 1 }))).toMatchObject({ code: 'not_found' });
});

test('ED-4 TL-4 after a rewind the undo of a deletion brings back nothing from the branch that was left', async () => {
  const { chatId, botId, head } = await beginChat(client, { continuity: 'own' });
  const ear = new Ear(client, chatId);
  await ear.ready();
  const { replyTurnId } = await client.turns.send.mutate({ commandId: commandId(), chatId, head, text: 'The gulls are purple.' });
  await ear.whole(replyTurnId);
  ear.close();
  const [memory] = await remembered(chatId, botId);
  const gone = await client.edits.deleteMemory.mutate({ commandId: commandId(), chatId, memoryId: memory?.memoryId ?? '' });
  const undo = () => client.edits.undo.mutate({ commandId: commandId(), chatId, of: gone.commandId });
  await client.timeline.move.mutate({ commandId: commandId(), chatId, to: head, reason: 'rewind' });
  expect(await undo()).toMatchObject({ changed: false });
  expect((await remembered(chatId, botId)).map(({ text }) => text).join()).not.toContain('purple');
  await client.timeline.move.mutate({ commandId: commandId(), chatId, to: replyTurnId, reason: 'undo' });
  expect(await undo()).toMatchObject({ changed: true });
  expect(await remembered(chatId, botId)).toContainEqual(memory);
});
