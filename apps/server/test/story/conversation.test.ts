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

async function say(ear: Ear, chatId: string, head: string, text: string) {
  const sent = await client.turns.send.mutate({ commandId: commandId(), chatId, head, text });
  await ear.whole(sent.replyTurnId);
  return sent;
}

test('SC-1 a kickoff is read into a draft, the greeting filled in', async () => {
  const { chatId, botId, personaId } = await beginChat(client);
  const { draft, source, note } = await client.kickoff.read.query({ botId, personaId });
  expect({ source, note }).toEqual({ source: 'model', note: null });
  expect(draft.greeting).toBe('You are late, Ava.');
  expect(draft.place.name.toLowerCase()).toContain('harbour');
  expect(Number.isNaN(Date.parse(draft.clock))).toBe(false);
  const open = await client.chats.open.query({ chatId });
  expect(open.turns.map((turn) => [turn.kind, turn.text])).toEqual([
    ['kickoff', 'Mara waits at the harbour in the evening rain. Ava steps off the ferry.'],
    ['assistant', 'You are late, Ava.'],
  ]);
  expect(open).toMatchObject({ bot: { name: 'Mara' }, persona: { name: 'Ava' }, headDepth: 1, streaming: null, modelName: 'rehearsal' });
  expect(open.cast.map((one) => [one.name, one.kind])).toEqual([['Ava', 'you'], ['Mara', 'bot']]);
});

test('SC-1 the next story of the same bot gets a title of its own', async () => {
  const first = await beginChat(client);
  const titles = new Set<string>();
  for (let n = 0; n < 4; n += 1) {
    const { chatId } = n === 0 ? first : await beginChat(client, { botId: first.botId, personaId: first.personaId });
    titles.add((await client.chats.open.query({ chatId })).chat.title);
  }
  expect(titles.size).toBe(4);
});

test('EV-5 the rehearsal model notes a promise when the scene ends, and ties it up where it is kept', async () => {
  const chat = await beginChat(client, { continuity: 'own' });
  const ear = new Ear(client, chat.chatId);
  await ear.ready();
  const close = async (): Promise<void> => {
    await client.scenes.close.mutate({ commandId: commandId(), chatId: chat.chatId });
    await house.app.services.story.idle();
  };
  const promises = async () => (await house.app.services.store.read.rows('threads', { chatId: chat.chatId })).filter(({ title }) => title.startsWith("Ava's word"));
  const { replyTurnId } = await say(ear, chat.chatId, chat.head, 'I will bring you the ledger tomorrow.');
  await close();
  expect(await promises()).toMatchObject([{ title: "Ava's word: bring you the ledger", open: true }]);
  await say(ear, chat.chatId, replyTurnId, '*lays the ledger on the table* "As I promised."');
  await close();
  expect(await promises()).toMatchObject([{ open: false, summary: expect.stringContaining('Ava lays the ledger on the table') as string }]);
  ear.close();
});

test('SC-1 a model that fails gives a plain draft with a note', async () => {
  const { personaId } = await client.personas.author.mutate({ commandId: commandId(), identity: { name: 'Bo' } });
  const { botId } = await client.bots.author.mutate({ commandId: commandId(), identity: { name: 'Nils', kickoff: 'At dawn, on a roof.' } });
  await client.settings.choose.mutate({ commandId: commandId(), classifier: { endpointId: 'stage', model: 'rehearsal:401' } });
  const read = await client.kickoff.read.query({ botId, personaId });
  await client.settings.choose.mutate({ commandId: commandId(), classifier: { endpointId: 'stage', model: 'rehearsal' } });
  expect(read.source).toBe('plain');
  expect(read.note).toContain('plain beginning');
  expect(read.draft).toMatchObject({ greeting: null, prose: 'At dawn, on a roof.' });
  expect(read.draft.clock).toContain('T06:00');
});

test('SC-1, MO-4 a provider that asks for an hour of quiet keeps nobody from beginning', async () => {
  const { botId, personaId } = await beginChat(client);
  await client.settings.choose.mutate({ commandId: commandId(), classifier: { endpointId: 'stage', model: 'rehearsal:429-3600s' } });
  const read = () => client.kickoff.read.query({ botId, personaId });
  // The first is refused; the second knows it before it is sent.
  const reads = [await read(), await read()];
  await client.settings.choose.mutate({ commandId: commandId(), classifier: { endpointId: 'stage', model: 'rehearsal' } });
  for (const { source, note } of reads) {
    expect(source).toBe('plain');
    expect(note).toMatch(/asks to wait (?:60|59) minutes before the next request\. This is a plain beginning/);
  }
});

