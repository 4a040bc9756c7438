import { describe, expect, it } from 'vitest';
import { inLibrary } from '../../src/catalogue.ts';
import type { NewEvent } from '../../src/catalogue.ts';
import {
  LORE_MAX,
  makeBot,
  makePersona,
  reauthorBot,
  reauthorPersona,
  removeBot,
  removePersona,
} from '../../src/commands/authoring.ts';
import type { Authoring, PersonaIdentityInput } from '../../src/commands/authoring.ts';
import { given } from '../support/given.ts';

const ava: NewEvent = inLibrary('persona_authored', { personaId: 'ava', identity: { name: 'Ava' } });
const mara: NewEvent = inLibrary('bot_authored', { botId: 'mara', identity: { name: 'Mara', card: { odd: [1, { two: 2 }] } } });
const entry = { name: '', keys: ['salt'], secondaryKeys: [], content: 'It keeps.', enabled: true, constant: false, order: 100 };
const salt: NewEvent = inLibrary('lore_written', { loreId: 'salt', botId: 'mara', chatId: null, ...entry });

/** Ids in order: n1, n2 ... */
function ids(): () => string {
  let n = 0;
  return () => `n${++n}`;
}

function onPersona(events: readonly NewEvent[], identity: PersonaIdentityInput) {
  return reauthorPersona(given(events).row('personas', 'ava'), identity);
}

function onBot(events: readonly NewEvent[], input: Authoring) {
  const world = given(events);
  return reauthorBot({ bot: world.row('bots', 'mara'), lore: world.rows('lore') }, input, ids());
}

describe('personas', () => {
  it('WD-1 making one fills in what was left out', () => {
    expect(makePersona('ava', { name: ' Ava \u0007 ' })).toEqual([
      inLibrary('persona_authored', { personaId: 'ava', identity: { name: 'Ava', pronouns: '', persona: '' } }),
    ]);
  });

  it('WD-1 rewriting one writes what it is now; writing the same writes nothing', () => {
    expect(onPersona([ava], { name: 'Ava', pronouns: 'she/her' })).toHaveLength(1);
    expect(onPersona([ava], { name: 'Ava' })).toEqual([]);
  });

  it('WD-1 one that is not there, or was removed, cannot be rewritten', () => {
    expect(() => onPersona([], { name: 'Ava' })).toThrow(expect.objectContaining({ code: 'not_found', fields: ['personaId'] }));
    expect(() => onPersona([ava, inLibrary('persona_removed', { personaId: 'ava' })], { name: 'Ava' })).toThrow(/no longer there/);
  });

  it('WD-1 removing twice removes once', () => {
    expect(removePersona(given([ava]).row('personas', 'ava'))).toEqual([inLibrary('persona_removed', { personaId: 'ava' })]);
    expect(removePersona(given([ava, inLibrary('persona_removed', { personaId: 'ava' })]).row('personas', 'ava'))).toEqual([]);
    expect(() => removePersona(undefined)).toThrow(/no longer there/);
  });
});

describe('bots', () => {
  it('WD-2 making one writes its identity and WD-13 its knowledge, each entry under an id of its own', () => {
    const events = makeBot('mara', { identity: { name: 'Mara' }, lore: [{ content: 'It keeps.', keys: ['salt'] }, { content: 'Deep.', loreId: 'stolen' }] }, ids());
    expect(events.map(({ kind }) => kind)).toEqual(['bot_authored', 'lore_written', 'lore_written']);
    expect(given(events).rows('lore')).toMatchObject([{ loreId: 'n1', botId: 'mara', ...entry }, { loreId: 'n2', content: 'Deep.' }]);
  });

  it('WD-2 a field that does not fit is named', () => {
    expect(() => makeBot('mara', { identity: { name: '' } }, ids())).toThrow(/may not be empty/);
    expect(() => makeBot('mara', { identity: { name: 'x', traits: ['y'.repeat(201)] } }, ids())).toThrow(/at most 200/);
  });

  it('IO-1 re-authoring keeps what the card carried, unless the input says otherwise', () => {
    const [kept] = onBot([mara], { identity: { name: 'Mara Dee' } });
    expect(kept?.payload).toMatchObject({ identity: { name: 'Mara Dee', card: { odd: [1, { two: 2 }] } } });
    const [dropped] = onBot([mara], { identity: { name: 'Mara', card: null } });
    expect(dropped?.payload).toMatchObject({ identity: { card: null } });
  });

  it('WD-2 writing the same writes nothing; a change deep inside is seen', () => {
    expect(onBot([mara], { identity: { name: 'Mara' } })).toEqual([]);
    expect(onBot([mara], { identity: { name: 'Mara', card: { odd: [1, { two: 2 }] } } })).toEqual([]);
    expect(onBot([mara], { identity: { name: 'Mara', card: { odd: [1, { two: 3 }] } } })).toHaveLength(1);
    expect(onBot([mara], { identity: { name: 'Mara', card: { odd: [1] } } })).toHaveLength(1);
  });

  it('WD-13 knowledge left out stays; given, it is the whole of it', () => {
    expect(onBot([mara, salt], { identity: { name: 'Mara' } })).toEqual([]);
    expect(onBot([mara, salt], { identity: { name: 'Mara' }, lore: [{ loreId: 'salt', ...entry }] })).toEqual([]);
    const events = onBot([mara, salt], { identity: { name: 'Mara' }, lore: [{ loreId: 'salt', ...entry, content: 'It stings.' }, { loreId: 'salt', ...entry }] });
    expect(given([mara, salt, ...events]).rows('lore')).toMatchObject([{ loreId: 'salt', content: 'It stings.' }, { loreId: 'n1', content: 'It keeps.' }]);
    expect(onBot([mara, salt], { identity: { name: 'Mara' }, lore: [] })).toEqual([inLibrary('lore_removed', { loreId: 'salt' })]);
  });

  it('WD-13 more knowledge than a bot can hold is refused with the number', () => {
    const lore = Array.from({ length: LORE_MAX + 1 }, () => ({ content: 'x' }));
    expect(() => makeBot('mara', { identity: { name: 'Mara' }, lore }, ids())).toThrow(expect.objectContaining({ code: 'limit_reached', message: expect.stringContaining('2,001') }));
  });

  it('WD-2 one that is not there, or was removed, cannot be re-authored; removing twice removes once', () => {
    const gone = [mara, inLibrary('bot_removed', { botId: 'mara' })];
    expect(() => onBot([], { identity: { name: 'Mara' } })).toThrow(expect.objectContaining({ code: 'not_found' }));
    expect(() => onBot(gone, { identity: { name: 'Mara' } })).toThrow(/no longer there/);
    expect(removeBot(given([mara]).row('bots', 'mara'))).toEqual([inLibrary('bot_removed', { botId: 'mara' })]);
    expect(removeBot(given(gone).row('bots', 'mara'))).toEqual([]);
    expect(() => removeBot(undefined)).toThrow(/no longer there/);
  });
});
