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
    'We talk. Next morning.',
    'We talk until the lamp burns low. The next morning, at the docks.',
    'I tell her about the wreck. A week later\u2026',
    'We say good night and go.\n\nThe next morning I find her at the quay.',
    'We mend nets. ((brb)) Three days pass.',
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
    'I saw her at the ball. The next morning she was gone.',
    'I have news. Next week the fleet comes home.',
    'See you. Next week.',
    'I sail soon. At dawn.',
    'I will help you. When we arrive, stay behind me.',
    '"We talk. Next morning."',
    '',
  ])('is not: %s', (message) => expect(looksLikeSkip(message)).toBe(false));
});

test.each(['Next morning at ' + 'a'.repeat(200_000), '\n '.repeat(100_000), 'why '.repeat(50_000), `The next morning, ${'in '.repeat(50_000)}`])('OP-8 a long message costs no more than its length (%#)', (message) => {
  const since = performance.now();
  looksLikeSkip(`We talk. ${message}`);
  speaksToo(`We talk. ${message}`);
  expect(performance.now() - since).toBeLessThan(1_000);
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
  ['We talk. Next morning.', false],
  ['Why does the light burn blue?\n\nThe next morning.', true],
])('TN-3 of %s, whether somebody is spoken to: %s', (message, speaks) => {
  expect(speaksToo(message)).toBe(speaks);
});
