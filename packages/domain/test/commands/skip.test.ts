import { describe, expect, test } from 'vitest';
import type { NewEvent } from '../../src/catalogue.ts';
import { interject } from '../../src/commands/interject.ts';
import { endReply } from '../../src/commands/reply.ts';
import { startSkip } from '../../src/commands/skip.ts';
import type { StartSkip } from '../../src/commands/skip.ts';
import { given } from '../support/given.ts';
import { opening, people, standing } from '../support/harbour.ts';

const story: readonly NewEvent[] = [...people, ...opening()];
const wanted: StartSkip = {
  head: 't1', plan: { mode: 'jump', asked: 'next morning', to: '2031-05-07T08:00:00.000Z', closes: false }, words: '', notable: '', model: 'm', question: undefined,
  significance: 0, userTurnId: 'u', skipTurnId: 'k', nextSceneId: 's2',
};
const skipped = (changes: Partial<StartSkip> = {}): NewEvent[] => [...story, ...startSkip(standing(story), { ...wanted, ...changes })];
const ended = (events: readonly NewEvent[], text: string) =>
  given([...events, ...endReply(given(events).row('turns', 'k'), { text, truncated: text === '', finishReason: text === '' ? 'lost' : 'stop', usage: null, problem: null })]).row('turns', 'k');

describe('SC-7 the words of a skip', () => {
  test('are those that came; where none did, a plain sentence with the new time, and nothing is cut off', () => {
    expect(ended(skipped(), ' Gulls went by. ')).toMatchObject({ kind: 'skip', status: 'whole', text: 'Gulls went by.', truncated: false, finishReason: 'stop' });
    expect(ended(skipped(), '')).toMatchObject({ text: 'Time passes. It is Wednesday, 7 May 2031 at 08:00.', truncated: false, finishReason: 'written' });
  });
});

describe('SC-6 a skip that ends the scene', () => {
  test('ends it at the old time, and opens the next at the new', () => {
    const closing = skipped({ plan: { ...wanted.plan, closes: true }, words: '*Fade out. The next morning.*' });
    expect(given(closing).row('scenes', 's1')).toMatchObject({ closed: true, endedAt: '2031-05-06T18:00:00.000Z' });
    expect(given(closing).row('scenes', 's2')).toMatchObject({ closed: false, startedAt: '2031-05-07T08:00:00.000Z' });
    expect(given(closing).row('stages', 'c1')).toMatchObject({ sceneId: 's2', clock: '2031-05-07T08:00:00.000Z' });
  });
});

test('TN-3 who answers after a skip does so in the scene to which it led; who breaks in would not', () => {
  const told = skipped({ plan: { ...wanted.plan, closes: false }, words: 'Mara? *The next morning.*' });
  const whole = [...told, ...endReply(given(told).row('turns', 'k'), { text: 'Gulls.', truncated: false, finishReason: 'stop', usage: null, problem: null })];
  const elsewhere = { ...standing(whole), scene: { ...given(whole).rows('scenes')[0], sceneId: 's9' } as ReturnType<typeof standing>['scene'] };
  const turn = (answers: boolean) => interject(elsewhere, { replyId: 'k', botId: 'mara', addresseeId: 'ava', answers, model: 'm', turnId: 'r' }).map(({ kind }) => kind);
  expect(turn(true)).toEqual(['interjection_settled', 'assistant_turn_started']);
  expect(turn(false)).toEqual(['interjection_settled']);
});
