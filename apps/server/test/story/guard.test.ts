import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LineGuard } from '../../src/story/guard.ts';
import { chooseSpeaker } from '../../src/story/speaker.ts';

/** What is shown of a reply that comes in these pieces. */
function shown(pieces: readonly string[], own = 'Mara', others: readonly string[] = ['Ava', 'Ines Roth']): { text: string; cut: boolean } {
  const guard = new LineGuard(own, others);
  let text = '';
  for (const piece of pieces) text += guard.push(piece);
  return { text: text + guard.end(), cut: guard.cut };
}

const letters = (text: string): string[] => Array.from(text);

test.each([
  ['a line of yours', 'I wait.\nAva: Then go.', 'I wait.\n'],
  ['a bold name', 'I wait.\n\n**Ava**: Then go.', 'I wait.\n\n'],
  ['a colon inside the bold', 'I wait.\n**Ava:** Then go.', 'I wait.\n'],
  ['a name of two words', 'I wait.\nInes Roth: No.', 'I wait.\n'],
  ['any case', 'I wait.\nAVA: Then go.', 'I wait.\n'],
])('GU-2 a reply is cut before %s', (_what, reply, kept) => {
  expect(shown([reply])).toEqual({ text: kept, cut: true });
  expect(shown(letters(reply))).toEqual({ text: kept, cut: true });
});

test.each([
  'Ava, come here. I saw Ava: she ran.',
  '"Ava: the last ferry," the sign says.',
  'I call out.\nAva does not turn.',
  'I call out.\nAvalon: a word on a crate.',
  'A list\n- one\n- two',
])('GU-2 a name that begins no line of theirs is left: %s', (reply) => {
  expect(shown([reply])).toEqual({ text: reply, cut: false });
  expect(shown(letters(reply))).toEqual({ text: reply, cut: false });
});

test('GU-2 a reply that is somebody else\'s from the start leaves nothing', () => {
  expect(shown(letters('Ava: Hello there.'))).toEqual({ text: '', cut: true });
});

test('the speaker\'s own name in front is taken off', () => {
  expect(shown(letters('\n Mara: I wait.')).text).toBe('I wait.');
  expect(shown(['**Mara:** I wait.']).text).toBe('I wait.');
  expect(shown(letters('Maraschino cherries.')).text).toBe('Maraschino cherries.');
});

test('GU-2 nobody sees the beginning of a line that is then cut', () => {
  const guard = new LineGuard('Mara', ['Ava']);
  expect(guard.push('I wait.\nAv')).toBe('I wait.\n');
  expect(guard.push('oid it.')).toBe('Avoid it.');
  expect(guard.push('\nAva')).toBe('\n');
  expect(guard.push(': Hi')).toBe('');
  expect(guard.cut).toBe(true);
  expect(guard.push('more')).toBe('');
  expect(guard.end()).toBe('');
});

test('OP-7 control characters go, and half a character waits for its other half', () => {
  expect(shown(['a\u0000\u001Bb\r\nc ', '\uD83D', '\uDC69 d']).text).toBe('ab\nc 👩 d');
});

test('GU-2 how a reply is cut into pieces changes nothing', () => {
  const reply = fc.string({ unit: fc.constantFrom('A', 'v', 'a', ':', '\n', ' ', '*', 'M', 'r', '👩', '.'), maxLength: 40 });
  fc.assert(
    fc.property(reply, fc.infiniteStream(fc.integer({ min: 1, max: 5 })), (text, sizes) => {
      const pieces: string[] = [];
      for (let at = 0; at < text.length; ) {
        const size = sizes.next().value ?? 1;
        pieces.push(text.slice(at, at + size));
        at += size;
      }
      expect(shown(pieces)).toEqual(shown([text]));
    }),
    { numRuns: 2_000 },
  );
});

const mara = { botId: 'mara', name: 'Mara' };
const ines = { botId: 'ines', name: 'Ines' };
const head = { speakerId: null, addresseeId: null };

describe('TN-3 who is meant to answer', () => {
  const choose = (text: string, last = head) => chooseSpeaker(text, [mara, ines], { hostId: 'mara' }, last);

  test.each([
    ['the one who is called', 'Ines, come here.', 'ines'],
    ['the one who is mentioned with @, whoever else is named', 'Mara said that @Ines knows.', 'ines'],
    ['the one who is called at the end', 'What does Ines think of it, Mara?', 'mara'],
    ['the one who is named', 'I would ask Ines.', 'ines'],
    ['else the host', 'Hello.', 'mara'],
  ])('%s', (_, text, botId) => expect(choose(text)).toEqual({ botId, sure: true }));

  test('else the one that spoke last; part of a word is no name', () => {
    expect(choose('The marathon begins.', { speakerId: 'ines', addresseeId: null } as never)).toEqual({ botId: 'ines', sure: true });
  });

  test.each(['Mara and Ines know.', 'What do you two say?'])('several may be meant, and words do not tell: %s', (text) => {
    expect(choose(text).sure).toBe(false);
  });

  test('where one bot is there, it is meant', () => {
    expect(chooseSpeaker('Both of you!', [ines], { hostId: 'mara' }, head)).toEqual({ botId: 'ines', sure: true });
    expect(chooseSpeaker('Hello.', [], { hostId: 'mara' }, head).botId).toBeUndefined();
  });
});
