import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { beginChat, commandId, Ear, openHouse, refusal } from './harness.ts';
import type { Client, House } from './harness.ts';
import { scriptedModel } from './scripted.ts';
import type { Asked, ScriptedModel } from './scripted.ts';

let model: ScriptedModel;
let house: House;
let client: Client;
let chat: { chatId: string; botId: string; personaId: string; head: string };
let jon: string;
/** How the passes answer the part that a test is about. */
let learned: (asked: Asked) => object = () => ({});
let narrated = 0;

beforeEach(async () => {
  narrated = 0;
  learned = () => ({});
  model = await scriptedModel((asked) => {
    if (asked.schema === 'kickoff') return {};
    if (asked.schema === null) return `*Thinks.* "Words ${++narrated}."`;
    if (asked.schema === 'scene_summary') return { summary: `I was alone with the other. account-${readerOf(asked)}`, quotes: [], feelings: [] };
    if (asked.schema === 'digest') return { digest: 'They spoke of the lamp. digest-one' };
    return { ...QUIET, ...learned(asked) };
  });
  house = await openHouse({ model: { url: model.url, narrative: 'narrator', classifier: 'keeper' } });
  ({ client } = house.tab());
  chat = await beginChat(client);
  jon = (await client.bots.author.mutate({ commandId: commandId(), identity: { name: 'Jon', persona: 'Keeps the mill.' } })).botId;
});
afterEach(async () => {
  await house.close();
  await model.close();
});

const QUIET = {
  memories: { told: [] },
  significance: { score: 1 },
  edges: { moves: [] },
  activity: { minutes: 2, weather: null, people: [] },
  scene: { ended: false, how: 'no', place: null },
};

const readerOf = ({ messages }: Asked): string => /^You are (\w+)[.,]/m.exec(messages[0]?.content ?? '')?.[1] ?? '';
const narration = (): Asked[] => model.asked.filter(({ schema }) => schema === null);
const whole = (asked: Asked | undefined): string => (asked?.messages ?? []).map(({ content }) => content).join('\n\n');
const idle = (): Promise<void> => house.app.services.story.idle();
const guest = (botId: string | null) => client.guests.set.mutate({ commandId: commandId(), chatId: chat.chatId, botId });
const read = () => house.app.services.store.read;

async function begin(wanted: { turns?: number; nudge?: string; place?: string; mode?: 'alternate' | 'initiative' } = {}): Promise<string> {
  const { sceneId } = await client.meanwhile.begin.mutate({ commandId: commandId(), chatId: chat.chatId, ...wanted });
  return sceneId;
}

async function say(text: string, head?: string): Promise<string> {
  const at = head ?? (await client.chats.open.query({ chatId: chat.chatId })).head;
  const { replyTurnId } = await client.turns.send.mutate({ commandId: commandId(), chatId: chat.chatId, head: at, text });
  return replyTurnId;
}

async function turns() {
  const { headDepth } = await client.chats.open.query({ chatId: chat.chatId });
  return read().path(chat.chatId, 0, headDepth + 1);
}
const asidesOf = async (sceneId: string) => (await turns()).filter((turn) => turn.sceneId === sceneId);

