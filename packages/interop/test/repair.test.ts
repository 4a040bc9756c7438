import { describe, expect, it } from 'vitest';
import { readCard } from '../src/index.ts';
import { json } from './fixtures.ts';

function v2(data: Record<string, unknown>) {
  return readCard(json({ spec: 'chara_card_v2', spec_version: '2.0', data: { name: 'Ann', ...data } }), 'a.json');
}

describe('cards as they are', () => {
  it('IO-1 null everywhere reads like nothing, without complaint', () => {
    const read = v2({ description: null, personality: null, character_book: null, extensions: null, alternate_greetings: null, tags: null, creator_notes: null });
    expect(read.identity).toMatchObject({ persona: '', alternateGreetings: [], tags: [], creatorNotes: '' });
    expect([read.lore, read.notes]).toEqual([[], []]);
  });

  it.each([
    ['hi', ['hi']],
    ['', []],
    [null, []],
    [['a', '', null, 3], ['a', '3']],
    [{ 0: 'a', 1: 'b' }, ['a', 'b']],
    ['1687194031049', []],
    [1687194031049, []],
  ])('IO-1 alternate greetings %j become %j', (given, read) => {
    expect(v2({ alternate_greetings: given }).identity.alternateGreetings).toEqual(read);
  });

  it('IO-1 a first message that is a list greets with its first', () => {
    expect(v2({ first_mes: ['a', 'b'], alternate_greetings: ['c'] }).identity).toMatchObject({ greeting: 'a', alternateGreetings: ['b', 'c'] });
    expect(v2({ first_mes: [] }).identity.greeting).toBe('');
  });

  it.each([
    ['sea, slow burn,, sea', ['sea', 'slow burn']],
    [['sea', 5, null, ' sea '], ['sea', '5']],
    [{ a: 'sea' }, ['sea']],
    [7, ['7']],
  ])('IO-1 tags %j become %j', (given, read) => {
    expect(v2({ tags: given }).identity.tags).toEqual(read);
  });

  it('IO-1 numbers and objects in the place of text keep their text', () => {
    const read = v2({ name: 42, scenario: ['one', 'two'], creator_notes: { en: 'Hello', de: 'Hallo', n: 1 } });
    expect(read.identity).toMatchObject({ name: '42', kickoff: 'one\n\ntwo', creatorNotes: 'Hello\n\nHallo' });
    expect(read.notes).toContain("The creator's notes came in an unusual form; its text was kept.");
  });

  it("IO-1 V3 notes in several languages stand in for missing creator's notes", () => {
    expect(v2({ creator_notes_multilingual: { de: 'Hallo', en: 'Hello' } }).identity.creatorNotes).toBe('Hello');
    expect(v2({ creator_notes_multilingual: { de: 'Hallo' } }).identity.creatorNotes).toBe('Hallo');
  });

  it('IO-1 a personality that the description holds already is not said twice', () => {
    expect(v2({ description: 'Dry wit.', personality: 'Dry wit.' }).identity.persona).toBe('Dry wit.');
    expect(v2({ personality: 'Dry wit.' }).identity.persona).toBe('Dry wit.');
  });

  it('IO-1 fields at the top stand in where data lacks them', () => {
    const mirrored = { spec: 'chara_card_v2', name: 'Ann', first_mes: 'Top', scenario: 'Top', data: { name: '', first_mes: null, scenario: '' } };
    expect(readCard(json(mirrored), 'a.json').identity).toMatchObject({ name: 'Ann', greeting: 'Top', kickoff: '' });
    const misplaced = readCard(json({ spec: 'chara_card_v2', name: 'Ann', first_mes: 'Top' }), 'a.json');
    expect(misplaced).toMatchObject({ spec: 'v2', notes: ['The card had its fields in the wrong place; they were found.'] });
  });

  it('IO-1 the version is told from the spec, else from the shape', () => {
    expect(readCard(json({ data: { name: 'Ann', first_mes: '' } }), 'a.json').spec).toBe('v2');
    expect(readCard(json({ spec: 'chara_card_v1', name: 'Ann', first_mes: '' }), 'a.json').spec).toBe('v1');
    expect(readCard(json({ name: 'Ann', description: 'Only this.' }), 'a.json').spec).toBe('v1');
    const newer = readCard(json({ spec: 'chara_card_v9', data: { name: 'Ann' } }), 'a.json');
    expect(newer).toMatchObject({ spec: 'v3', notes: ['The card is of a newer version than is known here; it was read like a V3 card.'] });
  });

  it('IO-1 cards of older programs are read by their own names', () => {
    const old = { char_name: 'Ann', char_persona: 'p', world_scenario: 's', char_greeting: 'g', example_dialogue: 'Ann: x' };
    expect(readCard(json(old), 'a.json')).toMatchObject({
      spec: 'v1',
      identity: { name: 'Ann', persona: 'p', kickoff: 's', greeting: 'g', voiceSamples: ['x'] },
    });
  });

  it('IO-1 small slips in the JSON are mended', () => {
    const text = '{"name": "Ann",\n "first_mes": "one\ntwo\t\\"three\\" , ]", "talkativeness": NaN, "tags": ["a", ],}';
    const read = readCard(Buffer.from(text), 'a.json');
    expect(read.identity).toMatchObject({ greeting: 'one\ntwo\t"three" , ]', tags: ['a'] });
    expect(read.notes).toContain("The card's JSON had small slips, which were mended.");
  });

  it('IO-1 unknown fields and extensions are kept', () => {
    const read = v2({ assets: [{ type: 'icon', uri: 'ccdefault:' }], group_only_greetings: ['All of you!'], nickname: 'A', extensions: { fav: true } });
    expect(read.identity.card).toMatchObject({ data: { nickname: 'A', extensions: { fav: true }, group_only_greetings: ['All of you!'] } });
    expect(read.notes).toEqual(['Greetings meant for groups only are kept with the card, but not used.']);
  });

  it('IO-4 keys that reach a prototype are dropped at every level and pollute nothing', () => {
    const hostile = `{"spec":"chara_card_v2","__proto__":{"polluted":1},"data":{"name":"Ann","constructor":{"prototype":{"polluted":1}},
      "toString":1,"valueOf":2,"tags":{"__proto__":["x"],"toString":1},"extensions":{"a":[{"__proto__":{"polluted":1},"prototype":1,"b":2}]},
      "character_book":{"entries":{"__proto__":{"content":"evil"},"1":{"content":"good","enabled":{"toString":1},"insertion_order":{"valueOf":1}}}}}}`;
    const read = readCard(Buffer.from(hostile), 'a.json');
    expect(read.lore.map((entry) => entry.content)).toEqual(['good']);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(JSON.stringify(read.identity.card)).not.toMatch(/__proto__|constructor|prototype|polluted/);
    expect(read.identity.card).toMatchObject({ data: { extensions: { a: [{ b: 2 }] } } });
    expect(read.notes).toContain('A field named "__proto__" was left out.');
  });
});

