import { describe, expect, it } from 'vitest';
import type { AskChanges, ExplainedTurn, TurnChange } from '../../src/features/chat/model/changes.ts';
import { ChangeBook, changeLine } from '../../src/features/chat/model/changes.ts';
import type { Commit, SessionView } from '../../src/features/chat/model/session.ts';
import { stateOf } from '../../src/features/chat/model/state.ts';
import { memoryOf, openOf, turnOf } from './make.ts';

const names = new Map([['mara', 'Mara'], ['you', 'Ann'], ['jon', 'Jon']]);
const places = new Map([['pier', 'The pier']]);
const line = (...changes: TurnChange[]): string | undefined => changeLine({ turnId: 't', settled: true, changes }, { names, places }, 'you');

const feeling = (told: Partial<Extract<TurnChange, { what: 'feeling' }>> = {}): TurnChange => ({
  what: 'feeling', byHand: false, source: 'mara', target: 'you', affinity: 3, trust: 1, facts: [], ...told,
});
const memory = (told: Partial<Extract<TurnChange, { what: 'memory' }>> = {}): TurnChange => ({
  what: 'memory', byHand: false, memoryId: 'm', ownerId: 'mara', kind: 'turn', text: 'Hello.', significance: 1, ...told,
});
const minutes = (count: number): TurnChange => ({ what: 'minutes', byHand: false, minutes: count });

describe('what a reply changed, in one line', () => {
  it('LOOK says feelings, what will be remembered, and the time', () => {
    expect(line(memory({ significance: 2 }), feeling(), minutes(6))).toBe('Mara: affinity +3, trust +1 \u00B7 will remember this \u00B7 6 minutes pass');
    expect(line(memory({ significance: 3 }), minutes(1))).toBe('Mara will never forget this \u00B7 1 minute passes');
    expect(line(feeling({ affinity: 0, trust: -8 }))).toBe('Mara: trust \u22128');
  });

  it('LOOK says nothing of a plain exchange', () => {
    expect(line(memory(), minutes(3), { what: 'doing', byHand: false, entityId: 'mara', changes: { posture: 'sitting' } })).toBeUndefined();
    expect(line()).toBeUndefined();
    expect(line(memory(), minutes(15))).toBe('15 minutes pass');
  });

  it('LOOK says who was told what kind of thing, and what was learned about whom', () => {
    expect(line(feeling({ affinity: 0, trust: 0, facts: ['Bakes.'] }))).toBe('Mara learns something about you');
    expect(line(feeling({ target: 'jon', affinity: -2, trust: 0 }), memory({ kind: 'told' }))).toBe('Mara towards Jon: affinity \u22122 \u00B7 is told something');
    expect(line(feeling({ source: 'you', target: 'mara' }), memory({ ownerId: 'mara', significance: 2 }))).toBe('Ann towards Mara: affinity +3, trust +1 \u00B7 Mara will remember this');
  });

  it('LOOK says where the scene goes on, and what the weather does', () => {
    const closed: TurnChange = { what: 'sceneClosed', byHand: false, sceneId: 's1', significance: 1 };
    const opened: TurnChange = { what: 'sceneOpened', byHand: false, sceneId: 's2', containerId: 'pier' };
    expect(line(closed, opened, { what: 'weather', byHand: false, weather: 'fog' })).toBe('weather: fog \u00B7 the scene ends; next: The pier');
    expect(line(closed)).toBe('the scene ends');
  });

  it('LOOK leaves out what a hand did', () => {
    expect(line({ ...feeling(), byHand: true }, { what: 'clock', byHand: true, clock: '2031-05-06T18:00:00.000Z' })).toBeUndefined();
  });
});

/** A session of which only what a book needs is there, and a server that answers when it is let. */
function desk() {
  const asked: (readonly string[] | undefined)[] = [];
  const waiting: ((turns: readonly ExplainedTurn[]) => void)[] = [];
  let hear: (commit: Commit) => void = () => {};
  const ask: AskChanges = (_chatId, turnIds) => {
    asked.push(turnIds);
    return new Promise((resolve) => waiting.push((turns) => resolve({ turns: [...turns], names: { mara: 'Mara' }, places: {} })));
  };
  const open = openOf({ head: 'b', headDepth: 2, turns: [turnOf({ turnId: 'a', depth: 1 }), turnOf({ turnId: 'b', depth: 2 })] });
  const view: SessionView = { state: stateOf(open), connection: 'live', problem: null, typedElsewhereAt: null };
  const book = new ChangeBook({ chatId: 'c', snapshot: () => view, onCommit: (listener) => ((hear = listener), () => {}) }, ask);
  const end = book.begin();
  const answer = async (...turns: ExplainedTurn[]): Promise<void> => {
    waiting.shift()?.(turns);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { book, asked, answer, end, commit: (rows: Commit['rows'], path: Commit['path'] = []) => hear({ type: 'commit', seq: 11, rows, path }) };
}

const settled = (turnId: string): ExplainedTurn => ({ turnId, settled: true, changes: [] });

describe('the book of changes', () => {
  it('LOOK asks for the last replies at once, then for those in view that are not known, together', async () => {
    const { book, asked, answer } = desk();
    book.want(['a', 'b', 'z']);
    expect(asked).toEqual([undefined]);
    await answer(settled('a'), settled('b'));
    expect(asked).toEqual([undefined, ['z']]);
    await answer();
    expect(book.snapshot().turns.get('z')).toEqual({ turnId: 'z', settled: true, changes: [] });
    expect(book.snapshot().names.get('mara')).toBe('Mara');
    book.want(['a', 'b', 'z']);
    expect(asked).toHaveLength(2);
  });

  it('LV-1 asks again for what is still being noted, and for what a commit tells of', async () => {
    const { book, asked, answer, commit } = desk();
    book.want(['a', 'b']);
    await answer(settled('a'), { turnId: 'b', settled: false, changes: [] });
    commit([{ p: 'edges', key: 'k/mara/you', row: null }]);
    expect(asked.at(-1)).toEqual(['b']);
    await answer({ turnId: 'b', settled: true, changes: [feeling()] });
    expect(book.snapshot().turns.get('b')?.changes).toHaveLength(1);
    commit([{ p: 'memories', key: 'm', row: memoryOf({ memoryId: 'm', bornSeq: 1, turnId: 'a' }) }]);
    expect(asked.at(-1)).toEqual(expect.arrayContaining(['a']));
  });

  it('TL-4 asks for everything again when turns have left the path', async () => {
    const { book, asked, answer, commit } = desk();
    book.want(['a', 'b']);
    await answer(settled('a'), settled('b'));
    commit([], [{ chatId: 'c', head: 'b', headDepth: 2, meetDepth: -1 }]);
    await answer(settled('a'), settled('b'));
    const before = asked.length;
    commit([], [{ chatId: 'c', head: 'a', headDepth: 1, meetDepth: 1 }]);
    expect(asked.length).toBe(before + 1);
    expect(asked.at(-1)).toEqual(['a', 'b']);
  });

  it('LV-5 a question without an answer is asked again with the next that happens', async () => {
    const { book, asked, end, answer } = desk();
    end();
    await answer(settled('a'));
    expect(book.snapshot().turns.size).toBe(0);
    expect(asked).toHaveLength(1);
  });
});
