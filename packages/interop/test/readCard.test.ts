import { CCardLib, type CharacterCardV2 } from '@risuai/ccardlib';
import { botIdentity } from '@offstage/domain/shapes';
import { describe, expect, it } from 'vitest';
import { CardError, readCard } from '../src/index.ts';
import { base64, chunk, iTXt, json, png, tEXt, zTXt } from './fixtures.ts';

const mira: CharacterCardV2 = {
  spec: 'chara_card_v2',
  spec_version: '2.0',
  data: {
    name: 'Mira Ōe',
    description: '{{char}} keeps the lighthouse.',
    personality: 'dry, patient',
    scenario: 'A storm, and {{user}} at the door.',
    first_mes: '*The door opens.* "You are wet."',
    mes_example: '<START>\n{{user}}: Cold?\n{{char}}: Always.\nThe lamp turned.\n<START>\n{{char}}: Tea?',
    creator_notes: 'Best in **winter**.',
    system_prompt: 'Stay terse. {{original}}',
    post_history_instructions: '',
    alternate_greetings: ['"Again you."', '"Shut the door."'],
    tags: ['sea', 'slow burn'],
    creator: 'ann',
    character_version: '1.2',
    extensions: { depth_prompt: { depth: 4, prompt: 'fog' }, 'someone/else': [1, null, { x: true }] },
    character_book: {
      name: 'The coast',
      extensions: {},
      entries: [
        { keys: ['lamp', 'light'], content: 'The lamp must never go out.', extensions: { a: 1 }, enabled: true, insertion_order: 7, name: 'Lamp', constant: true },
        { keys: ['wreck'], secondary_keys: ['night'], selective: true, content: 'The Alma sank here.', extensions: {}, enabled: false, insertion_order: 9, comment: 'Alma\nolder remark' },
      ],
    },
  },
};

