import { describe, expect, test } from 'vitest';
import { chooseSpeaker, spokenToLast } from '../src/addressee.ts';

const mara = { botId: 'mara', name: 'Mara' };
const ines = { botId: 'ines', name: 'Ines' };

describe('TN-3 who is meant to answer', () => {
  const choose = (text: string, before: readonly string[] = ['mara']) => chooseSpeaker(text, [mara, ines], before);

  test.each([
    ['the one who is called', 'Ines, come here.', 'ines', 'name'],
    ['the one who is mentioned with @, whoever else is named', 'Mara said that @Ines knows.', 'ines', 'name'],
    ['the one who is called at the end', 'What does Ines think of it, Mara?', 'mara', 'name'],
    ['the one who is named', 'I would ask Ines.', 'ines', 'name'],
    ['else the one spoken to last', 'Hello.', 'mara', 'last'],
  ])('%s', (_, text, botId, by) => expect(choose(text)).toEqual({ botId, by, sure: true }));

  test('part of a word is no name, and whoever has gone is not spoken to', () => {
    expect(choose('The marathon begins.', ['ines'])).toEqual({ botId: 'ines', by: 'last', sure: true });
    expect(choose('Hello.', ['pia', 'ines'])).toEqual({ botId: 'ines', by: 'last', sure: true });
  });

  test.each(['Mara and Ines know.', 'What do you two say?'])('several may be meant, and words do not tell: %s', (text) => {
    expect(choose(text).sure).toBe(false);
  });

  test('where one bot is there, it is meant', () => {
    expect(chooseSpeaker('Both of you!', [ines], ['mara'])).toEqual({ botId: 'ines', by: 'last', sure: true });
    expect(chooseSpeaker('Hello.', [], ['mara']).botId).toBeUndefined();
  });

  test.each([
    ['a first name', 'Ines, come here.', 'roth'],
    ['a name behind a title', 'Ask Henrik about it.', 'voss'],
    ['the whole name', 'Captain Henrik Voss, sir!', 'voss'],
  ])('%s is enough', (_, text, botId) => {
    const two = [{ botId: 'roth', name: 'Ines Roth' }, { botId: 'voss', name: 'Captain Henrik Voss' }];
    expect(chooseSpeaker(text, two, ['roth'])).toEqual({ botId, by: 'name', sure: true });
  });

  test('a first name that two bear tells nothing, and a title is no name', () => {
    const two = [{ botId: 'roth', name: 'Ines Roth' }, { botId: 'weil', name: 'Ines Weil' }];
    expect(chooseSpeaker('Ines, come here.', two, ['weil'])).toEqual({ botId: 'weil', by: 'last', sure: true });
    expect(chooseSpeaker('Yes, captain.', [mara, { botId: 'voss', name: 'Captain Voss' }], ['mara'])).toEqual({ botId: 'mara', by: 'last', sure: true });
  });
});

describe('TN-3 whom the person spoke to last', () => {
  const you = { kind: 'user', speakerId: 'ava', addresseeId: 'mara' } as const;
  const reply = { kind: 'assistant', speakerId: 'mara', addresseeId: 'ava' } as const;
  const aside = { kind: 'assistant', speakerId: 'ines', addresseeId: 'mara' } as const;

  test('the one that answered, and not one that broke in', () => {
    expect(spokenToLast(reply, you, 'ava')[0]).toBe('mara');
    expect(spokenToLast(aside, reply, 'ava')[0]).toBe('mara');
  });

  test('one that broke in and turned to you', () => {
    expect(spokenToLast({ ...aside, addresseeId: 'ava' }, reply, 'ava')[0]).toBe('ines');
  });
});
