import { expect, test } from 'vitest';
import { inTurn } from '../../src/catalogue.ts';
import { endReply } from '../../src/commands/reply.ts';
import { sendMessage } from '../../src/commands/send.ts';
import type { DomainError } from '../../src/errors.ts';
import { given } from '../support/given.ts';
import { opening, people, standing } from '../support/harbour.ts';

const base = [...people, ...opening()];
const message = { head: 't1', text: 'Hello.', speakerId: 'mara', model: 'm', userTurnId: 't2', replyTurnId: 't3' };

function refusal(run: () => unknown): Pick<DomainError, 'code' | 'fields' | 'message'> {
  try {
    run();
  } catch (error) {
    return error as DomainError;
  }
  throw new Error('It was not refused.');
}

test('TN-4 a send writes your turn and starts the reply, each one deeper', () => {
  const world = given([...base, ...sendMessage(standing(base), message)]);
  expect(world.row('turns', 't2')).toMatchObject({ kind: 'user', depth: 2, parentId: 't1', speakerId: 'ava', addresseeId: 'mara', text: 'Hello.' });
  expect(world.row('turns', 't3')).toMatchObject({ kind: 'assistant', depth: 3, parentId: 't2', status: 'streaming', model: 'm' });
  expect(world.row('chats', 'c1')?.head).toBe('t3');
});

test('ME-1 witnesses are everyone present when the turn starts', () => {
  const world = given([...base, ...sendMessage(standing(base), message)]);
  expect(world.row('turns', 't2')?.witnesses).toEqual(['ava', 'mara']);
  expect(world.row('turns', 't3')?.witnesses).toEqual(['ava', 'mara']);
});

test('TN-4 turns carry the scene and the chat clock', () => {
  const events = sendMessage(standing(base), message);
  expect(events[0]?.payload).toMatchObject({ sceneId: 's1', clock: '2031-05-06T18:00:00.000Z' });
});

test('TL-14 a send against a head that has moved is refused', () => {
  expect(refusal(() => sendMessage(standing(base), { ...message, head: 't0' }))).toMatchObject({ code: 'stale_head', fields: ['head'] });
});

test('TL-14 a send while a reply streams is refused', () => {
  const streaming = [...base, ...sendMessage(standing(base), message)];
  expect(refusal(() => sendMessage(standing(streaming), { ...message, head: 't3' })).code).toBe('busy');
});

test('OP-8 an empty message and one too long are refused and name the field', () => {
  expect(refusal(() => sendMessage(standing(base), { ...message, text: ' \u0000 ' }))).toMatchObject({ code: 'invalid', fields: ['text'] });
  const long = refusal(() => sendMessage(standing(base), { ...message, text: 'x'.repeat(100_000) }));
  expect(long).toMatchObject({ code: 'too_long', fields: ['text'] });
  expect(long.message).toContain('100,000');
});

test('OP-8 control characters are dropped, other scripts pass', () => {
  const events = sendMessage(standing(base), { ...message, text: 'a\u0000b\u001b שלום\r\nعالم' });
  expect(events[0]?.payload).toMatchObject({ text: 'ab שלום\nعالم' });
});

test('a send to a chat that is not there is refused', () => {
  expect(refusal(() => sendMessage(standing(people), message)).code).toBe('not_found');
});

test('ME-1 between scenes everyone of the chat is present', () => {
  const closed = [...base, inTurn('c1', 't1', 'scene_closed', { sceneId: 's1', endedAt: null, significance: 0 })];
  const events = sendMessage(standing(closed), message);
  expect(events[0]?.payload).toMatchObject({ sceneId: null, witnesses: ['ava', 'mara'] });
});

test('TN-4 the whole reply ends the turn and owes its passes', () => {
  const started = [...base, ...sendMessage(standing(base), message)];
  const end = { text: ' Well.\n', truncated: false, finishReason: 'stop' as const, usage: { prompt: 9, completion: 2 }, problem: null };
  const world = given([...started, ...endReply(standing(started).head, end)]);
  expect(world.row('turns', 't3')).toMatchObject({ status: 'whole', text: 'Well.', truncated: false, usage: { prompt: 9, completion: 2 } });
  expect(world.rows('owed').map((row) => row.turnId)).toContain('t3');
});
