import { expect, test } from 'vitest';
import { draftOf, emptyDraft, identityOf, readDraft, sameDraft } from '../../src/features/bots/draft.ts';

test('WD-2 voice samples are parted by a line of ---, traits by commas', () => {
  const identity = identityOf({ ...emptyDraft, name: 'Mara', voiceSamples: 'One.\n\n---\nTwo --- still two.\n----\n\n', traits: 'dry,  kind ,, \nlate' });
  expect(identity.voiceSamples).toEqual(['One.', 'Two --- still two.']);
  expect(identity.traits).toEqual(['dry', 'kind', 'late']);
});

test('WD-2 a bot that is opened and saved unchanged is the same bot', () => {
  const bot = {
    name: 'Mara',
    persona: 'A harbour pilot.',
    voiceSamples: ['"Aye."\n*spits*', 'No.'],
    traits: ['dry', 'kind'],
    backstory: '',
    relationship: 'Old friends.',
    kickoff: 'The quay.',
    avatar: 'file-1',
    tags: ['sea'],
    greeting: 'Well.',
    alternateGreetings: ['Late again.'],
    exampleDialogue: '',
    creatorNotes: 'n',
    model: { endpointId: 'ollama', model: 'some:7b' },
    bigFive: { openness: 0.8, conscientiousness: 0.1, extraversion: 0.5, agreeableness: 0.5, neuroticism: 0.2 },
  };
  expect(identityOf(draftOf(bot))).toEqual(bot);
});

test('WD-2 empty other greetings are dropped', () => {
  expect(identityOf({ ...emptyDraft, alternateGreetings: ['', 'Hello.', '  '] }).alternateGreetings).toEqual(['Hello.']);
});

test('LV-5 a kept draft comes back, whatever shape it was kept in', () => {
  const draft = { ...emptyDraft, name: 'Mara', alternateGreetings: ['Hm.'] };
  expect(readDraft(JSON.stringify(draft))).toEqual(draft);
  expect(sameDraft(draft, emptyDraft)).toBe(false);
  expect(readDraft(JSON.stringify({ name: 7, alternateGreetings: 'x', other: 1 }))).toEqual(emptyDraft);
  const temper = { openness: 1, conscientiousness: 0, extraversion: 0.5, agreeableness: 0.5, neuroticism: 0.5 };
  expect(readDraft(JSON.stringify({ bigFive: { ...temper, agreeableness: 7 } }))?.bigFive).toEqual(temper);
  expect(readDraft('not json')).toBeUndefined();
  expect(readDraft('null')).toBeUndefined();
  expect(readDraft(undefined)).toBeUndefined();
});
