import { describe, expect, test } from 'vitest';
import type { NewEvent } from '../../src/catalogue.ts';
import { inTurn } from '../../src/catalogue.ts';
import { setEdge } from '../../src/commands/edgeEdits.ts';
import { setActivity, setAnchor, setClock, setPlace, setWeather } from '../../src/commands/edits.ts';
import { undoEdit } from '../../src/commands/undoEdit.ts';
import { given, logged } from '../support/given.ts';
import { opening, people, standing } from '../support/harbour.ts';

const base = [...people, ...opening()];
const edge = { continuityId: 'shared', source: 'mara', target: 'ava' };

/** What undoing an edit decides, after what came between. */
function undone(edit: readonly NewEvent[], between: readonly NewEvent[] = [], before = base): NewEvent[] {
  const all = [...before, ...edit, ...between];
  const at = logged(all).slice(before.length, before.length + edit.length);
  return undoEdit(at, standing(all), given(all));
}

/** An edit of something that is there. */
const edits: readonly (readonly [what: string, edit: (events: readonly NewEvent[]) => NewEvent[], again: NewEvent])[] = [
  ['SC-3 the clock', (events) => setClock(standing(events), '2031-05-07T09:00:00Z'), inTurn('c1', 't1', 'clock_advanced', { minutes: 5 })],
  ['WD-3 what the clock means', (events) => setAnchor(standing(events), 'Day 2'), inTurn('c1', 't1', 'clock_set', { clock: null, anchor: 'Day 9' })],
  ['SC-8 the weather', (events) => setWeather(standing(events), 'Snow'), inTurn('c1', 't1', 'weather_set', { weather: 'Hail' })],
  [
    'WD-4 a place',
    (events) => setPlace(standing(events), given(events).row('containers', 'harbour'), { name: 'The old quay', public: false }),
    inTurn('c1', 't1', 'container_changed', { containerId: 'harbour', changes: { public: true, name: 'Nowhere' } }),
  ],
  [
    'WD-5 what somebody does',
    (events) => setActivity(standing(events), given(events).row('activities', 'c1/ava'), { entityId: 'ava', changes: { posture: 'kneeling', holding: ['a lamp', ' ', 'a lamp'] } }),
    inTurn('c1', 't1', 'activity_set', { entityId: 'ava', changes: { posture: 'running' } }),
  ],
  [
    'ED-4 how one stands to another',
    (events) => setEdge(standing(events), given(events).row('edges', 'shared/mara/ava'), { source: 'mara', target: 'ava', changes: { affinity: 12, trust: 90, summary: ' A rival. ' } }),
    inTurn('c1', 't1', 'edge_update', { ...edge, affinity: 3, trust: 0, facts: [], at: null }),
  ],
];

describe.each(edits)('%s', (_what, edit, again) => {
  const rowsOf = (events: readonly NewEvent[]) => {
    const { row } = given(events);
    return [row('stages', 'c1'), row('containers', 'harbour'), row('activities', 'c1/ava'), row('edges', 'shared/mara/ava')];
  };

  test('is set by one event that hangs from where the chat stands and keeps what was', () => {
    const events = edit(base);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ chatId: 'c1', turnId: 't1' });
    expect(events[0]?.payload).toHaveProperty('prior');
    expect(rowsOf([...base, ...events])).not.toEqual(rowsOf(base));
  });

  test('set to what it is changes nothing', () => {
    expect(edit([...base, ...edit(base)])).toEqual([]);
  });

  test('ED-4 undone, everything is as it was, and that can be undone as well', () => {
    const events = edit(base);
    const back = undone(events);
    const all = [...base, ...events, ...back];
    expect(rowsOf(all)).toEqual(rowsOf(base));
    expect(rowsOf([...all, ...undone(back, [], [...base, ...events])])).toEqual(rowsOf([...base, ...events]));
  });

  test('ED-4 undone twice, the second changes nothing', () => {
    const events = edit(base);
    expect(undone(events, undone(events))).toEqual([]);
  });

  test('ED-4 changed again since, the undo is refused', () => {
    expect(() => undone(edit(base), [again])).toThrow(expect.objectContaining({ code: 'already_done', message: expect.stringContaining('changed again since') }));
  });
});

test('WD-5 somebody of whom nothing was known is idle again after the undo', () => {
  const bare = base.filter((event) => event.kind !== 'activity_set');
  const events = setActivity(standing(bare), undefined, { entityId: 'mara', changes: { action: { verb: 'reading', interruptible: true, attention: 'medium', expectedMinutes: null } } });
  const back = undone(events, [], bare);
  expect(given([...bare, ...events, ...back]).row('activities', 'c1/mara')).toMatchObject({ posture: '', action: null, holding: [] });
});

