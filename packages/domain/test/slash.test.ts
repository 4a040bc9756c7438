import { expect, test } from 'vitest';
import { readSlash, SLASH_COMMANDS, slashesFor, slashForm, slashNamed } from '../src/slash.ts';

test('TN-2 a message that begins with a stroke and a letter is a command, whatever its case', () => {
  expect(readSlash('/OOC  back in\na minute ')).toEqual({ typed: 'OOC', name: 'ooc', rest: 'back in\na minute' });
  expect(readSlash('/close')).toEqual({ typed: 'close', name: 'close', rest: '' });
  expect(readSlash('/constructor x')).toEqual({ typed: 'constructor', name: undefined, rest: 'x' });
});

test.each(['', '/', '/ close', ' /close', '//close', 'and/or', '/5', '/close-up', 'a /close'])('TN-2 %j is no command', (message) => {
  expect(readSlash(message)).toBeUndefined();
});

test('TN-2 while a name is typed the commands that it may become are offered, and none behind it', () => {
  expect(slashesFor('/')).toEqual(SLASH_COMMANDS);
  expect(slashesFor('/OO').map(({ name }) => name)).toEqual(['ooc']);
  expect(slashesFor('/ooc ')).toEqual([]);
  expect(slashesFor('x /o')).toEqual([]);
});

test('TN-2 a command says what it takes', () => {
  const ooc = slashNamed('/ooc so');
  expect(ooc === undefined ? '' : slashForm(ooc)).toBe('/ooc WORDS');
  expect(slashNamed('/nothing')).toBeUndefined();
  for (const { name, help } of SLASH_COMMANDS) expect([name, help]).toEqual([name.toLowerCase(), expect.stringMatching(/^\p{Lu}.*\.$/u)]);
});