test('TN-4 a turn: yours, the start of the reply, words, the whole reply, then its memory', async () => {
  const { chatId, botId, head } = await beginChat(client);
  const ear = new Ear(client, chatId);
  await ear.ready();
  const { userTurnId, replyTurnId } = await say(ear, chatId, head, 'I missed the ferry. ((be gentle))');
  const reply = ear.turn(replyTurnId);
  expect(reply).toMatchObject({ truncated: false, finishReason: 'stop', parentId: userTurnId, depth: 3, problem: null });
  expect(reply?.text.length).toBeGreaterThan(0);
  expect(ear.words(replyTurnId).trimEnd()).toBe(reply?.text);
  await house.app.services.story.idle();
  const memories = await client.chats.memories.query({ chatId, ownerId: botId, limit: 10 });
  expect(memories[0]?.text).toBe(`Ava said to me: I missed the ferry.\nI said to Ava: ${reply?.text}`);
  expect(memories[1]?.text).toBe('I said to Ava: You are late, Ava.');
  expect(await house.app.services.store.read.rows('owed', {})).toEqual([]);
  ear.close();
});

test('LV-3 words of a turn come before its end, and the start before the words', async () => {
  const { chatId, head } = await beginChat(client);
  const ear = new Ear(client, chatId);
  await ear.ready();
  const { replyTurnId } = await say(ear, chatId, head, 'Tell me about the light.');
  const order = ear.frames.flatMap((frame, index) => {
    if (frame.type === 'words' && frame.turnId === replyTurnId) return [`words`];
    if (frame.type !== 'commit') return [];
    const row = frame.rows.find((change) => change.p === 'turns' && change.key === replyTurnId)?.row;
    return row === undefined ? [] : [index === -1 ? '' : String((row as { status: string }).status)];
  });
  expect(order[0]).toBe('streaming');
  expect(order.at(-1)).toBe('whole');
  expect(order.slice(1, -1).every((what) => what === 'words')).toBe(true);
  expect(order.length).toBeGreaterThan(2);
  ear.close();
});

test('LV-1 two tabs see the same words and turns', async () => {
  const { chatId, head } = await beginChat(client);
  const other = house.tab();
  const ears = [new Ear(client, chatId), new Ear(other.client, chatId, undefined, 'second')];
  for (const ear of ears) await ear.ready();
  const sent = await client.turns.send.mutate({ commandId: commandId(), chatId, head, text: 'Hello.' });
  for (const ear of ears) await ear.whole(sent.replyTurnId);
  expect(ears[1]!.words(sent.replyTurnId)).toBe(ears[0]!.words(sent.replyTurnId));
  expect(ears[1]!.turn(sent.userTurnId)).toEqual(ears[0]!.turn(sent.userTurnId));
  expect(ears[1]!.turn(sent.replyTurnId)).toEqual(ears[0]!.turn(sent.replyTurnId));
  ears[0]!.close();
  await other.close();
});

test('LV-2 a page that comes back is brought what it missed', async () => {
  const { chatId, head } = await beginChat(client);
  const { cursor } = await client.chats.open.query({ chatId });
  const first = await client.turns.send.mutate({ commandId: commandId(), chatId, head, text: 'One.' });
  await house.app.services.story.idle();
  const ear = new Ear(client, chatId, cursor);
  await ear.ready();
  expect(ear.turn(first.userTurnId)?.text).toBe('One.');
  expect(ear.turn(first.replyTurnId)?.status).toBe('whole');
  const moved = ear.frames.find((frame) => frame.type === 'commit');
  expect(moved).toMatchObject({ path: [{ head: first.replyTurnId, headDepth: 3 }] });
  // Nothing is told twice to one who has it all.
  const again = new Ear(client, chatId, (await client.chats.open.query({ chatId })).cursor);
  await again.ready();
  expect(again.frames.map((frame) => frame.type)).toEqual(['ready']);
  ear.close();
  again.close();
});

test('LV-2 a page from another library reads everything anew', async () => {
  const { chatId } = await beginChat(client);
  const ear = new Ear(client, chatId, 'elsewhere.12');
  await ear.ready();
  expect(ear.frames.map((frame) => frame.type)).toEqual(['reset', 'ready']);
  ear.close();
});