test('WD-5 an action without a word is none; texts are tidied', () => {
  const events = setActivity(standing(base), given(base).row('activities', 'c1/ava'), {
    entityId: 'ava',
    changes: { posture: '  on one knee\u0000 ', action: { verb: ' ', interruptible: true, attention: 'low', expectedMinutes: null } },
  });
  expect(events[0]?.payload).toMatchObject({ changes: { posture: 'on one knee', action: null }, prior: { posture: 'standing' } });
});

test('WD-5 what is not of this story is refused by name', () => {
  const refusal = (fields: string[]) => expect.objectContaining({ code: 'not_found', fields });
  const state = standing(base);
  const elsewhere = { ...given(base).row('containers', 'harbour')!, chatId: 'c9' };
  expect(() => setActivity(state, undefined, { entityId: 'nobody', changes: { posture: 'x' } })).toThrow(refusal(['entityId']));
  expect(() => setActivity(state, undefined, { entityId: 'ava', changes: { containerId: 'k9' } })).toThrow(refusal(['containerId']));
  expect(() => setActivity(state, undefined, { entityId: 'ava', changes: { containerId: 'harbour' }, place: elsewhere })).toThrow(refusal(['containerId']));
  expect(() => setPlace(state, undefined, { name: 'x' })).toThrow(refusal(['containerId']));
  expect(() => setPlace(state, elsewhere, { name: 'x' })).toThrow(refusal(['containerId']));
  expect(() => setPlace(state, given(base).row('containers', 'harbour'), { name: ' ' })).toThrow(expect.objectContaining({ code: 'invalid', fields: ['name'] }));
  expect(() => setEdge(state, undefined, { source: 'mara', target: 'nobody', changes: { trust: 1 } })).toThrow(refusal(['target']));
  expect(() => setEdge(state, undefined, { source: 'mara', target: 'mara', changes: { trust: 1 } })).toThrow(expect.objectContaining({ code: 'invalid' }));
  expect(() => setWeather({ ...state, chat: undefined }, 'x')).toThrow(refusal(['chatId']));
});

test('ED-4 facts that are known can be corrected, each once', () => {
  const knows = [...base, inTurn('c1', 't1', 'edge_update', { ...edge, affinity: 0, trust: 0, facts: ['Fears water', 'Is late'], at: null })];
  const events = setEdge(standing(knows), given(knows).row('edges', 'shared/mara/ava'), { source: 'mara', target: 'ava', changes: { knowledge: ['Fears water', ' Fears water', 'Was late once'] } });
  expect(events[0]?.payload).toMatchObject({ changes: { knowledge: ['Fears water', 'Was late once'] }, prior: { knowledge: ['Fears water', 'Is late'] } });
});

test('WD-3 a meaning that is taken away is none', () => {
  const all = [...base, ...setAnchor(standing(base), '  ')];
  expect(given(all).row('stages', 'c1')).toMatchObject({ anchor: null, clock: '2031-05-06T18:00:00.000Z' });
});

test('TL-4 an edit goes with the turn it hangs from', () => {
  const later = [...base, inTurn('c1', 't2', 'user_turn', { parentId: 't1', depth: 2, speakerId: 'ava', addresseeId: 'mara', sceneId: 's1', witnesses: ['ava', 'mara'], clock: null, text: 'Hello.' })];
  const [event] = setWeather(standing(later), 'Snow');
  expect(event?.turnId).toBe('t2');
});

test('ED-4 what no hand did cannot be undone here', () => {
  const refused = expect.objectContaining({ code: 'invalid' });
  const all = logged(base);
  expect(() => undoEdit(all, standing(base), given(base))).toThrow(refused);
  expect(() => undoEdit([], standing(base), given(base))).toThrow(refused);
  // The kickoff's own weather keeps nothing from before.
  expect(() => undoEdit(all.filter((event) => event.kind === 'weather_set'), standing(base), given(base))).toThrow(refused);
  expect(() => undoEdit(all.filter((event) => event.kind === 'chat_created'), standing(base), given(base))).toThrow(refused);
  const events = setWeather(standing(base), 'Snow');
  const [edit] = logged([...base, ...events]).slice(-1);
  expect(() => undoEdit([{ ...edit!, chatId: 'c9' }], standing(base), given(base))).toThrow(refused);
  expect(() => undoEdit([{ ...edit!, actor: 'engine' }], standing(base), given(base))).toThrow(refused);
});
