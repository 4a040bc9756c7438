import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hueOf } from '../src/hue.ts';
import { fillMacros } from '../src/macros.ts';
import { presentIn, presentSetOf } from '../src/presence.ts';
import { splitSegments, storyText } from '../src/segments.ts';

const kinds = (text: string): string[] => splitSegments(text).map((segment) => `${segment.kind}:${segment.text}`);

test('TN-1 unmarked text is dialogue', () => {
  expect(kinds('Good evening.')).toEqual(['dialogue:Good evening.']);
});

test('TN-1 asterisks mark action', () => {
  expect(kinds('*sits down* Good evening.')).toEqual(['action:sits down', 'dialogue: Good evening.']);
});

test('TN-1 where speech is quoted the rest is narration', () => {
  expect(kinds('She nods. "Yes." Then she leaves.')).toEqual(['action:She nods. ', 'dialogue:"Yes."', 'action: Then she leaves.']);
  expect(kinds('She nods. “Yes.”')).toEqual(['action:She nods. ', 'dialogue:“Yes.”']);
  expect(kinds('Er nickt. „Ja.“ Er geht.')).toEqual(['action:Er nickt. ', 'dialogue:„Ja.“', 'action: Er geht.']);
});

test('TN-1 remarks are split off, inside speech and action too', () => {
  expect(kinds('"Hello ((brb)) there"')).toEqual(['dialogue:"Hello ', 'ooc:brb', 'dialogue: there"']);
  expect(kinds('*walks ((slowly?)) away*')).toEqual(['action:walks ', 'ooc:slowly?', 'action: away']);
  expect(kinds('((one))((two))')).toEqual(['ooc:one', 'ooc:two']);
  expect(kinds('(((so)))')).toEqual(['ooc:(so)']);
  expect(splitSegments('a [[b]] c', { ooc: ['[[', ']]'] }).map((segment) => segment.kind)).toEqual(['dialogue', 'ooc', 'dialogue']);
});

test('TN-1 remarks never reach a bot', () => {
  expect(storyText('Hello. ((is this too much?))')).toBe('Hello.');
  expect(storyText('((only this))')).toBe('');
  expect(storyText('*waves* ((x)) "Hi"')).toBe('*waves*  "Hi"');
});

test('TN-1 a marker that nothing closes is plain text', () => {
  expect(kinds('a * b')).toEqual(['dialogue:a * b']);
  expect(kinds('*one\n\ntwo*')).toEqual(['dialogue:*one\n\ntwo*']);
  expect(kinds('((open')).toEqual(['dialogue:((open']);
  expect(kinds('a board 6" wide, 5" long')).toEqual(['dialogue:a board 6" wide, 5" long']);
  expect(kinds('2 * 3 * 4')).toEqual(['dialogue:2 * 3 * 4']);
});

test('TN-1 bold is emphasis, not action', () => {
  expect(kinds('**Stop** there')).toEqual(['dialogue:**Stop** there']);
  expect(kinds('*walks **right** out*')).toEqual(['action:walks **right** out']);
});

const prose = fc.string({ unit: fc.constantFrom('a', ' ', '"', '*', '(', ')', '((', '))', '\n', '“', '”', '»', '«', 'ש', '.') , maxLength: 60 });

test('TN-1 splitting loses nothing', () => {
  fc.assert(
    fc.property(prose, (text) => {
      const segments = splitSegments(text);
      expect(segments.map((segment) => segment.raw).join('')).toBe(text);
      for (const segment of segments) expect(segment.raw).toContain(segment.text);
    }),
    { numRuns: 2_000 },
  );
});

test('TN-1 no remark is left in what a bot reads', () => {
  fc.assert(
    fc.property(prose, (text) => {
      const told = splitSegments(text).filter((segment) => segment.kind !== 'ooc').map((segment) => segment.raw).join('');
      expect(told.replace(/[ \t]+$/gm, '').trim()).toBe(storyText(text));
    }),
    { numRuns: 1_000 },
  );
});

test.each(['"', '*a ', '((', '(( )) ', '*', '“x', '"a" ', 'word '])('TN-1 100 KB of %j is split at once', (unit) => {
  const text = unit.repeat(Math.ceil(100_000 / unit.length));
  const began = performance.now();
  splitSegments(text);
  storyText(text);
  expect(performance.now() - began).toBeLessThan(3_000);
});

test('an entity keeps its hue, one of twelve', () => {
  expect(hueOf('mara')).toBe(hueOf('mara'));
  const hues = new Set(Array.from({ length: 500 }, (_, index) => hueOf(`bot-${index}`)));
  expect([...hues].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  // Ids that differ in a letter or two are no nearer than others.
  const alike = Array.from({ length: 200 }, (_, index) => hueOf(`a${index}`) === hueOf(`b${index}`)).filter(Boolean);
  expect(alike.length).toBeLessThan(40);
});

test('IO-1 card macros are honoured in every spelling', () => {
  expect(fillMacros('{{char}} greets {{ User }}; <BOT> <user> {{other}}', { char: 'Mara', user: '$& Ava' })).toBe(
    'Mara greets $& Ava; Mara $& Ava {{other}}',
  );
});

test('WD-6 the present set says who of you, host and guest are there', () => {
  const cast = { personaId: 'you', hostId: 'host', guestId: 'guest' };
  expect(presentSetOf(['you', 'host'], cast)).toBe('you_host');
  expect(presentSetOf(['you', 'host', 'guest'], cast)).toBe('you_host_guest');
  expect(presentSetOf(['host', 'guest'], cast)).toBe('host_guest');
  expect(presentSetOf(['a', 'b', 'c'], cast)).toBe('cast');
  expect(presentIn(undefined, { ...cast, guestId: null })).toEqual(['you', 'host']);
  expect(presentIn({ present: ['host', 'host'] }, cast)).toEqual(['host']);
});