test('LV-1 typing is heard in the other tabs alone', async () => {
  const { chatId } = await beginChat(client);
  const [mine, theirs] = [new Ear(client, chatId, undefined, 'mine'), new Ear(client, chatId, undefined, 'theirs')];
  await mine.ready();
  await theirs.ready();
  await client.chats.typing.mutate({ chatId, tabId: 'mine' });
  await theirs.until((frames) => frames.some((frame) => frame.type === 'typing'));
  expect(mine.frames.some((frame) => frame.type === 'typing')).toBe(false);
  mine.close();
  theirs.close();
});

test('WD-14 a page hears nothing of another chat but its place in the list', async () => {
  const [one, two] = [await beginChat(client, { continuity: 'own' }), await beginChat(client, { continuity: 'own' })];
  const ear = new Ear(client, one.chatId);
  await ear.ready();
  await client.turns.send.mutate({ commandId: commandId(), chatId: two.chatId, head: two.head, text: 'Elsewhere.' });
  await house.app.services.story.idle();
  await say(ear, one.chatId, one.head, 'Here.');
  await ear.until((frames) => frames.some((frame) => frame.type === 'commit' && frame.rows.some((change) => change.key === two.chatId)));
  const heard = ear.frames.flatMap((frame) => (frame.type === 'commit' ? frame.rows : []));
  expect(heard.filter((change) => change.p !== 'chats' && JSON.stringify(change).includes(two.chatId))).toEqual([]);
  expect(heard.some((change) => change.p === 'chats' && change.key === two.chatId)).toBe(true);
  expect(ear.frames.every((frame) => frame.type !== 'words' || frame.chatId === one.chatId)).toBe(true);
  ear.close();
});

test('TL-14 the same send twice acts once and answers the same', async () => {
  const { chatId, head } = await beginChat(client);
  const ear = new Ear(client, chatId);
  await ear.ready();
  const command = { commandId: commandId(), chatId, head, text: 'Once.' };
  const [first, second] = await Promise.all([client.turns.send.mutate(command), client.turns.send.mutate(command)]);
  expect(second).toEqual(first);
  await ear.whole(first.replyTurnId);
  expect(await client.turns.send.mutate(command)).toEqual(first);
  const open = await client.chats.open.query({ chatId });
  expect(open.turns.filter((turn) => turn.text === 'Once.')).toHaveLength(1);
  expect(open.head).toBe(first.replyTurnId);
  ear.close();
});

test('TL-14 a send against a head that moved is refused', async () => {
  const { chatId, head } = await beginChat(client);
  const ear = new Ear(client, chatId);
  await ear.ready();
  await say(ear, chatId, head, 'First.');
  const refused = await refusal(client.turns.send.mutate({ commandId: commandId(), chatId, head, text: 'Late.' }));
  expect(refused).toMatchObject({ code: 'stale_head', fields: ['head'] });
  ear.close();
});

test('TL-6 trying again puts another reply in the place of the first, and its memory', async () => {
  const { chatId, botId, head } = await beginChat(client);
  const ear = new Ear(client, chatId);
  await ear.ready();
  const sent = await say(ear, chatId, head, 'Again?');
  await house.app.services.story.idle();
  const { replyTurnId } = await client.turns.regenerate.mutate({ commandId: commandId(), chatId, head: sent.replyTurnId });
  await ear.whole(replyTurnId);
  await house.app.services.story.idle();
  const open = await client.chats.open.query({ chatId });
  expect(open.turns.map((turn) => turn.turnId).slice(-2)).toEqual([sent.userTurnId, replyTurnId]);
  const moves = ear.frames.flatMap((frame) => (frame.type === 'commit' ? frame.path : []));
  expect(moves).toContainEqual({ chatId, head: replyTurnId, headDepth: 3, meetDepth: 2 });
  const forgotten = ear.frames.flatMap((frame) => (frame.type === 'commit' ? frame.rows : [])).filter((change) => change.p === 'memories' && change.row === null);
  expect(forgotten).toHaveLength(1);
  const memories = await client.chats.memories.query({ chatId, ownerId: botId, limit: 10 });
  expect(memories.map((memory) => memory.turnId)).toEqual([replyTurnId, head]);
  expect(await refusal(client.turns.regenerate.mutate({ commandId: commandId(), chatId, head }))).toMatchObject({ code: 'stale_head' });
  ear.close();
});