describe('MW-1 host and guest by themselves', () => {
  test('MW-1 they speak in turns, to each other, as many as were asked for; then it ends and the scene of yours is open still', async () => {
    await guest(jon);
    const before = await read().row('stages', chat.chatId);
    const sceneId = await begin({ turns: 3, place: 'The mill', nudge: 'Speak of the lamp.' });
    await idle();
    const played = await asidesOf(sceneId);
    expect(played.map(({ speakerId }) => speakerId)).toEqual([chat.botId, jon, chat.botId]);
    expect(played.every(({ witnesses }) => witnesses.length === 2 && !witnesses.includes(chat.personaId))).toBe(true);
    expect(await read().row('stages', chat.chatId)).toMatchObject({ sceneId: before?.sceneId, meanwhileId: null });
    expect(await read().row('scenes', sceneId)).toMatchObject({ closed: true, meanwhile: true, parentSceneId: before?.sceneId });
    const [first, second] = narration();
    expect(whole(first)).toContain('This time: Speak of the lamp.');
    expect(whole(first)).toContain('Place: The mill');
    expect(whole(first)).toContain('Present: Mara, Jon');
    expect(whole(first)).toContain('Ava is not here');
    expect(whole(second)).not.toContain('This time:');
    expect(second?.messages.at(-1)?.content).toContain('Mara: *Thinks.* "Words 1."');
  });

  test('MW-1 refused without a guest, twice at once, and out of range', async () => {
    expect(await refusal(begin())).toMatchObject({ code: 'invalid', message: expect.stringContaining('Bring in a guest') as string });
    await guest(jon);
    expect(await refusal(begin({ turns: 31 }))).toMatchObject({ fields: ['turns'] });
    expect(await refusal(begin({ turns: 0 }))).toMatchObject({ message: expect.stringContaining('1 to 30') as string });
    model.script = slowly(model);
    await begin({ turns: 2 });
    expect(await refusal(begin())).toBeDefined();
    await idle();
  });

  test('MW-1 it pauses, goes on, is nudged, and ends by hand', async () => {
    await guest(jon);
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const script = model.script;
    model.script = async (asked) => {
      if (asked.schema === null) await held;
      return script(asked);
    };
    const sceneId = await begin({ turns: 5 });
    const steer = (change: object) => client.meanwhile.steer.mutate({ commandId: commandId(), chatId: chat.chatId, ...change });
    await steer({ running: false });
    release();
    await idle();
    expect(await asidesOf(sceneId)).toHaveLength(1);
    expect(await read().row('meanwhiles', sceneId)).toMatchObject({ running: false, left: 4 });
    await steer({ running: true, turns: 30, nudge: 'Now the boat.' });
    const { ended } = await client.meanwhile.end.mutate({ commandId: commandId(), chatId: chat.chatId });
    expect(ended).toBe(true);
    await idle();
    expect(await read().row('meanwhiles', sceneId)).toBeUndefined();
    expect((await asidesOf(sceneId)).length).toBeLessThan(5);
    expect(await client.meanwhile.end.mutate({ commandId: commandId(), chatId: chat.chatId })).toEqual({ ended: false });
  });

  test('MW-1 ED-4 a nudge, and who speaks, are undone while they wait; once a turn has taken the nudge there is nothing to put back', async () => {
    await guest(jon);
    const sceneId = await begin({ turns: 1 });
    await idle();
    const again = await begin({ turns: 9, nudge: 'Speak of the lamp.' });
    const steer = (change: object) => client.meanwhile.steer.mutate({ commandId: commandId(), chatId: chat.chatId, ...change });
    await steer({ running: false });
    await idle();
    const course = async () => (await read().row('meanwhiles', again)) ?? { nudge: '', mode: '', running: true };
    const undo = (of: string) => client.edits.undo.mutate({ commandId: commandId(), chatId: chat.chatId, of });
    await steer({ nudge: 'Of the sea.' });
    const nudged = await steer({ nudge: 'Of the boat.' });
    const moded = await steer({ mode: 'initiative' });
    expect(nudged).toMatchObject({ changed: true });
    await undo(nudged.commandId);
    await undo(moded.commandId);
    expect(await course()).toMatchObject({ nudge: 'Of the sea.', mode: 'alternate', running: false });
    expect(await steer({ nudge: 'Of the sea.' })).toMatchObject({ changed: false });

    const last = await steer({ nudge: 'Of the sky.' });
    await steer({ running: true, turns: 1 });
    await idle();
    expect(await undo(last.commandId)).toMatchObject({ changed: false });
    expect((await asidesOf(sceneId)).length).toBe(1);
  });

  test('MW-1 a message of yours waits for their turn, pauses them, and plays in the scene that you are in', async () => {
    await guest(jon);
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const script = model.script;
    model.script = async (asked) => {
      if (asked.schema === null) await held;
      return script(asked);
    };
    const { head } = await client.chats.open.query({ chatId: chat.chatId });
    const sceneId = await begin({ turns: 6 });
    const ear = new Ear(client, chat.chatId);
    await ear.ready();
    const saying = say('I am back, Mara.', head);
    await ear.until((frames) => frames.some((frame) => frame.type === 'commit' && frame.rows.some((row) => row.p === 'meanwhiles' && row.row?.running === false)), 'the pause');
    release();
    const replyId = await saying;
    await idle();
    const all = await turns();
    expect(all.slice(-3).map(({ kind, sceneId: at }) => [kind, at === sceneId])).toEqual([['assistant', true], ['user', false], ['assistant', false]]);
    expect(all.at(-1)).toMatchObject({ turnId: replyId, witnesses: [chat.personaId, chat.botId, jon] });
    expect(await read().row('meanwhiles', sceneId)).toMatchObject({ running: false });
    ear.close();
  });

  test('MW-1 its pass ends it: nobody else opens a scene for that', async () => {
    await guest(jon);
    learned = () => ({ scene: { ended: narrated === 2, how: narrated === 2 ? 'ended' : 'no', place: null } });
    const sceneId = await begin({ turns: 6 });
    await idle();
    expect(await asidesOf(sceneId)).toHaveLength(2);
    expect(await read().rows('scenes', { chatId: chat.chatId })).toHaveLength(2);
  });

  test('TN-5 Stop keeps the words and pauses them; let go on, they go on', async () => {
    await guest(jon);
    const script = model.script;
    let hold = true;
    model.script = async (asked) => {
      if (asked.schema === null && hold) await new Promise(() => {});
      return script(asked);
    };
    const sceneId = await begin({ turns: 3 });
    const ear = new Ear(client, chat.chatId);
    await ear.ready();
    await ear.until(() => model.asked.some(({ schema }) => schema === null), 'the call') .catch(() => undefined);
    hold = false;
    expect(await client.turns.stop.mutate({ chatId: chat.chatId })).toEqual({ stopped: true });
    await idle();
    expect(await read().row('meanwhiles', sceneId)).toMatchObject({ running: false });
    await client.meanwhile.steer.mutate({ commandId: commandId(), chatId: chat.chatId, running: true });
    await idle();
    const played = await asidesOf(sceneId);
    // Who got no word out has the word still.
    expect(played.map(({ speakerId }) => speakerId)).toEqual([chat.botId, chat.botId, jon]);
    ear.close();
  });

  test('TN-9 a restart in the middle goes on, and doubles no turn', async () => {
    await guest(jon);
    const script = model.script;
    let hold = false;
    let calls = 0;
    model.script = async (asked) => {
      if (asked.schema === null && ++calls === 2) hold = true;
      if (hold) await new Promise(() => {});
      return script(asked);
    };
    const sceneId = await begin({ turns: 4 });
    await expect.poll(() => hold).toBe(true);
    await house.leave();
    hold = false;
    house = await openHouse({ folder: house.folder, model: { url: model.url, narrative: 'narrator', classifier: 'keeper' } });
    ({ client } = house.tab());
    await idle();
    const played = await asidesOf(sceneId);
    expect(played).toHaveLength(4);
    expect(played.map(({ finishReason }) => finishReason)).toEqual(['stop', 'crash', 'stop', 'stop']);
    expect((await read().row('scenes', sceneId))?.closed).toBe(true);
  });

  test('MW-1 a guest who is let go ends it first', async () => {
    await guest(jon);
    learned = () => ({});
    const sceneId = await begin({ turns: 1 });
    await idle();
    const again = await begin({ turns: 30 });
    await client.meanwhile.steer.mutate({ commandId: commandId(), chatId: chat.chatId, running: false });
    await idle();
    await guest(null);
    expect((await read().row('scenes', again))?.closed).toBe(true);
    expect(await read().row('stages', chat.chatId)).toMatchObject({ guestId: null, meanwhileId: null });
    expect(again).not.toBe(sceneId);
  });
});

