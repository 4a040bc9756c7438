import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Ear, beginChat, commandId, openHouse, refusal, sayIn } from './harness.ts';
import type { Client, House } from './harness.ts';
import { scriptedModel } from './scripted.ts';
import type { ScriptedModel } from './scripted.ts';

let model: ScriptedModel;
let house: House;
let client: Client;
let n = 0;
/** While it is set, narration waits for it. */
let held: Promise<void> | undefined;

beforeAll(async () => {
  model = await scriptedModel(async (asked) => {
    n += 1;
    if (asked.schema === 'scene_summary') return { summary: `I remember scene ${n}.`, quotes: [], feelings: [{ to: 'Ava', summary: `Feeling ${n}.` }] };
    if (asked.schema === 'passes') {
      return {
        memories: { told: [] },
        significance: { score: 3 },
        edges: { moves: [{ from: 'Mara', to: 'Ava', affinity: 2, trust: 1, facts: [`Fact ${n}.`] }] },
        activity: { minutes: 7, weather: `Weather ${n}`, people: [{ name: 'Mara', posture: `posture ${n}` }] },
        scene: { ended: n % 3 === 0, how: n % 3 === 0 ? 'left' : 'no', place: n % 3 === 0 ? { name: `Place ${n}`, type: '', description: '' } : null },
      };
    }
    await held;
    return `*A nod.* "Answer ${n}."`;
  });
  house = await openHouse({ model: { url: model.url, narrative: 'narrator', classifier: 'keeper' } });
  client = house.tab().client;
});
afterAll(async () => {
  await house.close();
  await model.close();
});

interface Chat {
  readonly chatId: string;
  readonly botId: string;
  head: string;
}

const begin = async (): Promise<Chat> => beginChat(client, { continuity: 'own' });

const say = (chat: Chat, text: string) => sayIn(house, client, chat, text);

const move = (chat: Chat, to: string, reason: 'rewind' | 'undo' | 'swipe' | 'branch') =>
  client.timeline.move.mutate({ commandId: commandId(), chatId: chat.chatId, to, reason }).then((moved) => {
    chat.head = moved.to;
    return moved;
  });

/** Everything that a page shows beside the transcript, and what the bot remembers. */
async function world(chat: Chat) {
  const drawer = await client.chats.drawer.query({ chatId: chat.chatId });
  const memories = await client.chats.memories.query({ chatId: chat.chatId, ownerId: chat.botId, limit: 100 });
  return { drawer, memories: memories.map(({ memoryId, text, significance, coveredBy }) => ({ memoryId, text, significance, coveredBy })) };
}

/** Does something while a reply is held in mid-stream, and expects that it is then written to its end. */
async function whileWritten(chat: Chat, text: string, meanwhile: (replyTurnId: string) => Promise<void>): Promise<void> {
  const gate = Promise.withResolvers<void>();
  held = gate.promise;
  const ear = new Ear(client, chat.chatId);
  await ear.ready();
  const { replyTurnId } = await client.turns.send.mutate({ commandId: commandId(), chatId: chat.chatId, head: chat.head, text });
  await meanwhile(replyTurnId);
  gate.resolve();
  held = undefined;
  await ear.whole(replyTurnId);
  ear.close();
  expect(ear.turn(replyTurnId)).toMatchObject({ truncated: false });
  await house.app.services.story.idle();
}

