import { inTurn } from '@offstage/domain';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Ear, beginChat, commandId, openHouse, refusal, sayIn } from './harness.ts';
import type { Client, House } from './harness.ts';
import { scriptedModel } from './scripted.ts';
import type { ScriptedModel } from './scripted.ts';

let model: ScriptedModel;
let house: House;
let client: Client;
/** Words that the model says now, and while it is set, what its answers wait for. */
let words = 'Nothing';
let held: Promise<void> | undefined;
/** While it is set, what the model says of turns and scenes waits for it. */
let booksHeld: Promise<void> | undefined;

beforeAll(async () => {
  model = await scriptedModel(async (asked) => {
    await held;
    if (asked.schema !== null) await booksHeld;
    if (asked.schema === 'scene_summary') return { summary: `${words} account.`, quotes: [], feelings: [] };
    if (asked.schema === 'passes') {
      return {
        memories: { told: [] }, significance: { score: 3 }, scene: { ended: false, how: 'no', place: null },
        edges: { moves: ['Mara', 'Jon'].map((from) => ({ from, to: 'Ava', affinity: 2, trust: 1, facts: [`${words} fact.`] })) },
        activity: { minutes: 7, weather: words, people: [] },
      };
    }
    return `*A nod.* "${words} answer."`;
  });
  house = await openHouse({ model: { url: model.url, narrative: 'narrator', classifier: 'keeper' } });
  client = house.tab().client;
});
afterAll(async () => {
  await house.close();
  await model.close();
});

const say = (chat: { chatId: string; head: string }, text: string) => sayIn(house, client, chat, text);

const settled = () => house.app.services.calls.settled();

function marks(mark: string): number {
  return ['offstage.db', 'offstage.db-wal'].reduce((found, name) => {
    const file = join(house.folder, name);
    return existsSync(file) ? found + readFileSync(file).toString('latin1').toLowerCase().split(mark.toLowerCase()).length - 1 : found;
  }, 0);
}

describe('TL-12 deleting a chat for good', () => {
  test('says what goes, wants its title typed, leaves no trace in the file, and every page starts over', async () => {
    const stays = await beginChat(client);
    const goes = await beginChat(client, { botId: stays.botId, personaId: stays.personaId });
    await client.chats.rename.mutate({ commandId: commandId(), chatId: goes.chatId, title: 'Quagmirehill' });
    words = 'Quagmirehill';
    await say(goes, 'Quagmirehill it is.');
    words = 'Else';
    await say(stays, 'Something else.');
    await settled();
    expect(marks('Quagmirehill')).toBeGreaterThan(5);
    const target = { what: 'chat', chatId: goes.chatId } as const;
    expect(await client.purge.preview.query({ target })).toMatchObject({ name: 'Quagmirehill', turns: 4, memories: 2, chats: ['Quagmirehill'], elsewhere: [] });
    expect(await refusal(client.purge.run.mutate({ commandId: commandId(), target, name: 'Quag' }))).toMatchObject({ code: 'invalid', fields: ['name'] });

    const [here, list] = [new Ear(client, stays.chatId), new Ear(client, null)];
    await Promise.all([here.ready(), list.ready()]);
    const id = commandId();
    const answer = await client.purge.run.mutate({ commandId: id, target, name: ' quagmirehill ' });
    expect(answer).toMatchObject({ turns: 4, chats: 1, traceless: true });
    await here.until((frames) => frames.some(({ type }) => type === 'reset'), 'the word to read anew');
    await list.until((frames) => frames.some(({ type }) => type === 'reset'), 'the word to read anew');
    expect(marks('Quagmirehill')).toBe(0);
    expect(await client.purge.run.mutate({ commandId: id, target, name: 'quagmirehill' })).toMatchObject({ turns: 4, chats: 1 });
    expect(await refusal(client.chats.open.query({ chatId: goes.chatId }))).toMatchObject({ code: 'not_found' });
    expect((await client.chats.list.query()).map(({ chatId }) => chatId)).toEqual([stays.chatId]);
    await say(stays, 'And on.');
    await here.whole(stays.head);
    expect(here.lastEventId?.split('.')[0]).toBe(house.app.services.store.epoch);
    here.close();
    list.close();
    await settled();
    expect(marks('Quagmirehill')).toBe(0);
  });

  test('while a reply is written in it stops the reply; what comes late is not kept', async () => {
    const chat = await beginChat(client, { continuity: 'own' });
    words = 'Latecomer';
    const gate = Promise.withResolvers<void>();
    held = gate.promise;
    await client.turns.send.mutate({ commandId: commandId(), chatId: chat.chatId, head: chat.head, text: 'Latecomer?' });
    const { name } = await client.purge.preview.query({ target: { what: 'chat', chatId: chat.chatId } });
    await client.purge.run.mutate({ commandId: commandId(), target: { what: 'chat', chatId: chat.chatId }, name });
    gate.resolve();
    held = undefined;
    await house.app.services.story.idle();
    await settled();
    expect(marks('Latecomer')).toBe(0);
    expect(await house.app.services.store.read.rows('owed', {})).toEqual([]);
  });

  test('of no chat is refused', async () => {
    expect(await refusal(client.purge.preview.query({ target: { what: 'chat', chatId: 'nowhere' } }))).toMatchObject({ code: 'not_found' });
    expect(await refusal(client.purge.run.mutate({ commandId: commandId(), target: { what: 'chat', chatId: 'nowhere' }, name: '' }))).toMatchObject({ code: 'not_found' });
  });
});