describe('voice samples', () => {
  const voices = (mes_example: string) => v2({ mes_example }).identity.voiceSamples;

  it('WD-2 what the character says is a sample of each block', () => {
    expect(voices('<START>\n<BOT>: One.\n<USER>: Two.\nMore.\nann: Three: four.\n<start>{{char}}: Five.')).toEqual(['One.\nThree: four.', 'Five.']);
  });

  it('WD-2 prose with a colon goes on; a block without speakers is taken whole', () => {
    expect(voices('{{Char}}: She said: no.\nThen: silence.')).toEqual(['She said: no.\nThen: silence.']);
    expect(voices('<START>\nRain fell.\n<START>\n')).toEqual(['Rain fell.']);
    expect(voices('{{user}}: Only me.')).toEqual([]);
  });

  it('WD-2 too many or too long samples stay in the example dialogue', () => {
    const read = v2({ mes_example: `${'<START>{{char}}: a\n'.repeat(60)}<START>${'b'.repeat(30_000)}` });
    expect(read.identity.voiceSamples).toHaveLength(50);
    expect(read.identity.exampleDialogue).toHaveLength(60 * 19 + 30_007);
    expect(read.notes).toContain('Some examples were too long or too many to serve as voice samples.');
  });
});

describe('lorebooks', () => {
  const book = (character_book: unknown) => v2({ character_book });
  const first = (entry: Record<string, unknown>) => book({ entries: [{ content: 'text', ...entry }] }).lore[0];

  it.each([{}, { entries: [] }, { entries: null }, { entries: {} }, []])('IO-1 %j is an empty lorebook', (empty) => {
    expect(book(empty)).toMatchObject({ lore: [], notes: ["The card's lorebook was empty."] });
  });

  it('IO-1 entries come as list, as object, or as the book itself', () => {
    const entry = { content: 'text', keys: ['k'] };
    for (const given of [{ entries: [entry] }, { entries: { 0: entry } }, [entry]]) {
      expect(book(given).lore).toEqual([{ name: '', keys: ['k'], secondaryKeys: [], content: 'text', enabled: true, constant: false, order: 100 }]);
    }
  });

  it('IO-1 the names of world info are understood', () => {
    expect(first({ key: ['k'], keysecondary: ['s'], comment: 'Title', disable: true, order: 3 })).toEqual({
      name: 'Title', keys: ['k'], secondaryKeys: ['s'], content: 'text', enabled: false, constant: false, order: 3,
    });
  });

  it('IO-1 keys as one text, numbers and flags as text are read', () => {
    expect(first({ keys: 'lamp, light ,', secondary_keys: 5, insertion_order: '12', enabled: 'false', constant: 1 })).toMatchObject({
      keys: ['lamp', 'light'], secondaryKeys: ['5'], order: 12, enabled: false, constant: true,
    });
    expect(first({ insertion_order: 'soon', enabled: 'perhaps', constant: 'yes' })).toMatchObject({ order: 100, enabled: true, constant: true });
    expect(first({ insertion_order: '1e999', enabled: 0 })).toMatchObject({ order: 100, enabled: false });
  });

  it('IO-1 secondary keys of an entry that is not selective do not come to bind it', () => {
    expect(first({ keys: ['a'], secondary_keys: ['b'], selective: false })?.secondaryKeys).toEqual([]);
  });

  it('IO-1 lines of instructions to the program are no part of the text', () => {
    expect(first({ content: '@@depth 4\n@@@role system\nThe lamp.\n@@later' })?.content).toBe('The lamp.\n@@later');
    expect(first({ content: '@@depth 4' })).toBeUndefined();
    expect(book({ entries: [{ content: 'x', keys: ['/a/i'], use_regex: true }] }).notes).toEqual([
      'Some lorebook entries use patterns as keys; they are kept as plain words.',
    ]);
  });

  it('IO-1 entries without text are left out, with their number', () => {
    const read = book({ entries: [null, 'text', { content: ' ' }, { content: 'kept' }] });
    expect(read).toMatchObject({ lore: [{ content: 'kept' }], notes: ['3 lorebook entries without text left out.'] });
  });
});
