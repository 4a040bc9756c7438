import { describe, expect, it } from 'vitest';
import type { LogEvent, NewEvent } from '../src/catalogue.ts';
import { declarationOf, inTurn } from '../src/catalogue.ts';
import type { Actor } from '../src/event.ts';
import { courseOf, outcomeOf, trailOf } from '../src/explain.ts';
import { given } from './support/given.ts';
import { opening, people } from './support/harbour.ts';

const pair = { continuityId: 'k', source: 'mara', target: 'ava' };
const clock = '2031-05-06T18:00:00.000Z';

function log(events: readonly (NewEvent | [Actor, NewEvent])[]): LogEvent[] {
  return events.map((told, index) => {
    const [actor, event]: [Actor, NewEvent] = 'kind' in told ? ['engine', told] : told;
    return { ...event, seq: index + 1, id: `e${index}`, version: declarationOf(event.kind).version, commandId: 'c', actor, at: clock } as LogEvent;
  });
}

const seed = (affinity: number): NewEvent => inTurn('c1', 't0', 'edge_seeded', { ...pair, affinity, trust: 40, summary: 'A stranger.', knowledge: [] });
const move = (turnId: string, affinity: number, facts: string[] = []): NewEvent =>
  inTurn('c1', turnId, 'edge_update', { ...pair, affinity, trust: 0, facts, at: clock });

describe('how an edge came to be what it is', () => {
  it('ED-3 lists what moved it, from its seed on, with the values as they stood', () => {
    const { start, steps } = courseOf(log([seed(60), move('t1', 3, ['Bakes.']), move('t2', -5)]));
    expect(start).toEqual({ affinity: 60, trust: 40, summary: 'A stranger.', seeded: true });
    expect(steps.map(({ turnId, affinity, affinityBy, learned }) => [turnId, affinity, affinityBy, learned])).toEqual([
      ['t1', 63, 3, ['Bakes.']],
      ['t2', 58, -5, []],
    ]);
  });

  it('ED-3 ends where the row itself stands, past the ends of the scale and past a hand', () => {
    const edge = { ...pair, continuityId: 'shared' };
    const moves = [
      inTurn('c1', 't1', 'edge_update', { ...edge, affinity: 45, trust: 0, facts: [], at: clock }),
      inTurn('c1', 't1', 'edge_edited', { ...edge, changes: { trust: 0, knowledge: [] }, prior: {} }),
      inTurn('c1', 't1', 'edge_update', { ...edge, affinity: -4, trust: -7, facts: ['Lies.'], at: clock }),
      inTurn('c1', 't1', 'edge_summarized', { ...edge, summary: 'Not to be believed.', prior: 'A stranger.' }),
    ];
    const events = [...people, ...opening(), ...moves];
    const row = given(events).row('edges', 'shared/mara/ava');
    const touching = events.filter(({ kind, payload }) => kind.startsWith('edge_') && 'source' in payload && payload.source === 'mara');
    const { steps } = courseOf(log(touching));
    expect(row).toMatchObject({ affinity: 96, trust: 0 });
    expect(steps.at(-1)).toMatchObject({ affinity: row?.affinity, trust: row?.trust, summary: row?.summary });
    expect(steps.map(({ affinityBy, trustBy }) => [affinityBy, trustBy])).toEqual([[40, 0], [0, -40], [-4, 0], [0, 0]]);
  });

  it('ED-3 the last steps alone, reckoned back from the row, are those of the whole course', () => {
    const moves = [
      ...Array.from({ length: 30 }, (_, n) => inTurn('c1', 't1', 'edge_update', { ...pair, continuityId: 'shared', affinity: (n % 5) - 2, trust: 1, facts: n % 7 === 0 ? [`fact ${n}`] : [], at: clock })),
      inTurn('c1', 't1', 'edge_summarized', { ...pair, continuityId: 'shared', summary: 'Fond.', prior: 'A stranger.' }),
      inTurn('c1', 't1', 'edge_edited', { ...pair, continuityId: 'shared', changes: { trust: 12, knowledge: ['fact 7'] }, prior: { trust: 70, knowledge: ['fact 0', 'fact 7', 'fact 14', 'fact 21', 'fact 28'] } }),
    ];
    const events = [...people, ...opening(), ...moves];
    const touching = log(events.filter(({ kind, payload }) => kind.startsWith('edge_') && 'source' in payload && payload.source === 'mara'));
    const row = given(events).row('edges', 'shared/mara/ava')!;
    expect(trailOf(row, touching.slice(-10))).toEqual(courseOf(touching).steps.slice(-trailOf(row, touching.slice(-10)).length));
    expect(trailOf(row, touching.slice(-10)).at(-1)).toMatchObject({ trustBy: -58, forgotten: ['fact 0', 'fact 14', 'fact 21', 'fact 28'] });
  });

  it('ED-3 a second seed, or what changed nothing, is no step', () => {
    const again = inTurn('c2', 'u0', 'edge_seeded', { ...pair, affinity: 1, trust: 1, summary: 'No.', knowledge: [] });
    expect(courseOf(log([seed(100), again, move('t1', 5)])).steps).toEqual([]);
  });

  it('ED-3 an edge that was never seeded began in the middle', () => {
    const { start, steps } = courseOf(log([['person', move('t1', 4, ['Bakes.'])]]));
    expect(start).toMatchObject({ affinity: 50, trust: 50, seeded: false });
    expect(steps).toMatchObject([{ affinity: 54, affinityBy: 4, learned: ['Bakes.'], byHand: true, clock }]);
  });
});