describe('TL-12 deleting branches for good', () => {
  test('takes one branch, or all that the path does not use, and nothing of the path', async () => {
    const chat = await beginChat(client, { continuity: 'own' });
    const start = chat.head;
    words = 'Stays';
    await say(chat, 'Stays.');
    const tip = chat.head;
    const move = async (to: string): Promise<void> => {
      chat.head = (await client.timeline.move.mutate({ commandId: commandId(), chatId: chat.chatId, to, reason: 'branch' })).to;
    };
    await move(start);
    words = 'Leftpath';
    await say(chat, 'Leftpath.');
    const left = chat.head;
    await client.timeline.name.mutate({ commandId: commandId(), chatId: chat.chatId, tipId: left, name: 'Leftpath' });
    await move(start);
    words = 'Rightpath';
    await say(chat, 'Rightpath.');
    await move(tip);
    const before = await client.chats.drawer.query({ chatId: chat.chatId });
    await settled();

    const one = { what: 'branches', chatId: chat.chatId, tipId: left } as const;
    expect(await client.purge.preview.query({ target: one })).toMatchObject({ name: 'Leftpath', turns: 2 });
    await client.purge.run.mutate({ commandId: commandId(), target: one, name: 'Leftpath' });
    expect(marks('Leftpath')).toBe(0);
    expect(marks('Rightpath')).toBeGreaterThan(0);
    const all = { what: 'branches', chatId: chat.chatId, tipId: null } as const;
    const { name, turns } = await client.purge.preview.query({ target: all });
    expect(turns).toBe(2);
    await client.purge.run.mutate({ commandId: commandId(), target: all, name });
    expect(marks('Rightpath')).toBe(0);
    expect(await client.chats.drawer.query({ chatId: chat.chatId })).toEqual(before);
    expect((await client.timeline.tree.query({ chatId: chat.chatId })).turns.map(({ onPath }) => onPath)).toEqual([true, true, true, true]);
    expect(await refusal(client.purge.preview.query({ target: all }))).toMatchObject({ code: 'already_done' });
    expect(await refusal(client.purge.preview.query({ target: { ...one, tipId: tip } }))).toMatchObject({ code: 'invalid' });
    await say(chat, 'And on.');
  });
});

