import { expect, test } from 'vitest';
import type { NewEvent } from '../../src/catalogue.ts';
import { inTurn } from '../../src/catalogue.ts';
import { renameChat } from '../../src/commands/chat.ts';
import { rememberTurn, settlePasses } from '../../src/commands/memories.ts';
import type { ReplyEnd } from '../../src/commands/reply.ts';
import { endReply, regenerate } from '../../src/commands/reply.ts';
import { sendMessage } from '../../src/commands/send.ts';
import { given } from '../support/given.ts';
import { draft, opening, people, standing } from '../support/harbour.ts';

const base = [...people, ...opening()];
const names = new Map([['ava', 'Ava'], ['mara', 'Mara'], ['ines', 'Ines']]);

function played(text: string, end: Partial<ReplyEnd> = {}): NewEvent[] {
  const sent = sendMessage(standing(base), { head: 't1', text, speakerId: 'mara', model: 'm', userTurnId: 't2', replyTurnId: 't3' });
  const started = [...base, ...sent];
  const whole = { text: 'Well.', truncated: false, finishReason: 'stop' as const, usage: null, problem: null, ...end };
  return [...started, ...endReply(standing(started).head, whole)];
}

function remembered(events: readonly NewEvent[], owners: readonly string[]): NewEvent[] {
  const world = given(events);
  const reply = world.row('turns', 't3')!;
  const memories = rememberTurn({
    reply,
    message: world.row('turns', 't2'),
    continuityId: 'shared',
    owners: owners.map((botId) => ({ botId, memoryId: `m-${botId}` })),
    names,
  });
  return [...memories, settlePasses(reply)];
}

test('TN-5 a reply that ended cannot end again', () => {
  const events = played('Hello.');
  expect(() => endReply(standing(events).head, { text: '', truncated: true, finishReason: 'crash', usage: null, problem: null })).toThrow(
    expect.objectContaining({ code: 'already_done' }),
  );
  expect(() => endReply(undefined, { text: '', truncated: true, finishReason: 'crash', usage: null, problem: null })).toThrow(
    expect.objectContaining({ code: 'not_found' }),
  );
});

/** Tries a reply again, as the person sees the chat. */
function again(events: readonly NewEvent[], turnId: string, change: Partial<Parameters<typeof regenerate>[0]> = {}): NewEvent[] {
  const world = given(events);
  const reply = world.row('turns', turnId);
  return regenerate({
    state: standing(events),
    expectedHead: turnId,
    reply,
    message: world.row('turns', reply?.parentId ?? ''),
    text: undefined,
    nudge: undefined,
    model: 'n',
    userTurnId: 'u4',
    replyTurnId: 't4',
    hung: [],
    ...change,
  });
}

test('TL-6 other words make a message of their own beside the old one, with a reply under it', () => {
  const events = played('Hello.');
  const world = given([...events, ...again(events, 't3', { text: 'Good day.', nudge: 'Be brief.' })]);
  expect(world.row('turns', 'u4')).toMatchObject({ kind: 'user', text: 'Good day.', parentId: 't1', depth: 2, speakerId: 'ava' });
  expect(world.row('turns', 't4')).toMatchObject({ parentId: 'u4', depth: 3, status: 'streaming' });
  expect(world.row('turns', 't2')?.text).toBe('Hello.');
  expect(world.row('chats', 'c1')?.head).toBe('t4');
});

test('TL-6 what a hand corrected at the old reply is carried to the new one, and only that', () => {
  const events = played('Hello.');
  const hung = [
    inTurn('c1', 't3', 'weather_set', { weather: 'Snow' }),
    inTurn('c1', 't3', 'clock_advanced', { minutes: 5 }),
    inTurn('c1', 't3', 'activity_set', { entityId: 'mara', changes: { posture: 'kneeling' } }),
  ].map((event, n) => ({ ...event, actor: n === 1 ? 'engine' : 'person' }) as never);
  const world = given([...events, ...again(events, 't3', { hung })]);
  expect(world.row('stages', 'c1')).toMatchObject({ weather: 'Snow', clock: draft.clock });
  expect(world.row('activities', 'c1/mara')?.posture).toBe('kneeling');
});

