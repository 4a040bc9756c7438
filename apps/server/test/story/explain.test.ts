import { inTurn } from '@offstage/domain';
import type { NewEvent } from '@offstage/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginChat, commandId, openHouse, refusal, sayIn } from './harness.ts';
import type { Client, House } from './harness.ts';

let house: House;
let client: Client;
beforeAll(async () => {
  house = await openHouse();
  client = house.tab().client;
});
afterAll(() => house.close());

const clock = '2031-05-06T18:00:00.000Z';

async function write(actor: 'engine' | 'person', events: readonly NewEvent[]): Promise<void> {
  await house.app.services.store.execute({ id: commandId(), actor, at: clock }, () => ({ events, answer: null }));
}

async function say(chatId: string, text: string): Promise<string> {
  const { head } = await client.chats.open.query({ chatId });
  return (await sayIn(house, client, { chatId, head }, text)).replyTurnId;
}

describe('why an edge is as it is', () => {
  it('ED-3 lists what moved it, with the words of the turn, and the values over the story', async () => {
    const { chatId, botId, personaId } = await beginChat(client);
    const chat = (await client.chats.open.query({ chatId })).chat;
    const pair = { continuityId: chat.continuityId, source: botId, target: personaId };
    const before = await client.explain.edge.query({ chatId, source: botId, target: personaId });
    const turnId = await say(chatId, '*I wave.* I brought you bread.');
    await write('engine', [inTurn(chatId, turnId, 'edge_update', { ...pair, affinity: 4, trust: -1, facts: ['Bakes bread.'], at: clock })]);
    await write('person', [inTurn(chatId, turnId, 'edge_edited', { ...pair, changes: { trust: 10 }, prior: { trust: 49 } })]);

    const told = await client.explain.edge.query({ chatId, source: botId, target: personaId });
    expect(told.count).toBeGreaterThanOrEqual(before.count + 2);
    const [hand, turn] = told.steps;
    expect(hand).toMatchObject({ byHand: true, trust: 10, said: [], elsewhere: null });
    expect(turn).toMatchObject({ byHand: false, turnId, affinityBy: 4, learned: ['Bakes bread.'], elsewhere: null, clock });
    expect(turn?.said[0]).toEqual({ speakerId: personaId, text: 'I wave. I brought you bread.' });
    expect(turn?.said[1]?.speakerId).toBe(botId);
    expect(turn?.depth).toBe((await client.chats.open.query({ chatId })).headDepth);
    expect(told.series).toHaveLength(told.count + 1);
    expect(told.series.at(-1)).toMatchObject({ affinity: hand?.affinity, trust: 10 });
    expect(told.names).toMatchObject({ [botId]: 'Mara', [personaId]: 'Ava' });

    const trail = await client.explain.trail.query({ chatId, source: botId, target: personaId });
    expect(trail.last).toMatchObject({ seq: hand?.seq, trust: 10, byHand: true, said: [] });
    expect(trail.affinity.at(-1)).toBe(hand?.affinity);

    const older = await client.explain.edge.query({ chatId, source: botId, target: personaId, before: turn?.seq ?? 0 });
    expect(older.steps.every((step) => step.seq < (turn?.seq ?? 0))).toBe(true);
  });

  it('ED-3 says which chat a change came from when it was another one of the same story', async () => {
    const first = await beginChat(client, { continuity: 'shared' });
    const { continuityId, title } = (await client.chats.open.query({ chatId: first.chatId })).chat;
    const turnId = await say(first.chatId, 'Hello.');
    const pair = { continuityId, source: first.botId, target: first.personaId };
    await write('engine', [inTurn(first.chatId, turnId, 'edge_update', { ...pair, affinity: 7, trust: 0, facts: [], at: clock })]);
    const second = await beginChat(client, { continuity: 'shared', botId: first.botId, personaId: first.personaId });
    const told = await client.explain.edge.query({ chatId: second.chatId, source: first.botId, target: first.personaId });
    expect(told.steps[0]).toMatchObject({ turnId, elsewhere: title, depth: null, affinityBy: 7 });

    const memory = (await client.chats.memories.query({ chatId: first.chatId, ownerId: first.botId, limit: 20 })).find((one) => one.chatId === first.chatId);
    const memoryIds = [memory?.memoryId ?? '', 'no-such-memory'];
    const [here] = await client.explain.memories.query({ chatId: first.chatId, memoryIds });
    expect(here).toMatchObject({ memoryId: memory?.memoryId, elsewhere: null, clock: memory?.clock });
    expect(here?.depth).toBeGreaterThan(0);
    expect(await client.explain.memories.query({ chatId: second.chatId, memoryIds })).toMatchObject([{ elsewhere: title, depth: null }]);
    const apart = await beginChat(client, { continuity: 'own' });
    expect(await client.explain.memories.query({ chatId: apart.chatId, memoryIds })).toEqual([]);
  });

  it('ED-3 what is rewound explains nothing any longer', async () => {
    const { chatId, botId, personaId } = await beginChat(client);
    const { continuityId } = (await client.chats.open.query({ chatId })).chat;
    const turnId = await say(chatId, 'Hello.');
    await write('engine', [inTurn(chatId, turnId, 'edge_update', { continuityId, source: botId, target: personaId, affinity: 9, trust: 0, facts: [], at: clock })]);
    await client.turns.regenerate.mutate({ commandId: commandId(), chatId, head: turnId });
    const told = await client.explain.edge.query({ chatId, source: botId, target: personaId });
    expect(told.steps.some((step) => step.turnId === turnId)).toBe(false);
    const { turns } = await client.explain.turns.query({ chatId, turnIds: [turnId] });
    expect(turns).toEqual([{ turnId, settled: false, changes: [] }]);
    await house.app.services.story.idle();
  });

  it('ED-3 a pair that nothing has moved, and a chat that is not there', async () => {
    const { chatId } = await beginChat(client);
    const told = await client.explain.edge.query({ chatId, source: 'nobody', target: 'no-one' });
    expect(told).toMatchObject({ count: 0, steps: [], start: { affinity: 50, trust: 50 } });
    expect(await client.explain.trail.query({ chatId, source: 'nobody', target: 'no-one' })).toEqual({ affinity: [], last: null });
    expect((await refusal(client.explain.trail.query({ chatId: 'gone', source: 'a', target: 'b' }))).code).toBe('not_found');
    expect((await refusal(client.explain.edge.query({ chatId: 'gone', source: 'a', target: 'b' }))).code).toBe('not_found');
    expect((await refusal(client.explain.turns.query({ chatId: 'gone' }))).code).toBe('not_found');
  });
});