describe('TL-12 deleting a bot for good', () => {
  test('takes its chats; where it was a guest its name stays with what it said', async () => {
    const host = await beginChat(client, { continuity: 'own', persona: 'Keeps the light.' });
    const { botId } = await client.bots.author.mutate({ commandId: commandId(), identity: { name: 'Jon', persona: 'Wickerwork.', kickoff: 'Jon mends baskets.' } });
    const own = await beginChat(client, { botId, personaId: host.personaId });
    await say(own, 'Hello.');
    await client.guests.set.mutate({ commandId: commandId(), chatId: host.chatId, botId });
    words = 'Guestword';
    await say(host, '@Jon, what do you say?');
    await settled();
    expect(marks('Wickerwork')).toBeGreaterThan(0);
    const target = { what: 'bot', botId, together: false } as const;
    expect(await client.purge.preview.query({ target })).toMatchObject({ name: 'Jon', chats: [expect.any(String)], elsewhere: [expect.any(String)] });
    await client.purge.run.mutate({ commandId: commandId(), target, name: 'Jon' });
    expect(marks('Wickerwork')).toBe(0);
    expect(marks('Guestword')).toBeGreaterThan(0);
    expect((await client.bots.list.query()).map((bot) => bot.botId)).not.toContain(botId);
    const { head } = await client.chats.open.query({ chatId: host.chatId });
    expect(await house.app.services.store.read.row('turns', head)).toMatchObject({ speakerId: botId });
    expect(await house.app.services.story.people.bot(botId)).toMatchObject({ name: 'Jon', persona: '' });
    expect(await house.app.services.store.read.row('stages', host.chatId)).toMatchObject({ guestId: null });
    await say(host, 'And on.');
  });

  test('ED-4 an edit of which a part went with it is undone as far as it is left', async () => {
    const host = await beginChat(client, { continuity: 'own' });
    const { botId } = await client.bots.author.mutate({ commandId: commandId(), identity: { name: 'Jon', kickoff: 'Jon mends baskets.' } });
    const { chatId } = host;
    await client.guests.set.mutate({ commandId: commandId(), chatId, botId });
    const props = { gains: [{ who: 'Mara', thing: 'a brass key' }], learns: [{ who: 'Jon', about: 'Ava', fact: 'Ava can swim.' }] };
    const plan = { kind: 'meeting', title: 'Swim', props, plannedFor: null, knownTo: [host.botId] };
    await client.plot.plan.mutate({ commandId: commandId(), chatId, plan });
    const things = () => house.app.services.store.read.rows('inventory', { chatId, lost: false });
    const storyEventId = (await house.app.services.store.read.rows('storyEvents', { chatId }))[0]?.storyEventId ?? '';
    const { commandId: of } = await client.plot.stepPlan.mutate({ commandId: commandId(), chatId, storyEventId, step: 'complete' });
    expect(await things()).toHaveLength(1);
    await client.purge.run.mutate({ commandId: commandId(), target: { what: 'bot', botId, together: false }, name: 'Jon' });
    expect(await client.edits.undo.mutate({ commandId: commandId(), chatId, of })).toMatchObject({ changed: true });
    expect(await things()).toEqual([]);
    expect(await house.app.services.store.read.row('storyEvents', storyEventId)).toMatchObject({ status: 'planned' });
  });

  test.each([
    ['a reply', 0],
    ['a scene', 1],
  ])('TL-13 what comes late of %s makes a guest that is gone remember nothing', async (_, closed) => {
    const host = await beginChat(client, { continuity: 'own' });
    const { botId } = await client.bots.author.mutate({ commandId: commandId(), identity: { name: 'Jon', kickoff: 'Jon mends baskets.' } });
    await client.guests.set.mutate({ commandId: commandId(), chatId: host.chatId, botId });
    if (closed === 1) await say(host, 'Hello.');
    const gate = Promise.withResolvers<void>();
    booksHeld = gate.promise;
    const asked = model.asked.length;
    if (closed === 1) await client.scenes.close.mutate({ commandId: commandId(), chatId: host.chatId });
    else await client.turns.send.mutate({ commandId: commandId(), chatId: host.chatId, head: host.head, text: '@Mara, hello.' });
    await house.app.services.story.writer.idle();
    await vi.waitFor(() => expect(model.asked.slice(asked).some(({ schema }) => schema !== null)).toBe(true));
    await client.purge.run.mutate({ commandId: commandId(), target: { what: 'bot', botId, together: false }, name: 'Jon' });
    gate.resolve();
    booksHeld = undefined;
    await house.app.services.story.idle();
    const { read } = house.app.services.store;
    expect(await read.rows('memories', { ownerId: botId })).toEqual([]);
    expect((await read.rows('edges', {})).filter(({ source }) => source === botId)).toEqual([]);
    expect((await read.rows('memories', { ownerId: host.botId })).length).toBeGreaterThan(0);
  });
});

describe('UI-10 a purge says how far it is, and can be stopped', () => {
  test('others are answered meanwhile; stopped before anything has gone, nothing has', async () => {
    const chat = await beginChat(client, { continuity: 'own' });
    const { store } = house.app.services;
    const { depth } = (await store.read.head(chat.chatId)) ?? { depth: 0 };
    const said = { speakerId: chat.personaId, addresseeId: chat.botId, sceneId: null, witnesses: [chat.personaId], clock: null, text: 'On.' };
    const turns = Array.from({ length: 6_000 }, (_, n) => inTurn(chat.chatId, `${chat.chatId}-on${n}`, 'user_turn', { ...said, parentId: n === 0 ? chat.head : `${chat.chatId}-on${n - 1}`, depth: depth + 1 + n }));
    await store.execute({ id: commandId(), actor: 'engine', at: new Date().toISOString() }, () => ({ events: turns, answer: null }));
    const { name } = await client.purge.preview.query({ target: { what: 'chat', chatId: chat.chatId } });
    const target = { what: 'chat' as const, chatId: chat.chatId };

    const first = commandId();
    const given = refusal(client.purge.run.mutate({ commandId: first, target, name }));
    const seen = await watch(first, () => void client.purge.stop.mutate({ of: first }));
    expect(await given).toMatchObject({ code: 'already_done', message: 'You stopped it. Nothing was deleted.' });
    expect(seen.length).toBeGreaterThan(0);
    expect((await client.chats.open.query({ chatId: chat.chatId })).turns.length).toBeGreaterThan(0);

    const second = commandId();
    let over = false;
    const running = client.purge.run.mutate({ commandId: second, target, name }).finally(() => (over = true));
    await watch(second);
    const answers: boolean[] = [];
    while (!over) {
      await client.bots.list.query();
      answers.push(over);
    }
    expect(answers.filter((late) => !late).length).toBeGreaterThan(2);
    expect(await running).toMatchObject({ chats: 1, traceless: true });
    expect(await client.purge.progress.query({ of: second })).toBeNull();
    expect(await client.purge.stop.mutate({ of: second })).toEqual({ stopped: false });
  });

  /** Asks until it has begun. */
  async function watch(id: string, then = (): void => {}): Promise<string[]> {
    for (;;) {
      const step = await client.purge.progress.query({ of: id });
      if (step === null) continue;
      then();
      return [step.at];
    }
  }
});
