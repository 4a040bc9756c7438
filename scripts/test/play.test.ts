import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chooseCharacters, chooseRooms } from '../play/characters.ts';
import { lineFor } from '../play/lines.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offstage-play-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

const people = Array.from({ length: 40 }, (_, n) => ({
  name: `person ${n}`,
  persona: [`I keep the ${n}th lantern of the harbour. The fishermen bring me herring and gossip.`],
  description: 'A keeper of lanterns.',
  char_type: n % 4 === 3 ? 'object' : 'person',
}));

test('characters are chosen from the whole file, the same every time, and never objects', () => {
  const path = write('characters.json', people);
  const chosen = chooseCharacters(path, 5).map(({ name }) => name);
  expect(chosen).toEqual(chooseCharacters(path, 5).map(({ name }) => name));
  expect(new Set(chosen).size).toBe(5);
  const places = chosen.map((name) => people.findIndex((one) => one.name === name));
  expect(places.every((place) => people[place]!.char_type === 'person')).toBe(true);
  expect(Math.max(...places) - Math.min(...places)).toBeGreaterThan(25);
});

test('a file that is no list of characters is refused in words', () => {
  expect(() => chooseCharacters(write('characters.json', { name: 'x' }), 1)).toThrow('does not hold a list');
  expect(() => chooseCharacters(write('characters.json', people), 31)).toThrow('holds 30 characters');
  expect(() => chooseCharacters(join(folder, 'none.json'), 1)).toThrow('could not be read');
});

test('rooms are found beside the characters, and are not needed', () => {
  const path = write('characters.json', people);
  expect(chooseRooms(undefined, path, 5)).toEqual([]);
  write('rooms.json', [{ name: 'The pier', category: 'Shore', description: 'Wet planks.' }, { name: '' }]);
  expect(chooseRooms(undefined, path, 1)).toEqual([{ name: 'The pier', category: 'Shore', description: 'Wet planks.' }]);
});

test('what is said takes up the character, and no line comes twice in two hundred turns', () => {
  const [character] = chooseCharacters(write('characters.json', people), 1);
  const lines = Array.from({ length: 200 }, (_, n) => lineFor(character!, undefined, n));
  expect(new Set(lines).size).toBe(200);
  expect(lines.join(' ')).toMatch(/lantern|harbour|herring|fishermen/);
  expect(lines.join(' ')).not.toMatch(/[{}]/);
});