describe('what a turn changed', () => {
  it('UI-3 tells it also after a reload, by turn, with names and places', async () => {
    const { chatId, botId, personaId } = await beginChat(client);
    const { continuityId } = (await client.chats.open.query({ chatId })).chat;
    const turnId = await say(chatId, 'Let us walk.');
    await write('engine', [
      inTurn(chatId, turnId, 'edge_update', { continuityId, source: botId, target: personaId, affinity: 3, trust: 1, facts: [], at: clock }),
      inTurn(chatId, turnId, 'container_created', { containerId: `pier-${chatId}`, place: { name: 'The pier', type: '', description: '', moving: false, public: true, audibleRange: '', parentId: null } }),
      inTurn(chatId, turnId, 'activity_set', { entityId: botId, changes: { containerId: `pier-${chatId}` } }),
    ]);
    const last = await client.explain.turns.query({ chatId });
    const told = last.turns.find((turn) => turn.turnId === turnId);
    expect(told?.settled).toBe(true);
    expect(told?.changes).toEqual(expect.arrayContaining([expect.objectContaining({ what: 'feeling', affinity: 3, trust: 1, byHand: false })]));
    expect(told?.changes.some((change) => change.what === 'memory')).toBe(true);
    expect(last.names).toMatchObject({ [botId]: 'Mara', [personaId]: 'Ava' });
    expect(last.places).toEqual({ [`pier-${chatId}`]: 'The pier' });
  });

  it('UI-3 turns of another chat are not told', async () => {
    const one = await beginChat(client);
    const other = await beginChat(client);
    expect((await client.explain.turns.query({ chatId: one.chatId, turnIds: [other.head] })).turns).toEqual([]);
  });
});

describe('what a chat sets for itself', () => {
  it('PR-7 a note, a sampler and passes of its own, each for itself, and back to the settings', async () => {
    const { chatId } = await beginChat(client);
    const set = (change: object) => client.tuning.set.mutate({ commandId: commandId(), chatId, ...change });
    const tuned = async () => (await client.chats.open.query({ chatId })).chat.tuning;
    await set({ note: { text: '  Short replies. ', depth: 2 } });
    await set({ sampler: { temperature: 1.2 }, passesOff: ['scene'] });
    expect(await tuned()).toEqual({ note: { text: 'Short replies.', depth: 2 }, sampler: { temperature: 1.2 }, passesOff: ['scene'] });
    await set({ note: { text: ' ', depth: 0 }, sampler: null });
    expect(await tuned()).toEqual({ note: null, sampler: null, passesOff: ['scene'] });
    const refused = await refusal(set({ note: { text: 'x'.repeat(9_000), depth: 0 } }));
    expect(refused).toMatchObject({ code: 'invalid', fields: ['note.text'] });
  });
});