describe('TL-12 a bot is deleted for good', () => {
  test.each([['the guest', 1], ['the host', 0]] as const)('%s, while the two are by themselves: nothing is left open, and nobody goes on', async (_who, which) => {
    await guest(jon);
    await begin({ turns: 9 });
    await client.meanwhile.steer.mutate({ commandId: commandId(), chatId: chat.chatId, running: false });
    await idle();
    const [botId, name] = which === 1 ? [jon, 'Jon'] : [chat.botId, 'Mara'];
    await client.purge.run.mutate({ commandId: commandId(), target: { what: 'bot', botId, together: false }, name });
    await idle();
    expect(await read().rows('meanwhiles', {})).toEqual([]);
    expect(await read().rows('owed', {})).toEqual([]);
    if (which === 0) {
      expect(await read().row('chats', chat.chatId)).toBeUndefined();
      return;
    }
    expect(await read().row('stages', chat.chatId)).toMatchObject({ guestId: null, meanwhileId: null });
    const before = narration().length;
    await say('Mara, he is gone.');
    await idle();
    expect(narration().slice(before).map(readerOf)).toEqual(['Mara']);
    // What she remembers of it is hers, and he has no account.
    expect((await read().memories(chat.botId, 'shared', { limit: 50 })).some(({ kind }) => kind === 'scene')).toBe(true);
    expect(await read().rows('memories', { ownerId: jon })).toEqual([]);
  });

  test('the guest, while its own words come: they are stopped first', async () => {
    await guest(jon);
    const script = model.script;
    let hold = true;
    model.script = async (asked) => {
      if (asked.schema === null && readerOf(asked) === 'Jon' && hold) await new Promise(() => {});
      return script(asked);
    };
    await begin({ turns: 9 });
    await expect.poll(() => narration().some((asked) => readerOf(asked) === 'Jon')).toBe(true);
    hold = false;
    await client.purge.run.mutate({ commandId: commandId(), target: { what: 'bot', botId: jon, together: false }, name: 'Jon' });
    await idle();
    expect(await read().row('stages', chat.chatId)).toMatchObject({ guestId: null, meanwhileId: null });
    expect(await read().rows('meanwhiles', {})).toEqual([]);
  });
});

