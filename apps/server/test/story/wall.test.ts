import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openHouse } from './harness.ts';
import type { House } from './harness.ts';
import { scriptedModel } from './scripted.ts';
import type { ScriptedModel } from './scripted.ts';
import { Wall } from './wall.ts';

let model: ScriptedModel;
let house: House;
beforeAll(async () => {
  model = await scriptedModel(() => ({}));
});
afterAll(() => model.close());

describe.each(['narrator', 'keeper'])('ME-2 the witness rule is a wall (books kept by %s)', (classifier) => {
  let wall: Wall;
  beforeAll(async () => {
    house = await openHouse({ model: { url: model.url, narrative: 'narrator', classifier } });
    wall = new Wall(house, model);
    await wall.people('Mara', 'Jon');
  });
  afterAll(() => house.close());

  test('nobody\'s prompt holds a word that its reader did not witness, was not told, and did not think', { timeout: 60_000 }, async () => {
    const harbour = await wall.open('Mara', 'shared');
    const mill = await wall.open('Jon', 'shared');
    const alone = await wall.open('Mara', 'own');
    const before = await wall.say(harbour, 'Mara, the boat left before Jon came.');
    await wall.say(mill, 'Jon, the wheel is broken.');
    await wall.say(alone, 'Mara, another life.');
    await wall.guest(harbour, 'Jon');
    const together = await wall.say(harbour, 'Jon, look at the lighthouse lamp tonight.');
    await wall.say(harbour, 'Mara, what of the lighthouse lamp?');
    await wall.close(harbour);
    await wall.say(harbour, 'Jon, the scene is new.');
    await wall.guest(harbour, null);
    const after = await wall.say(harbour, 'Mara, now that Jon is gone.');
    await wall.close(harbour);
    await wall.guest(mill, 'Mara');
    await wall.say(mill, 'Mara, what of the lighthouse lamp and the boat?');
    await wall.close(mill);
    await wall.guest(mill, null);
    await wall.say(mill, 'Jon, what of the lighthouse lamp and the boat that left?');
    await wall.guest(harbour, 'Jon');
    for (let n = 0; n < 12; n += 1) {
      await wall.say(harbour, n % 2 === 0 ? 'Jon, do you remember the lighthouse lamp?' : 'Mara, do you remember the boat?');
      await wall.say(alone, 'Mara, do you remember the lighthouse lamp, the boat, the wheel?');
      if (n % 5 === 4) await wall.close(harbour);
    }
    await wall.say(mill, 'Jon, the lighthouse lamp, the boat, what do you remember of them?');

    expect(wall.leaks()).toEqual([]);
    expect(await wall.leaksInRecords()).toEqual([]);

    // The wall is not there because nothing is carried at all: what was witnessed elsewhere does come along.
    const jon = wall.sent.filter(({ reader, what }) => reader === 'Jon' && what === 'narration');
    expect(jon.some(({ marks }) => marks.has(together))).toBe(true);
    expect(jon.every(({ marks }) => !marks.has(before) && !marks.has(after))).toBe(true);
    expect(wall.sent.filter(({ reader }) => reader === 'Mara').some(({ marks }) => marks.has(before))).toBe(true);
    const carried = (kind: string): boolean => wall.sent.some(({ marks, what }) => what === 'narration' && [...marks].some((mark) => mark.startsWith(kind)));
    expect(['card', 'said', 'reply', 'fact', 'feeling', 'group'].filter((kind) => !carried(kind))).toEqual([]);
  });
});
