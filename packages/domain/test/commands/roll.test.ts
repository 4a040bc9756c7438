import { expect, test } from 'vitest';
import { readDice, rollDice } from '../../src/commands/roll.ts';
import { opening, people, standing } from '../support/harbour.ts';

const state = standing([...people, ...opening()]);
const textOf = (words: string, dice: readonly number[]): string => {
  const [event] = rollDice(state, { head: 't1', wanted: readDice(words), dice, turnId: 'r' });
  return event?.kind === 'dice_rolled' ? event.payload.text : '';
};

test('TN-2 a roll is a turn of yours that says what fell', () => {
  expect(textOf('2d6+3 to climb', [4, 2])).toBe('*rolls 2d6+3 to climb: 4 + 2 + 3 = 9*');
  expect(textOf('d20', [17])).toBe('*rolls d20: 17*');
  expect(textOf('3D8 - 2', [1, 2, 3])).toBe('*rolls 3d8-2: 1 + 2 + 3 - 2 = 4*');
  expect(textOf('d%', [77])).toBe('*rolls d100: 77*');
  expect(rollDice(state, { head: 't1', wanted: readDice('d6'), dice: [5], turnId: 'r' })).toMatchObject([
    { kind: 'dice_rolled', turnId: 'r', payload: { parentId: 't1', depth: 2, speakerId: 'ava', witnesses: ['ava', 'mara'], dice: [5], sides: 6 } },
  ]);
});

test.each(['', 'two dice', '0d6', '101d6', 'd1', 'd1001', '2d6+99999', '2d6++1', 'd'])('TN-2 %j is no roll', (words) => {
  expect(() => readDice(words)).toThrow();
});
