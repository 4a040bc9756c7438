import { describe, expect, test } from 'vitest';
import { answerPart } from '../src/rehearsal/parts.ts';
import { readPrompt } from '../src/rehearsal/prompt.ts';
import { asksTransition, transition } from '../src/rehearsal/transition.ts';

const asked = (kind: 'jump' | 'elision', skipped: string, now: string, between = '') =>
  readPrompt([
    { role: 'system', content: kind === 'jump' ? 'The story leaps ahead in time.' : 'Something that is going on is skipped, to its end.' },
    {
      role: 'user',
      content: [`# Present\nAda, Mara`, `# The scene\nPlace: The lamp room. High up.\nIt is now: ${now}`, ...(between === '' ? [] : [`# In between\n${between}`]), `# What to skip\n${skipped}`].join('\n\n'),
    },
  ]);

describe('MO-2 the rehearsal model tells skips', () => {
  test('a leap in two or three sentences that fit the hour, the same for the same prompt', () => {
    const prompt = asked('jump', 'next morning', 'Wednesday, 6 October 1889 at 08:00', 'They mended the lamp.');
    expect(asksTransition(prompt)).toBe(true);
    const told = transition(prompt, 0);
    expect(told).toBe(transition(prompt, 0));
    expect(told).toMatch(/light|Morning/);
    expect(told).toContain('The lamp room');
    expect(told.match(/[.]/g)?.length).toBe(3);
  });

  test('an elision in two, by what is left out', () => {
    expect(transition(asked('elision', 'Skip to when we arrive.', 'Tuesday, 5 October 1889 at 20:00'), 0)).toMatch(/there|before them/);
    expect(transition(asked('elision', 'Skip the speech.', ''), 0)).not.toMatch(/there\.|before them/);
  });

  test('a reply in character is no skip', () => {
    expect(asksTransition(readPrompt([{ role: 'system', content: 'You are Mara.' }, { role: 'user', content: 'Skip it.' }]))).toBe(false);
  });

  test('SC-5 what went on in between becomes a memory of each bot, and moves them', () => {
    const content = [
      '# Present\nAda (the person), Mara, Jon',
      '# The turn\nGrey light came.',
      '# What to note\n- notable: the story has leapt ahead, from then to now. The writer says of the time in between: "Mara and Jon mended Mara\'s lamp together in the fog.". memories has for each of Mara, Jon what',
    ].join('\n\n');
    const { notable } = answerPart('passes', { properties: { notable: {} } }, readPrompt([{ role: 'user', content }])) as {
      notable: { memories: { owner: string; text: string }[]; moves: { from: string; to: string; affinity: number }[]; weather: string | null };
    };
    expect(notable.memories).toEqual([
      { owner: 'Mara', text: 'I and Jon mended my lamp together in the fog.' },
      { owner: 'Jon', text: "Mara and I mended Mara's lamp together in the fog." },
    ]);
    expect(notable.moves).toContainEqual({ from: 'Mara', to: 'Jon', affinity: 3, trust: 2, facts: [] });
    expect(notable.weather).toBe('Fog');
  });
});