describe('TL-5 rewinding', () => {
  test('takes back all that the turns caused, says so before, and the undo brings back just that', async () => {
    const chat = await begin();
    await say(chat, 'One.');
    const then = await world(chat);
    const at = chat.head;
    await say(chat, 'Two.');
    await say(chat, 'Three.');
    await say(chat, 'Four.');
    const now = await world(chat);
    const head = chat.head;

    const undoing = await client.timeline.undoing.query({ chatId: chat.chatId, to: at });
    expect(undoing.counts).toMatchObject({ turns: 6, feelings: 1 });
    expect(undoing.counts.memories).toBeGreaterThanOrEqual(3);
    expect(undoing.lines.map(({ text }) => text)).toContainEqual(expect.stringMatching(/^Mara to Ava: affinity back to \d+, trust back to \d+, \d things no longer known/));
    const scrubbed = await client.timeline.at.query({ chatId: chat.chatId, turnId: at });

    expect(await move(chat, at, 'rewind')).toEqual({ from: head, to: at });
    const back = await world(chat);
    expect(back.memories).toEqual(then.memories);
    expect(back.drawer).toEqual(then.drawer);
    expect({ ...scrubbed, scenes: sorted(scrubbed.scenes), containers: sorted(scrubbed.containers) }).toEqual({ ...then.drawer, scenes: sorted(then.drawer.scenes), containers: sorted(then.drawer.containers) });

    await move(chat, head, 'undo');
    expect(await world(chat)).toEqual(now);
  });

  test.each([
    ['a turn of another chat', async (other: Chat) => other.head, 'not_found'],
    ['no turn at all', async () => 'nowhere', 'not_found'],
  ])('to %s is refused, and nothing moves', async (_, to, code) => {
    const [chat, other] = [await begin(), await begin()];
    expect(await refusal(move(chat, await to(other), 'rewind'))).toMatchObject({ code });
    expect((await client.chats.open.query({ chatId: chat.chatId })).head).toBe(chat.head);
  });

  test('to a turn that is off the path is refused with what to do instead', async () => {
    const chat = await begin();
    const start = chat.head;
    const { replyTurnId } = await say(chat, 'One.');
    await move(chat, start, 'rewind');
    expect(await refusal(move(chat, replyTurnId, 'rewind'))).toMatchObject({ code: 'invalid', message: expect.stringContaining('another branch') });
  });

  test('in mid-stream stops the reply, whose words stay on their own branch', async () => {
    const chat = await begin();
    const start = chat.head;
    const gate = Promise.withResolvers<void>();
    held = gate.promise;
    const sent = await client.turns.send.mutate({ commandId: commandId(), chatId: chat.chatId, head: chat.head, text: 'One.' });
    await move(chat, start, 'rewind');
    gate.resolve();
    held = undefined;
    expect((await client.chats.open.query({ chatId: chat.chatId })).head).toBe(start);
    expect(await house.app.services.store.read.row('turns', sent.replyTurnId)).toMatchObject({ status: 'whole', truncated: true, finishReason: 'aborted' });
    expect(await house.app.services.store.read.rows('owed', {})).toEqual([]);
  });

  test('to the reply that is being written is refused, and it goes on', async () => {
    const chat = await begin();
    await whileWritten(chat, 'One.', async (replyTurnId) => {
      for (const reason of ['rewind', 'branch', 'swipe'] as const) expect(await refusal(move(chat, replyTurnId, reason))).toMatchObject({ code: 'busy', fields: ['to'] });
    });
  });

  test('TL-14 one that comes twice, or is refused, and a reset that comes twice, stop no reply', async () => {
    const chat = await begin();
    const start = chat.head;
    const one = await say(chat, 'One.');
    const twice = { commandId: commandId(), chatId: chat.chatId, to: start, reason: 'rewind' as const };
    const moved = await client.timeline.move.mutate(twice);
    const reset = { commandId: commandId(), botId: chat.botId, name: 'Mara' };
    const answered = await client.bots.reset.mutate(reset);
    chat.head = start;
    await whileWritten(chat, 'Two.', async () => {
      expect(await client.timeline.move.mutate(twice)).toEqual(moved);
      expect(await client.bots.reset.mutate(reset)).toEqual(answered);
      expect(await refusal(move(chat, one.replyTurnId, 'rewind'))).toMatchObject({ code: 'invalid' });
    });
  });

  test('two tabs at once: both are answered, and the chat stands at one of the two', async () => {
    const chat = await begin();
    const start = chat.head;
    const one = await say(chat, 'One.');
    await say(chat, 'Two.');
    const rewind = (tab: Client, to: string) => tab.timeline.move.mutate({ commandId: commandId(), chatId: chat.chatId, to, reason: 'rewind' });
    const results = await Promise.allSettled([rewind(client, start), rewind(house.tab().client, one.replyTurnId)]);
    // The deeper one may come second: then it is off the path, and says so.
    expect(results.some(({ status }) => status === 'fulfilled')).toBe(true);
    const { head } = await client.chats.open.query({ chatId: chat.chatId });
    expect([start, one.replyTurnId]).toContain(head);
    expect(await house.app.services.store.read.head(chat.chatId)).toMatchObject({ turnId: head });
  });

  test('TL-14 a send against the old head is refused kindly', async () => {
    const chat = await begin();
    const start = chat.head;
    const { replyTurnId } = await say(chat, 'One.');
    await move(chat, start, 'rewind');
    const send = client.turns.send.mutate({ commandId: commandId(), chatId: chat.chatId, head: replyTurnId, text: 'Two.' });
    expect(await refusal(send)).toMatchObject({ code: 'stale_head', fields: ['head'] });
  });
});