test('TL-6 the greeting can be tried again', async () => {
  const { chatId, head } = await beginChat(client);
  const ear = new Ear(client, chatId);
  await ear.ready();
  const { replyTurnId } = await client.turns.regenerate.mutate({ commandId: commandId(), chatId, head });
  await ear.whole(replyTurnId);
  expect(ear.turn(replyTurnId)).toMatchObject({ depth: 1, finishReason: 'stop' });
  ear.close();
});

test('OP-8 a message of 100 KB is refused and nothing is written', async () => {
  const { chatId, head } = await beginChat(client);
  const refused = await refusal(client.turns.send.mutate({ commandId: commandId(), chatId, head, text: 'x'.repeat(100_000) }));
  expect(refused).toMatchObject({ code: 'too_long', fields: ['text'] });
  expect(refused.message).toContain('100,000');
  expect((await client.chats.open.query({ chatId })).head).toBe(head);
});

test('PR-2 what alone exceeds the budget is named, before anything is written', async () => {
  const { chatId, head } = await beginChat(client, { persona: 'She remembers every ship. '.repeat(3_000) });
  const refused = await refusal(client.turns.send.mutate({ commandId: commandId(), chatId, head, text: 'Hello.' }));
  expect(refused).toMatchObject({ code: 'too_long', fields: ['persona'] });
  expect(refused.message).toContain('persona of Mara');
  const other = await beginChat(client);
  const message = await refusal(client.turns.send.mutate({ commandId: commandId(), chatId: other.chatId, head: other.head, text: 'q7z '.repeat(7_900) }));
  expect(message).toMatchObject({ code: 'too_long', fields: ['text'] });
  expect((await client.chats.open.query({ chatId })).head).toBe(head);
});

test('OP-8 control characters are dropped and right-to-left text is kept', async () => {
  const { chatId, head } = await beginChat(client);
  const ear = new Ear(client, chatId);
  await ear.ready();
  const { userTurnId } = await say(ear, chatId, head, 'a\u0000b\u001B[31m שלום\r\nمرحبا 👩‍🚀');
  expect(ear.turn(userTurnId)?.text).toBe('ab[31m שלום\nمرحبا 👩‍🚀');
  ear.close();
});

test('the list of chats shows the last line without its markup', async () => {
  const { chatId } = await beginChat(client, { greeting: '*looks up* "You **came**."' });
  const [chat] = await client.chats.list.query();
  expect(chat).toMatchObject({ chatId, lastLine: 'looks up "You came."', lastSpeaker: 'Mara', turns: 1, streaming: false });
  await client.chats.rename.mutate({ commandId: commandId(), chatId, title: 'Rain' });
  expect((await client.chats.list.query())[0]?.title).toBe('Rain');
});

test('the drawer shows scene, place, activities, edges and how much is remembered', async () => {
  const { chatId, botId, personaId } = await beginChat(client, { continuity: 'own' });
  await house.app.services.story.idle();
  const drawer = await client.chats.drawer.query({ chatId });
  expect(drawer.scene).toMatchObject({ participants: [personaId, botId], closed: false });
  expect(drawer.container?.name.toLowerCase()).toContain('harbour');
  expect(drawer.activities.map((row) => row.entityId).toSorted()).toEqual([personaId, botId].toSorted());
  expect(drawer.edges).toHaveLength(2);
  expect(drawer.memoryCounts).toEqual({ [botId]: 1 });
});

test('a page of the transcript is read by depth', async () => {
  const { chatId, head } = await beginChat(client);
  const page = await client.transcript.page.query({ chatId, from: 1, to: 5 });
  expect(page).toMatchObject({ head, headDepth: 1 });
  expect(page.turns.map((turn) => turn.depth)).toEqual([1]);
  expect(await refusal(client.transcript.page.query({ chatId, from: 0, to: 500 }))).toMatchObject({ code: 'invalid', fields: ['to'] });
  expect(await refusal(client.transcript.page.query({ chatId: 'nowhere', from: 0, to: 5 }))).toMatchObject({ code: 'not_found' });
});

test('LV-4 a tab that goes is forgotten', async () => {
  const { live } = house.app.services;
  const { chatId } = await beginChat(client);
  const before = live.subscribers;
  const tab = house.tab();
  const ear = new Ear(tab.client, chatId);
  await ear.ready();
  expect(live.subscribers).toBe(before + 1);
  ear.close();
  await expect.poll(() => live.subscribers).toBe(before);
  const again = new Ear(tab.client, chatId);
  await again.ready();
  await tab.close();
  await expect.poll(() => live.subscribers).toBe(before);
});
