import { expect, test } from 'vitest';
import { draftFrom, formOf, sceneLine } from '../../src/features/kickoff/form.ts';
import { affinityInWords, trustInWords } from '../../src/lib/feelings.ts';

const draft = {
  title: 'The harbour',
  place: { name: 'The quay', type: 'harbour', description: 'Wet stones.' },
  clock: '2026-03-05T18:30:00.000Z',
  anchor: null,
  weather: 'fog',
  you: { posture: 'standing', action: 'waiting', holding: ['a lamp', 'a letter'] },
  bot: { posture: 'sitting', action: '', holding: [] },
  edge: { affinity: 50, trust: 50, summary: '' },
  greeting: null,
  prose: 'Evening.',
};

test('SC-1 an opening that is confirmed unchanged is the one that was read', () => {
  expect(draftFrom(formOf(draft), draft)).toEqual(draft);
});

test('SC-1 what is corrected by hand is what is written', () => {
  const form = { ...formOf(draft), when: '0812-12-24T09:05', anchor: 'Day 1', greeting: 'Well?' };
  const changed = draftFrom({ ...form, bot: { ...form.bot, holding: ' rope,, hook ' } }, draft);
  expect(changed.clock).toBe('0812-12-24T09:05:00.000Z');
  expect(changed.anchor).toBe('Day 1');
  expect(changed.greeting).toBe('Well?');
  expect(changed.bot.holding).toEqual(['rope', 'hook']);
});

test('SC-1 a time that is cleared stays as it was read', () => {
  expect(draftFrom({ ...formOf(draft), when: '' }, draft).clock).toBe(draft.clock);
});

test('SC-1 the scene is announced in one line', () => {
  expect(sceneLine(formOf(draft))).toBe('The quay · Thursday, 18:30 · fog');
  expect(sceneLine({ ...formOf(draft), weather: ' ', when: '' })).toBe('The quay');
});

test('WD-7 values are said in words, from end to end', () => {
  expect([0, 50, 100].map(affinityInWords)).toEqual(['hostile', 'neither warm nor cold', 'devoted']);
  expect([0, 50, 100].map(trustInWords)).toEqual(['none at all', 'not sure yet', 'without reserve']);
});