describe('TL-6 TL-7 alternates', () => {
  test('another reply stands beside the first, and choosing one brings back the state it led to', async () => {
    const chat = await begin();
    const first = await say(chat, 'One.');
    await say(chat, 'And then.');
    const deep = { head: chat.head, world: await world(chat) };
    const ear = new Ear(client, chat.chatId);
    await ear.ready();
    const second = await client.turns.regenerate.mutate({ commandId: commandId(), chatId: chat.chatId, head: chat.head, turnId: first.replyTurnId, nudge: 'Be brief.' });
    await ear.whole(second.replyTurnId);
    chat.head = second.replyTurnId;
    const third = await client.turns.regenerate.mutate({ commandId: commandId(), chatId: chat.chatId, head: chat.head, text: 'One, but otherwise.' });
    await ear.whole(third.replyTurnId);
    chat.head = third.replyTurnId;
    ear.close();
    await house.app.services.story.idle();

    expect(await client.timeline.alternates.query({ chatId: chat.chatId, turnIds: [first.replyTurnId, second.replyTurnId, third.userTurnId ?? ''] })).toEqual({
      [first.replyTurnId]: [first.replyTurnId, second.replyTurnId],
      [second.replyTurnId]: [first.replyTurnId, second.replyTurnId],
      [third.userTurnId ?? '']: [first.userTurnId, third.userTurnId],
    });
    expect(await move(chat, first.replyTurnId, 'swipe')).toMatchObject({ to: deep.head });
    expect(await world(chat)).toEqual(deep.world);
    expect(await move(chat, third.userTurnId ?? '', 'swipe')).toMatchObject({ to: third.replyTurnId });
    expect(await move(chat, first.userTurnId, 'swipe')).toMatchObject({ to: deep.head });
  });
});

describe('TL-9 branches', () => {
  test('are drawn, named, read without going there, and switched to', async () => {
    const chat = await begin();
    const start = chat.head;
    const one = await say(chat, 'The left path.');
    await move(chat, start, 'branch');
    const two = await say(chat, 'The right path.');
    await client.timeline.name.mutate({ commandId: commandId(), chatId: chat.chatId, tipId: one.replyTurnId, name: 'Left' });
    const tree = await client.timeline.tree.query({ chatId: chat.chatId });
    expect(tree).toMatchObject({ head: two.replyTurnId, names: [{ tipId: one.replyTurnId, name: 'Left' }] });
    expect(tree.turns.filter(({ onPath }) => !onPath).map(({ words }) => words)).toEqual(['The left path.', expect.stringContaining('Answer')]);
    const here = () => client.timeline.here.query({ chatId: chat.chatId });
    expect(await here()).toEqual({ name: null, namedAt: null, words: '\u2026right path.' });
    const read = await client.timeline.branch.query({ chatId: chat.chatId, tipId: one.replyTurnId });
    expect(read.map(({ turnId }) => turnId)).toEqual([start, one.userTurnId, one.replyTurnId]);
    await move(chat, one.replyTurnId, 'branch');
    expect(await client.chats.open.query({ chatId: chat.chatId })).toMatchObject({ head: one.replyTurnId, branch: 'Left' });
    expect(await here()).toEqual({ name: 'Left', namedAt: one.replyTurnId, words: '\u2026left path.' });
    // A name given to a branch stays its name while the story goes on there.
    await say(chat, 'And on.');
    expect((await here()).name).toBe('Left');
    const long = client.timeline.name.mutate({ commandId: commandId(), chatId: chat.chatId, tipId: one.replyTurnId, name: 'x'.repeat(10_000) });
    expect((await refusal(long)).fields).toEqual(['name']);
  });
});

describe('TL-8 editing and hiding', () => {
  test('an edited turn is read as edited, a hidden one not at all', async () => {
    const chat = await begin();
    const { userTurnId } = await say(chat, 'I came by the ferry.');
    await client.turns.edit.mutate({ commandId: commandId(), turnId: userTurnId, text: 'I came on foot.' });
    await say(chat, 'So.');
    const prompt = (): string => (model.asked.findLast(({ schema }) => schema === null)?.messages ?? []).map(({ content }) => content).join('\n');
    expect(prompt()).toContain('I came on foot.');
    expect(prompt()).not.toContain('Ava: I came by the ferry.');
    await client.turns.hide.mutate({ commandId: commandId(), turnId: userTurnId, hidden: true });
    await say(chat, 'And so.');
    expect(prompt()).not.toContain('Ava: I came on foot.');
  });
});

describe('TL-10 resetting a bot', () => {
  test('takes its memories and feelings back, its chats to their beginnings, and the undo brings all of it back', async () => {
    const chat = await begin();
    const start = chat.head;
    const then = await world(chat);
    await say(chat, 'One.');
    await say(chat, 'Two.');
    const now = await world(chat);
    const wrong = client.bots.reset.mutate({ commandId: commandId(), botId: chat.botId, name: 'Jon' });
    expect(await refusal(wrong)).toMatchObject({ code: 'invalid', fields: ['name'] });
    const { upTo } = await client.bots.reset.mutate({ commandId: commandId(), botId: chat.botId, name: 'mara' });
    expect((await client.chats.open.query({ chatId: chat.chatId })).head).toBe(start);
    const blank = await world(chat);
    expect(blank.memories).toEqual([]);
    expect(blank.drawer.edges).toEqual(then.drawer.edges);
    await client.bots.undoReset.mutate({ commandId: commandId(), botId: chat.botId, upTo });
    expect(await world(chat)).toEqual(now);
    expect(await refusal(client.bots.undoReset.mutate({ commandId: commandId(), botId: chat.botId, upTo }))).toMatchObject({ code: 'already_done' });
  });
});

function sorted<T extends object>(rows: readonly T[]): T[] {
  return rows.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
}