describe('MW-2 whoever has something to say', () => {
  test('MW-2 one may go on, or both have done: asked with the rest, in one call', async () => {
    await guest(jon);
    const next = ['Mara', 'Jon', 'nobody'];
    learned = ({ parts }) => (parts.includes('meanwhile') ? { meanwhile: { next: next.shift() ?? 'nobody', reason: '' } } : {});
    const sceneId = await begin({ turns: 9, mode: 'initiative' });
    await idle();
    expect((await asidesOf(sceneId)).map(({ speakerId }) => speakerId)).toEqual([chat.botId, chat.botId, jon]);
    expect((await read().row('scenes', sceneId))?.closed).toBe(true);
    expect(model.asked.filter(({ schema }) => schema === 'passes')).toHaveLength(3);
  });
});

describe('MW-3 you are left out', () => {
  test('MW-3 only their two edges move, what they learn is theirs, and no prompt of yours holds a word of it', async () => {
    await guest(jon);
    const move = (from: string, to: string): object => ({ from, to, affinity: 3, trust: 1, facts: [] });
    learned = () => ({ edges: { moves: [move('Mara', 'Jon'), move('Mara', 'Ava'), move('Jon', 'Ava')] }, activity: { minutes: 2, weather: null, people: [{ name: 'Ava', place: null, posture: 'dancing', action: null, holding: null, attention: null }] } });
    const yours = async () => (await read().rows('edges', {})).filter(({ source, target }) => [source, target].includes(chat.personaId));
    const before = await yours();
    await begin({ turns: 2 });
    await idle();
    expect(await yours()).toEqual(before);
    expect((await read().rows('edges', {})).find(({ source, target }) => source === chat.botId && target === jon)).toMatchObject({ affinity: 56, trust: 52 });
    expect((await read().rows('activities', { chatId: chat.chatId })).find(({ entityId }) => entityId === chat.personaId)?.posture).not.toBe('dancing');
    const passes = model.asked.filter(({ schema }) => schema === 'passes');
    expect(passes.every((asked) => !whole(asked).includes('Ava to ') && !whole(asked).includes(' to Ava'))).toBe(true);
    // Another bot who comes later was not there.
    learned = () => ({});
    await guest(null);
    const pia = (await client.bots.author.mutate({ commandId: commandId(), identity: { name: 'Pia', persona: 'New.' } })).botId;
    await guest(pia);
    await say('Pia, hello.');
    await idle();
    expect(readerOf(narration().at(-1) as Asked)).toBe('Pia');
    expect(whole(narration().at(-1))).not.toMatch(/Words [12]\.|digest-one/);
  });

  test('ME-3 what was told is told on, and is worth less with every mouth', async () => {
    const fact = 'The lighthouse lamp was sold to strangers.';
    const tell = (teller: string, hearer: string) => () => ({ memories: { told: [{ teller, hearer, fact }] } });
    learned = tell('Ava', 'Mara');
    await say('Mara, the lighthouse lamp was sold to strangers.');
    await idle();
    await guest(jon);
    learned = tell('Mara', 'Jon');
    await begin({ turns: 1 });
    await idle();
    const { continuityId } = (await client.chats.open.query({ chatId: chat.chatId })).chat;
    const told = async (owner: string) => (await read().memories(owner, continuityId, { limit: 50 })).find(({ kind }) => kind === 'told');
    expect(await told(chat.botId)).toMatchObject({ source: `told_by:${chat.personaId}`, reliability: 0.8 });
    expect(await told(jon)).toMatchObject({ source: `told_by:${chat.botId}`, witnesses: [chat.botId, jon] });
    expect((await told(jon))?.reliability).toBeCloseTo(0.64);
  });
});