test('TL-6 trying again puts a new reply beside the old one, which stays', () => {
  const events = played('Hello.');
  const world = given([...events, ...again(events, 't3')]);
  expect(world.row('chats', 'c1')?.head).toBe('t4');
  expect(world.row('turns', 't4')).toMatchObject({ parentId: 't2', depth: 3, speakerId: 'mara', witnesses: ['ava', 'mara'], status: 'streaming' });
  expect(world.row('turns', 't3')?.text).toBe('Well.');
});

test('TL-4 what the replaced reply left in memory goes with it', () => {
  const events = played('Hello.');
  const after = [...events, ...remembered(events, ['mara'])];
  expect(given(after).rows('memories')).toHaveLength(1);
  const tried = [...after, ...again(after, 't3')];
  expect(given(tried).rows('memories')).toHaveLength(0);
});

test('TL-14 trying again is refused where the head has moved, streams, or is no reply', () => {
  const events = played('Hello.');
  expect(() => again(events, 't3', { expectedHead: 't1' })).toThrow(expect.objectContaining({ code: 'stale_head' }));
  const streaming = [...events, ...again(events, 't3')];
  expect(() => again(streaming, 't4', { replyTurnId: 't5' })).toThrow(expect.objectContaining({ code: 'busy' }));
  const quiet = [...people, ...opening({ draft: { ...draft, greeting: null } })];
  expect(() => again(quiet, 't0')).toThrow(expect.objectContaining({ code: 'invalid' }));
});

test('ME-1 each bot present remembers both sides from its own point of view, a silent one too', () => {
  const events = played('Hello. ((brb))');
  const written = remembered(events, ['mara', 'ines']);
  const world = given([...events, ...written]);
  expect(world.row('memories', 'm-mara')?.text).toBe('Ava said to me: Hello.\nI said to Ava: Well.');
  expect(world.row('memories', 'm-ines')?.text).toBe('Ava said to Mara: Hello.\nMara said to Ava: Well.');
  expect(world.row('memories', 'm-mara')).toMatchObject({ ownerId: 'mara', continuityId: 'shared', turnId: 't3', witnesses: ['ava', 'mara'], kind: 'turn' });
});

test('TN-9 what was owed is settled in the same go', () => {
  const events = played('Hello.');
  const owedTo = (list: readonly NewEvent[]): string[] => given(list).rows('owed').map((row) => row.turnId);
  expect(owedTo(events)).toContain('t3');
  expect(owedTo([...events, ...remembered(events, ['mara'])])).not.toContain('t3');
});

test('ME-1 a reply without a word leaves no memory and owes nothing more', () => {
  const events = played('Hello.', { text: '', truncated: true, finishReason: 'lost', problem: 'Nothing came.' });
  expect(remembered(events, ['mara']).map((event) => event.kind)).toEqual(['passes_settled']);
});

test('a chat is renamed once', () => {
  const { chat } = standing(base);
  expect(renameChat(chat, 'Rain').map((event) => event.kind)).toEqual(['chat_titled']);
  expect(renameChat(chat, 'The harbour')).toEqual([]);
  expect(() => renameChat(undefined, 'x')).toThrow(expect.objectContaining({ code: 'not_found' }));
});

test('ME-1 TN-9 an exchange longer than a memory may be is remembered as far as it fits', () => {
  const [memory] = remembered(played('Hello.', { text: 'long '.repeat(30_000) }), ['mara']);
  expect(memory).toMatchObject({ kind: 'memory_written', payload: { text: expect.stringMatching(/^Ava said/) } });
  expect((memory as NewEvent<'memory_written'>).payload.text).toHaveLength(100_000);
});

test('ME-6 what the engine itself wrote of a skip is in no memory; what a model told of it is', () => {
  const world = given(played('We wait for the ferry.'));
  const told = (finishReason: 'written' | 'stop') =>
    rememberTurn({
      reply: { ...world.row('turns', 't3')!, kind: 'skip', speakerId: null, finishReason, text: 'An hour went by on the quay.' },
      message: world.row('turns', 't2'),
      continuityId: 'shared',
      owners: [{ botId: 'mara', memoryId: 'm' }],
      names,
    }).map(({ payload }) => ('text' in payload ? payload.text : ''));
  expect(told('written')).toEqual([expect.not.stringContaining('An hour went by')]);
  expect(told('written')).toEqual([expect.stringContaining('We wait for the ferry.')]);
  expect(told('stop')).toEqual([expect.stringContaining('An hour went by on the quay.')]);
});
