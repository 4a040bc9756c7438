import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineGuard } from '../../src/story/guard.ts';

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

const three = ['Ava', 'Captain Henrik Voss'];

test.each([
  ['a script', 'I wait.\nHENRIK: Then go.', 'I wait.\n'],
  ['a first name', 'I wait.\nHenrik: Then go.', 'I wait.\n'],
  ['a last name', 'I wait.\n\nVoss: Then go.', 'I wait.\n\n'],
  ['a name without its title', 'I wait.\nHenrik Voss: Then go.', 'I wait.\n'],
  ['a title with the last name', 'I wait.\nCaptain Voss: Then go.', 'I wait.\n'],
  ['a bold name with a manner', 'I wait.\n**Henrik** (softly): Then go.', 'I wait.\n'],
  ['a manner within the bold', 'I wait.\n**Henrik (softly):** Then go.', 'I wait.\n'],
  ['a heading', 'I wait.\n\n### Henrik\n"Then go."', 'I wait.\n\n'],
  ['a heading with a colon', 'I wait.\n## Captain Henrik Voss:\nThen go.', 'I wait.\n'],
  ['a bold name that stands alone', 'I wait.\n\n**Ava**\n"Then go."', 'I wait.\n\n'],
  ['a name in brackets', 'I wait.\n[Ava]: Then go.', 'I wait.\n'],
  ['a heading at the very end', 'I wait.\n\n**Ava**', 'I wait.\n\n'],
  ['what stands for the person', 'I wait.\nUser: Then go.', 'I wait.\n'],
  ['the person addressed', '"I wait."\n\nYou: Then go.', '"I wait."\n\n'],
  ['another who follows a quotation that was never closed', '"I wait.\nHenrik: "Then go."', '"I wait.\n'],
  ['a wide colon', 'I wait.\nAva\uFF1AThen go.', 'I wait.\n'],
])('GU-2 with three present a reply is cut before %s', (_what, reply, kept) => {
  expect(shown([reply], 'Mara', three)).toEqual({ text: kept, cut: true });
  expect(shown(letters(reply), 'Mara', three)).toEqual({ text: kept, cut: true });
});

test.each([
  'Henrik does not look up. "Captain," I say, "Voss: is that a name?"',
  '"I read it out:\nHenrik: two loaves.\nAva: one."',
  '\u201CThe board says\nHenrik: night watch\u201D',
  'I think of Henrik: of his hands.',
  'I call.\nHenrik, Ava and I go in.',
  'I call.\nhenrik: a word in an old hand.',
  'I call.\nCaptain: a word that means nothing here.',
  '*Henrik* is all I say.\nAva is silent.',
  '**Ava!** I call.\n**Ava** turns at last.',
  'I call.\n\n# The list\nnothing',
  'You do not answer.\nYou: no, you never do? I ask too much.'.replace('You: no', 'You, no'),
])('GU-2 with three present what is the speaker\'s own is left: %s', (reply) => {
  expect(shown([reply], 'Mara', three)).toEqual({ text: reply, cut: false });
  expect(shown(letters(reply), 'Mara', three)).toEqual({ text: reply, cut: false });
});

test('GU-2 a part of a name that the speaker or another bears too is nobody\'s label', () => {
  expect(shown(letters('I wait.\nRoth: a family name.'), 'Mara Roth', ['Ines Roth', 'Ava']).cut).toBe(false);
  expect(shown(letters('I wait.\nInes: Then go.'), 'Mara Roth', ['Ines Roth', 'Ava']).cut).toBe(true);
  expect(shown(letters('Mara: I wait.'), 'Mara Roth', ['Ines Roth', 'Ava'])).toEqual({ text: 'I wait.', cut: false });
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
  const reply = fc.string({ unit: fc.constantFrom('A', 'v', 'a', ':', '\n', ' ', '*', 'M', 'r', '👩', '.', '"', '#', '(', ')'), maxLength: 40 });
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
