import { expect, test } from 'vitest';
import { draftOf, readDraft } from '../../src/features/chat/chat-note/draft.ts';

const none = { note: null, sampler: null, passesOff: null };

test('PR-7 what a chat sets comes through the form as it was', () => {
  const tuned = { note: { text: 'Slowly.', depth: 3 }, sampler: { temperature: 0.7, maxTokens: 400 }, passesOff: ['scene' as const] };
  expect(readDraft(draftOf(tuned))).toEqual({ tuning: tuned });
  expect(readDraft(draftOf(none))).toEqual({ tuning: none });
});

test('PR-7 a number out of bounds names its field', () => {
  const draft = draftOf(none);
  const typed = (sampler: Partial<typeof draft.sampler>) => readDraft({ ...draft, sampler: { ...draft.sampler, ...sampler } });
  expect(typed({ temperature: '9' })).toMatchObject({ field: 'temperature' });
  expect(typed({ temperature: 'warm' })).toMatchObject({ field: 'temperature' });
  expect(typed({ maxTokens: '1.5' })).toMatchObject({ field: 'maxTokens' });
  expect(typed({ topP: '0' })).toEqual({ tuning: { ...none, sampler: { topP: 0 } } });
  expect(readDraft({ ...draft, depth: '-1' })).toMatchObject({ field: 'depth' });
});
