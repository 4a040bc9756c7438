import { describe, expect, test } from 'vitest';
import { looksLikeSkip, speaksToo } from '../src/intent.ts';

describe('TN-2 what looks like a skip', () => {
  test.each([
    'Skip to when we arrive.',
    'Let\u2019s skip ahead to the harbour.',
    '*The next morning, she wakes late.*',
    'The next morning',
    'A week later, the letter comes.',
    '*Three hours pass.* "Well?"',
    '*She sleeps. Later that night the wind rises.*',
    'fade out, skip to morning',
    '*Time passes.*',
    'When we arrive, I knock.',
    '/skip to noon'.slice(1),
  ])('%s', (message) => expect(looksLikeSkip(message)).toBe(true));

  test.each([
    'Good evening.',
    'See you the next morning, then.',
    '"The next morning I was gone," she says.',
    '"A week later he wrote to me."',
    'I skipped breakfast.',
    'She told me that a week later he wrote.',
    '*He looks at the clock.* "Two hours later than usual."',
    '((skip ahead?)) Hello.',
    'What happened the next morning?',
    'By the way, have you seen Jon?',
    'Do you remember the next day?',
    '',
  ])('is not: %s', (message) => expect(looksLikeSkip(message)).toBe(false));
});

test.each([
  ['"Good night, Mara." *The next morning.*', true],
  ['*The next morning.* Are you up, Mara?', true],
  ['Skip to the morning. "Are you up?"', true],
  ['*The next morning.*', false],
  ['Skip to when we arrive.', false],
  ['*Fade out, skip to morning.*', false],
  ['Fade out. *Skip to morning.*', false],
  ['*The next morning.* ((Are you there?))', false],
  ['*The next morning.* ...', false],
])('TN-3 of %s, whether somebody is spoken to: %s', (message, speaks) => {
  expect(speaksToo(message)).toBe(speaks);
});
