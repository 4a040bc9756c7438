import type { Frame, Row } from '@offstage/domain';
import { describe, expect, it } from 'vitest';
import { memoriesAfter, merged } from '../../src/features/chat/model/memory-list.ts';
import type { DrawerAnswer } from '../../src/features/chat/model/scenery.ts';
import type { ChatState } from '../../src/features/chat/model/state.ts';
import { avatarIn, nameIn, readersOf, stateAfter, stateOf, withDrawer } from '../../src/features/chat/model/state.ts';
import { memoryOf, openOf, turnOf } from './make.ts';

type Commit = Extract<Frame, { type: 'commit' }>;
const commit = (seq: number, rows: Commit['rows'], path: Commit['path'] = []): Commit => ({ type: 'commit', seq, rows, path });

const edge = (affinity: number, trust: number): Row<'edges'> => ({
  continuityId: 'k', source: 'mara', target: 'you', affinity, trust, summary: '', knowledge: [], lastAt: null,
});
const stage = (clock: string): Row<'stages'> => ({ chatId: 'c', clock, anchor: null, weather: '', guestId: null, sceneId: 's1', meanwhileId: null });
const drawer: DrawerAnswer = { stage: stage('2026-03-03T18:00:00Z'), scenes: [], meanwhiles: [], digests: [], containers: [], activities: [], edges: [edge(50, 50)], pins: [], plans: [], threads: [], things: [], groups: [], comings: [] };

function streaming(): ChatState {
  const reply = turnOf({ turnId: 'r', depth: 1, parentId: 't0', status: 'streaming' });
  const open = openOf({ head: 'r', headDepth: 1, turns: [turnOf({ turnId: 't0', depth: 0 }), reply] });
  return withDrawer(stateOf(open), drawer, []);
}
it('TL-8 a turn is hidden from all the bots that witnessed it, and from nobody else', () => {
  const cast = [...openOf().cast, { entityId: 'jon', name: 'Jon', hue: 3, avatar: null, kind: 'bot' as const }];
  expect(readersOf(openOf({ cast }), { witnesses: ['you', 'mara', 'jon'] })).toBe('Mara and Jon');
  expect(readersOf(openOf({ cast }), { witnesses: ['you', 'mara'] })).toBe('Mara');
  expect(readersOf(openOf({ cast }), { witnesses: ['you'] })).toBe('Mara');
});

describe('what stands beside the words', () => {
  it('LV-1 takes in rows of this chat and this continuity, and leaves others', () => {
    let state = streaming();
    const activity = { chatId: 'c', entityId: 'mara', containerId: null, slot: '', posture: 'leaning', action: null, attention: '', holding: [], status: {} };
    state = stateAfter(
      state,
      commit(11, [
        { p: 'activities', key: 'c/mara', row: activity },
        { p: 'activities', key: 'd/mara', row: { ...activity, chatId: 'd', posture: 'asleep' } },
        { p: 'edges', key: 'other/mara/you', row: { ...edge(1, 1), continuityId: 'other' } },
        { p: 'pins', key: 'k/mara', row: { ownerId: 'mara', continuityId: 'k', pins: [], held: [] } },
        { p: 'stages', key: 'd', row: { ...stage('2030-01-01T00:00:00Z'), chatId: 'd' } },
      ]),
    );
    expect(state.scenery?.activities.get('mara')?.posture).toBe('leaning');
    expect(state.scenery?.edges.get('mara>you')?.affinity).toBe(50);
    expect(state.scenery?.pins.has('mara')).toBe(true);
    expect(state.scenery?.stage?.clock).toBe('2026-03-03T18:00:00Z');
    state = stateAfter(state, commit(12, [{ p: 'activities', key: 'c/mara', row: null }, { p: 'pins', key: 'k/mara', row: null }, { p: 'scenes', key: 'nowhere', row: null }]));
    expect(state.scenery?.activities.size).toBe(0);
    expect(state.scenery?.pins.size).toBe(0);
  });

  it('TL-4 follows a rewind', () => {
    const state = stateAfter(streaming(), commit(12, [{ p: 'edges', key: 'k/mara/you', row: edge(40, 40) }], [{ chatId: 'c', head: 't0', headDepth: 0, meetDepth: 0 }]));
    expect(state.scenery?.edges.get('mara>you')?.affinity).toBe(40);
  });

  it('LV-2 a commit that came while the drawer was read is not lost', () => {
    const state = withDrawer(streaming(), drawer, [commit(11, [{ p: 'edges', key: 'k/mara/you', row: edge(70, 70) }])]);
    expect(state.scenery?.edges.get('mara>you')?.affinity).toBe(70);
  });

  it('LV-1 follows names, pictures and the title', () => {
    const before = streaming();
    const bot = { botId: 'mara', name: 'Mara Vane', avatar: 'f1' } as Row<'bots'>;
    const persona = { personaId: 'you', name: 'Anne' } as Row<'personas'>;
    const state = stateAfter(before, commit(11, [
      { p: 'bots', key: 'mara', row: bot },
      { p: 'personas', key: 'you', row: persona },
      { p: 'chats', key: 'c', row: { ...before.open.chat, title: 'Twice' } },
    ]));
    expect([nameIn(state.open, 'mara'), nameIn(state.open, 'you'), nameIn(state.open, null)]).toEqual(['Mara Vane', 'Anne', 'Someone']);
    expect(avatarIn(state.open, 'mara')).toBe('f1');
    expect(avatarIn(state.open, 'you')).toBeNull();
    expect(state.open.chat.title).toBe('Twice');
  });
});

describe('a list of memories', () => {
  const rows = [memoryOf({ memoryId: 'b', bornSeq: 9 }), memoryOf({ memoryId: 'a', bornSeq: 5 })];

  it('ME-9 stands newest first, and a page goes behind it without doubles', () => {
    expect(merged(null, rows.toReversed()).map((row) => row.memoryId)).toEqual(['b', 'a']);
    const older = [memoryOf({ memoryId: 'a', bornSeq: 5, text: 'old' }), memoryOf({ memoryId: 'z', bornSeq: 2 })];
    const both = merged(rows, older);
    expect(both.map((row) => row.memoryId)).toEqual(['b', 'a', 'z']);
    expect(both[1]?.text).not.toBe('old');
  });

  it('LV-1 follows what is written, changed and undone', () => {
    const told = (row: Row<'memories'> | null, key: string) => memoriesAfter(rows, commit(12, [{ p: 'memories', key, row }]), 'mara', 'k', false);
    expect(told(memoryOf({ memoryId: 'c', bornSeq: 12 }), 'c').map((row) => row.memoryId)).toEqual(['c', 'b', 'a']);
    expect(told(memoryOf({ memoryId: 'b', bornSeq: 9, text: 'new' }), 'b')[0]?.text).toBe('new');
    expect(told(null, 'b').map((row) => row.memoryId)).toEqual(['a']);
    expect(told(memoryOf({ memoryId: 'x', bornSeq: 1 }), 'x')).toHaveLength(2);
    expect(told(memoryOf({ memoryId: 'x', bornSeq: 20, ownerId: 'joe' }), 'x')).toHaveLength(2);
    expect(memoriesAfter(rows, commit(12, []), 'mara', 'k', false)).toBe(rows);
  });
});