describe('cards as they should be', () => {
  const bare = png();
  const v3 = CCardLib.character.convert(mira, { from: 'v2', to: 'v3' });

  it('IO-1 a V2 PNG becomes identity, lore and picture', () => {
    const read = readCard(png(tEXt('chara', base64(mira))), 'mira.png');
    expect(read.spec).toBe('v2');
    expect(read.identity).toMatchObject({
      name: 'Mira Ōe',
      persona: '{{char}} keeps the lighthouse.\n\ndry, patient',
      kickoff: 'A storm, and {{user}} at the door.',
      greeting: '*The door opens.* "You are wet."',
      alternateGreetings: ['"Again you."', '"Shut the door."'],
      exampleDialogue: mira.data.mes_example,
      voiceSamples: ['Always.\nThe lamp turned.', 'Tea?'],
      creatorNotes: 'Best in **winter**.',
      tags: ['sea', 'slow burn'],
      traits: [],
      avatar: null,
    });
    expect(read.lore).toEqual([
      { name: 'Lamp', keys: ['lamp', 'light'], secondaryKeys: [], content: 'The lamp must never go out.', enabled: true, constant: true, order: 7 },
      { name: 'Alma', keys: ['wreck'], secondaryKeys: ['night'], content: 'The Alma sank here.', enabled: false, constant: false, order: 9 },
    ]);
    expect(read.picture).toEqual({ mime: 'image/png', bytes: new Uint8Array(bare) });
    expect(read.notes).toEqual(["The card's own instructions to the model are kept with it, but not used."]);
  });

  it('IO-1 the whole card stays with the bot, so that an export gives it back', () => {
    const read = readCard(png(tEXt('chara', base64(mira))), 'mira.png');
    expect(read.identity.card).toEqual(mira);
    expect(botIdentity.parse(JSON.parse(JSON.stringify(read.identity)))).toEqual(read.identity);
  });

  it('IO-1 a V3 PNG is read from ccv3 before chara, and both leave the picture', () => {
    const other = { ...mira, data: { ...mira.data, name: 'Older' } };
    const read = readCard(png(tEXt('chara', base64(other)), tEXt('ccv3', base64(v3)), tEXt('Software', 'x')), 'mira.png');
    expect([read.spec, read.identity.name]).toEqual(['v3', 'Mira Ōe']);
    expect(read.lore).toHaveLength(2);
    expect(read.picture?.bytes).toEqual(new Uint8Array(png(tEXt('Software', 'x'))));
  });

  it.each(['not base64 !', base64({ spec: 'chara_card_v3', data: { name: '' } }), base64([1]), ''])(
    'IO-1 a damaged ccv3 (%s) falls back to chara',
    (broken) => {
      const read = readCard(png(tEXt('ccv3', broken), tEXt('chara', base64(mira))), 'mira.png');
      expect(read.identity.name).toBe('Mira Ōe');
      expect(read.notes).toContain('The newer copy of the character in this card was damaged; the older one was read.');
    },
  );

  it.each(['v1', 'v2', 'v3'] as const)('IO-1 a %s JSON converted by ccardlib is read as such', (to) => {
    const read = readCard(json(CCardLib.character.convert(mira, { from: 'v2', to })), 'mira.json');
    expect(read).toMatchObject({ spec: to, picture: null, identity: { name: 'Mira Ōe', greeting: mira.data.first_mes } });
  });

  it('IO-1 a V1 card inside a PNG is read', () => {
    const v1 = CCardLib.character.convert(mira, { from: 'v2', to: 'v1' });
    expect(readCard(png(tEXt('Chara', base64(v1))), 'x.png')).toMatchObject({ spec: 'v1', identity: { name: 'Mira Ōe' } });
  });

  it.each([
    ['zTXt', zTXt('chara', base64(mira))],
    ['iTXt', iTXt('chara', base64(mira), false)],
    ['packed iTXt', iTXt('chara', base64(mira), true)],
    ['plain JSON in iTXt', iTXt('chara', JSON.stringify(mira), false)],
    ['base64 with line breaks', tEXt('chara', base64(mira).replace(/.{76}/g, '$&\r\n'))],
    ['base64 of URLs', tEXt('chara', base64(mira).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''))],
    ['a data address', tEXt('chara', `data:application/json;base64,${base64(mira)}`)],
  ])('IO-1 %s is tolerated', (_name, text) => {
    expect(readCard(png(text), 'mira.png').identity.name).toBe('Mira Ōe');
  });

  it.each([
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${JSON.stringify(mira)}`)],
    ['UTF-16 little-endian', Buffer.from(`\uFEFF${JSON.stringify(mira)}`, 'utf16le')],
    ['UTF-16 big-endian', Buffer.from(`\uFEFF${JSON.stringify(mira)}`, 'utf16le').swap16()],
    ['UTF-16 without a mark', Buffer.from(JSON.stringify(mira), 'utf16le')],
    ['zero bytes at the end', Buffer.from(`${JSON.stringify(mira)}\0\0`)],
  ])('IO-1 JSON in %s is read', (_name, bytes) => {
    expect(readCard(bytes, 'mira.json').identity.name).toBe('Mira Ōe');
  });

  it('IO-1 Windows text is read as such; single broken bytes become visible', () => {
    const old = readCard(Buffer.from('{"name":"Zoé","first_mes":"Café?"}', 'latin1'), 'z.json');
    expect([old.identity.name, old.identity.greeting]).toEqual(['Zoé', 'Café?']);
    const broken = Buffer.concat([Buffer.from('{"name":"Zoé","first_mes":"'), Buffer.from([0xff]), Buffer.from('"}')]);
    expect(readCard(broken, 'z.json')).toMatchObject({
      identity: { name: 'Zoé', greeting: '\uFFFD' },
      notes: ['Some characters in the file were broken and show as \uFFFD.'],
    });
  });

  it('IO-1 markup in a card stays text', () => {
    const script = '<img src=x onerror=alert(1)><script>1</script>';
    expect(readCard(json({ name: '<b>A</b>', first_mes: script }), 'a.json').identity).toMatchObject({ name: '<b>A</b>', greeting: script });
  });
});

describe('pictures', () => {
  it('IO-1 a wrong checksum is set right, with a note', () => {
    const spoilt = chunk('tEXt', Buffer.from(`chara\0${base64(mira)}`), 1);
    const kept = chunk('tIME', Buffer.from([7, 230, 1, 1, 0, 0, 0]), 1);
    const read = readCard(png(spoilt, kept), 'mira.png');
    expect(read.notes).toContain('A checksum in the picture was wrong; it was set right.');
    expect(read.picture?.bytes).toEqual(new Uint8Array(png(chunk('tIME', Buffer.from([7, 230, 1, 1, 0, 0, 0])))));
  });

  it('IO-4 what follows the end of the picture is left out', () => {
    const read = readCard(Buffer.concat([png(tEXt('chara', base64(mira))), Buffer.from('<script>')]), 'mira.png');
    expect(read.picture?.bytes).toEqual(new Uint8Array(png()));
    expect(read.notes).toContain("What stood after the picture's end was left out.");
  });

  it('IO-4 nothing of the file is changed or shared', () => {
    const file = png(tEXt('chara', base64(mira)));
    const before = Buffer.from(file);
    const read = readCard(file, 'mira.png');
    expect(file.equals(before)).toBe(true);
    expect(read.picture?.bytes.buffer).not.toBe(file.buffer);
  });

  it('IO-4 refusals are CardErrors with a code', () => {
    expect(() => readCard(png(), 'x.png')).toThrow(CardError);
  });
});
