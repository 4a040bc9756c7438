import { describe, expect, test } from 'vitest';
import { moveEdge, noteActivity, passMinutes, turnWeather } from '../../src/commands/learning.ts';
import { rememberTold } from '../../src/commands/memories.ts';
import { given } from '../support/given.ts';
import { opening, people } from '../support/harbour.ts';

const reply = { chatId: 'c1', turnId: 't1', clock: '2031-05-06T18:00:00.000Z' };
const edge = { continuityId: 'shared', source: 'mara', target: 'ava' };
const before = [...people, ...opening()];

describe('ED-1 how a turn moves a feeling', () => {
  test('deltas are held to ten either way, and facts are kept once', () => {
    const events = moveEdge(reply, { ...edge, affinity: 40, trust: -12.4, facts: ['Ava is a baker.', ' Ava is a baker. ', ''] }, []);
    const row = given([...before, ...events]).row('edges', 'shared/mara/ava');
    expect(row).toMatchObject({ affinity: 70, trust: 30, knowledge: ['Ava is a baker.'], lastAt: reply.clock });
  });

  test.each([
    ['nothing', { affinity: 0, trust: 0.2, facts: [] }],
    ['what is no number', { affinity: Number.NaN, trust: Number.NaN, facts: ['  '] }],
    ['what was known', { affinity: 0, trust: 0, facts: ['Ava is a baker.'] }],
  ])('%s is no change', (_, move) => {
    expect(moveEdge(reply, { ...edge, ...move }, ['Ava is a baker.'])).toEqual([]);
  });
});

describe('SC-3 minutes', () => {
  test('minutes pass in whole, at most half a day', () => {
    expect(given([...before, ...passMinutes(reply, 9.6)]).row('stages', 'c1')?.clock).toBe('2031-05-06T18:10:00.000Z');
    expect(given([...before, ...passMinutes(reply, 1e9)]).row('stages', 'c1')?.clock).toBe('2031-05-07T06:00:00.000Z');
  });
  test.each([0, -5, Number.NaN, 0.3])('%s minutes are none', (minutes) => expect(passMinutes(reply, minutes)).toEqual([]));
});

test('SC-8 weather that is as it was is no change', () => {
  expect(turnWeather(reply, ' rain ', 'Rain')).toEqual([]);
  expect(given([...before, ...turnWeather(reply, 'Snow', 'Rain')]).row('stages', 'c1')?.weather).toBe('Snow');
});

describe('WD-5 what somebody is seen to do', () => {
  const unseen = { containerId: null, posture: null, action: null, holding: null, attention: null };
  test('only what changed is noted; an empty action ends one', () => {
    const was = given(before).row('activities', 'c1/ava');
    const events = noteActivity(reply, 'ava', { ...unseen, posture: 'standing', action: '', holding: ['a lamp', 'a lamp', ''] }, was);
    expect(events).toHaveLength(1);
    expect(events[0]?.payload).toEqual({ entityId: 'ava', changes: { action: null, holding: ['a lamp'] } });
    expect(given([...before, ...events]).row('activities', 'c1/ava')).toMatchObject({ posture: 'standing', action: null, holding: ['a lamp'] });
  });
  test('what stayed as it was is no change', () => {
    expect(noteActivity(reply, 'ava', { ...unseen, posture: 'standing' }, given(before).row('activities', 'c1/ava'))).toEqual([]);
  });
});

describe('ME-3 what one is told', () => {
  const told = { reply: { ...reply, sceneId: 's1' }, continuityId: 'shared', memoryId: 'm', hearerId: 'mara', tellerId: 'ava', tellerName: 'Ava', reliability: 1 };
  test('is remembered with who said it, a fifth less sure', () => {
    expect(given([...before, ...rememberTold({ ...told, fact: 'The mill burned.' })]).row('memories', 'm')).toMatchObject({
      ownerId: 'mara', kind: 'told', text: 'Ava told me: The mill burned.', source: 'told_by:ava', reliability: 0.8, witnesses: ['ava', 'mara'],
    });
  });
  test('twice removed, it is less sure again', () => {
    const [event] = rememberTold({ ...told, fact: 'The mill burned.', reliability: 0.8 });
    expect(event?.kind === 'memory_written' && event.payload.reliability).toBeCloseTo(0.64);
  });
  test('an empty fact is none', () => expect(rememberTold({ ...told, fact: '  ' })).toEqual([]));
});