describe('what a turn changed', () => {
  const written = (memoryId: string): NewEvent =>
    inTurn('c1', 't1', 'memory_written', {
      memoryId, ownerId: 'mara', continuityId: 'k', kind: 'turn', text: 'Hello.', witnesses: [], clock, sceneId: 's1', aboutTurnId: 't1', source: 'direct', reliability: 1, significance: 1, quotes: [],
    });
  const memory = { memoryId: 'm', ownerId: 'mara', continuityId: 'k' };

  it('UI-3 says what its events say, in their order, and whether it is done', () => {
    const { settled, changes } = outcomeOf(log([
      written('m'),
      inTurn('c1', 't1', 'memory_scored', { ...memory, significance: 2, by: 'pass' }),
      move('t1', 3, ['Bakes.']),
      inTurn('c1', 't1', 'clock_advanced', { minutes: 6 }),
      inTurn('c1', 't1', 'weather_set', { weather: 'Fog' }),
      inTurn('c1', 't1', 'activity_set', { entityId: 'mara', changes: { posture: 'sitting' } }),
      inTurn('c1', 't1', 'scene_closed', { sceneId: 's1', endedAt: clock, significance: 1 }),
      inTurn('c1', 't1', 'scene_opened', { sceneId: 's2', containerId: 'pier', startedAt: clock, participants: [], presentSet: 'you_host', parentSceneId: null }),
      inTurn('c1', 't1', 'edge_summarized', { ...pair, summary: 'Kind.', prior: '' }),
      inTurn('c1', 't1', 'passes_settled', {}),
    ]));
    expect(settled).toBe(true);
    expect(changes.map(({ what }) => what)).toEqual(['memory', 'feeling', 'minutes', 'weather', 'doing', 'sceneClosed', 'sceneOpened', 'view']);
    expect(changes[0]).toMatchObject({ significance: 2, byHand: false });
  });

  it('UI-3 tells a hand from the turn, and leaves out what was deleted again', () => {
    const { settled, changes } = outcomeOf(log([
      written('m'),
      written('n'),
      ['person', inTurn('c1', 't1', 'memory_deleted', memory)],
      ['person', inTurn('c1', 't1', 'clock_set', { clock, anchor: null })],
    ]));
    expect(settled).toBe(false);
    expect(changes).toMatchObject([{ what: 'memory', memoryId: 'n', byHand: false }, { what: 'clock', byHand: true }]);
  });
});
