import { describe, expect, test } from 'vitest';
import type { NewEvent } from '../../src/catalogue.ts';
import { editTurn, hideTurn, moveHead, nameBranch } from '../../src/commands/timeline.ts';
import { sendMessage } from '../../src/commands/send.ts';
import { endReply } from '../../src/commands/reply.ts';
import { given } from '../support/given.ts';
import { opening, people, standing } from '../support/harbour.ts';

const before: readonly NewEvent[] = [...people, ...opening()];
const sent = [...before, ...sendMessage(standing(before), { head: 't1', text: 'Hello.', speakerId: 'mara', model: 'm', userTurnId: 't2', replyTurnId: 't3' })];
const end = { text: 'Well.', truncated: false, finishReason: 'stop' as const, usage: null, problem: null };
const played = [...sent, ...endReply(given(sent).row('turns', 't3'), end)];

function move(events: readonly NewEvent[], to: string, change: Partial<Parameters<typeof moveHead>[0]> = {}): NewEvent[] {
  const { chat, head } = standing(events);
  return moveHead({ chat, head, target: given(events).row('turns', to), onPath: true, reason: 'rewind', ...change });
}

describe('TL-3 moving the head', () => {
  test('TL-5 a rewind stands the chat where it was; going back is the same thing the other way', () => {
    const back = [...played, ...move(played, 't1')];
    expect(given(back).row('chats', 'c1')?.head).toBe('t1');
    const undone = [...back, ...move(back, 't3', { reason: 'undo', onPath: false })];
    expect(given(undone).row('chats', 'c1')?.head).toBe('t3');
  });
  test('to where it stands is no move', () => expect(move(played, 't3')).toEqual([]));
  test.each([
    ['a turn of another chat', 'x', {}, 'not_found'],
    ['what is off the path', 't1', { onPath: false }, 'invalid'],
  ] as const)('a rewind to %s is refused', (_, to, change, code) => {
    expect(() => move(played, to, change)).toThrow(expect.objectContaining({ code }));
  });
  test('nothing moves while a reply is written', () => {
    expect(() => move(sent, 't1')).toThrow(expect.objectContaining({ code: 'busy' }));
  });
});

describe('TL-8 editing and hiding', () => {
  test('other words stand in place of what was written, which is kept', () => {
    const row = given([...played, ...editTurn(given(played).row('turns', 't3'), ' So. ')]).row('turns', 't3');
    expect(row).toMatchObject({ text: 'Well.', edited: 'So.' });
  });
  test('the same words are no change; no words are refused', () => {
    expect(editTurn(given(played).row('turns', 't3'), 'Well.')).toEqual([]);
    expect(() => editTurn(given(played).row('turns', 't3'), '  ')).toThrow(expect.objectContaining({ code: 'invalid', fields: ['text'] }));
    expect(() => editTurn(given(played).row('turns', 't3'), 'x'.repeat(64_001))).toThrow(expect.objectContaining({ code: 'too_long' }));
    expect(() => editTurn(given(sent).row('turns', 't3'), 'x')).toThrow(expect.objectContaining({ code: 'busy' }));
    expect(() => editTurn(undefined, 'x')).toThrow(expect.objectContaining({ code: 'not_found' }));
  });
  test('a turn is hidden and shown', () => {
    const hidden = [...played, ...hideTurn(given(played).row('turns', 't2'), true)];
    expect(given(hidden).row('turns', 't2')?.hidden).toBe(true);
    expect(hideTurn(given(hidden).row('turns', 't2'), true)).toEqual([]);
  });
});

test('TL-9 a branch has a name, and loses it', () => {
  const { chat } = standing(played);
  const tip = given(played).row('turns', 't3');
  const named = [...played, ...nameBranch(chat, tip, 'The long way')];
  expect(given(named).row('branches', 'c1/t3')?.name).toBe('The long way');
  expect(given([...named, ...nameBranch(chat, tip, null)]).row('branches', 'c1/t3')).toBeUndefined();
  expect(() => nameBranch(chat, undefined, 'x')).toThrow(expect.objectContaining({ code: 'not_found' }));
});

