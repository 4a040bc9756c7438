import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Stop } from '../lib/process.mjs';

/** Who may be played, from a LIGHT characters.json. */
export interface Character {
  readonly name: string;
  readonly persona: readonly string[];
  readonly description: string;
}

/** Where a story may begin, from a LIGHT rooms.json. */
export interface Room {
  readonly name: string;
  readonly category: string;
  readonly description: string;
}

const NAME_MOST = 120;

/** Chooses `count` characters spread over the whole file, the same at every run. Throws Stop saying what is wrong. */
export function chooseCharacters(path: string, count: number): Character[] {
  const people = new Map<string, Character>();
  for (const entry of read(path)) {
    if (entry['char_type'] === 'object') continue;
    const name = textOf(entry['name']).slice(0, NAME_MOST).trim();
    const persona = Array.isArray(entry['persona']) ? entry['persona'].map(textOf).filter((line) => line !== '') : [];
    if (name !== '' && persona.length > 0) people.set(name.toLowerCase(), { name, persona, description: textOf(entry['description']) });
  }
  const all = [...people.values()];
  if (all.length < count) throw new Stop(`${path} holds ${all.length} characters that can be played; ${count} were asked for.`);
  return spread(all, count);
}

/** Chooses a room for each character, spread likewise; a bare one when there is no file. Throws Stop. */
export function chooseRooms(path: string | undefined, beside: string, count: number): Room[] {
  const found = path ?? join(dirname(beside), 'rooms.json');
  if (path === undefined && !existsSync(found)) return [];
  const rooms = read(found).map((entry) => ({
    name: textOf(entry['name']),
    category: textOf(entry['category']),
    description: textOf(entry['description']),
  }));
  return spread(rooms.filter(({ name }) => name !== ''), count);
}

function spread<T>(from: readonly T[], count: number): T[] {
  const step = from.length / count;
  return Array.from({ length: count }, (_, n) => from[Math.floor((n + 0.5) * step)]).filter((one) => one !== undefined);
}

function read(path: string): Record<string, unknown>[] {
  let list: unknown;
  try {
    list = JSON.parse(readFileSync(path, 'utf8'));
  } catch (problem) {
    throw new Stop(`${path} could not be read: ${problem instanceof Error ? problem.message : String(problem)}`);
  }
  if (!Array.isArray(list)) throw new Stop(`${path} does not hold a list.`);
  return list.filter((entry): entry is Record<string, unknown> => typeof entry === 'object' && entry !== null);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}