describe('MW-4 what you are told', () => {
  test('MW-4 both remember it, you are told once, and a rewind gives it back', async () => {
    await guest(jon);
    const sceneId = await begin({ turns: 2 });
    await idle();
    for (const owner of [chat.botId, jon]) {
      expect((await read().memoriesOfScene(owner, sceneId)).some(({ kind, text }) => kind === 'scene' && text.includes('account-'))).toBe(true);
    }
    const digest = async () => (await read().rows('digests', { chatId: chat.chatId }))[0];
    expect(await digest()).toMatchObject({ text: 'They spoke of the lamp. digest-one', knownTo: [chat.botId, jon], consumed: false });
    const replyId = await say('I am back, Mara.');
    await idle();
    expect(whole(narration().at(-1))).toContain('# Meanwhile, while Ava was away\nThey spoke of the lamp. digest-one');
    expect(whole(narration().at(-1))).toContain('[Meanwhile, without Ava:]');
    expect(narration().at(-1)?.messages.at(-1)?.content).toContain('[With Ava again:]\nAva: I am back, Mara.');
    expect((await digest())?.consumed).toBe(true);
    await say('And now?');
    await idle();
    expect(whole(narration().at(-1))).not.toContain('digest-one');
    const reply = (await turns()).find(({ turnId }) => turnId === replyId);
    await client.timeline.move.mutate({ commandId: commandId(), chatId: chat.chatId, to: reply?.parentId ?? '', reason: 'rewind' });
    expect((await digest())?.consumed).toBe(false);
  });

  test('SC-9 with the model down plain words stand in, and the real ones stay owed', async () => {
    await guest(jon);
    const script = model.script;
    model.script = (asked) => {
      if (asked.schema === 'digest' || asked.schema === 'scene_summary') throw new Error('down');
      return script(asked);
    };
    const sceneId = await begin({ turns: 1 });
    await idle();
    expect((await read().rows('digests', { chatId: chat.chatId }))[0]?.text).toContain('Mara and Jon were by themselves for a while');
    expect(await read().row('owed', `summaries/${sceneId}`)).toBeDefined();
  });

  test('TL-5 whoever goes back into it finds it paused, and another try counts once', async () => {
    await guest(jon);
    const sceneId = await begin({ turns: 3 });
    await idle();
    const [first, second] = await asidesOf(sceneId);
    await client.timeline.move.mutate({ commandId: commandId(), chatId: chat.chatId, to: second?.turnId ?? '', reason: 'rewind' });
    await idle();
    expect(await asidesOf(sceneId)).toHaveLength(2);
    expect(await read().row('stages', chat.chatId)).toMatchObject({ meanwhileId: sceneId });
    expect(await read().rows('digests', { chatId: chat.chatId })).toEqual([]);
    await client.turns.regenerate.mutate({ commandId: commandId(), chatId: chat.chatId, head: second?.turnId ?? '', nudge: 'Softer.' });
    await idle();
    expect(whole(narration().at(-2))).toContain('This time: Softer.');
    expect((await asidesOf(sceneId)).map(({ speakerId }) => speakerId)).toEqual([chat.botId, jon, chat.botId]);
    expect((await read().row('scenes', sceneId))?.closed).toBe(true);
    await client.timeline.move.mutate({ commandId: commandId(), chatId: chat.chatId, to: first?.parentId ?? '', reason: 'rewind' });
    await idle();
    expect((await turns()).some(({ sceneId: at }) => at === sceneId)).toBe(false);
  });

  test('TN-2 /meanwhile begins it, with a number and a nudge', async () => {
    await guest(jon);
    const { head } = await client.chats.open.query({ chatId: chat.chatId });
    await client.turns.send.mutate({ commandId: commandId(), chatId: chat.chatId, head, text: '/meanwhile 2 they speak of the boat' });
    await idle();
    expect(narration()).toHaveLength(2);
    expect(whole(narration()[0])).toContain('This time: they speak of the boat');
    const at = (await client.chats.open.query({ chatId: chat.chatId })).head;
    expect(await refusal(client.turns.send.mutate({ commandId: commandId(), chatId: chat.chatId, head: at, text: '/meanwhile 31' }))).toMatchObject({ message: expect.stringContaining('1 to 30') as string });
  });
});

function slowly({ script }: ScriptedModel): ScriptedModel['script'] {
  return async (asked) => {
    await new Promise((resolve) => setImmediate(resolve));
    return script(asked);
  };
}
