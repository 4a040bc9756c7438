import type { NewEvent } from '@offstage/domain';
import { inChat, inTurn } from '@offstage/domain';
import { expect, test } from 'vitest';
import { testLibrary } from './support/library.ts';

const AT = '2026-03-01T10:00:00.000Z';
let commands = 0;
const command = () => ({ id: `command-${commands++}`, actor: 'engine' as const, at: AT });
const start = (parentId: string | null, depth: number) => ({ parentId, depth, speakerId: 'p', addresseeId: 'b', sceneId: null, witnesses: ['p', 'b'], clock: null });

const chat: NewEvent[] = [
  inChat('c', 'chat_created', { kind: 'roleplay', title: 'Pier', hostId: 'b', personaId: 'p', continuityId: 'k' }),
  inTurn('c', 't0', 'kickoff_confirmed', { ...start(null, 0), text: 'Rain.' }),
  inTurn('c', 't1', 'user_turn', { ...start('t0', 1), text: 'One.' }),
  inTurn('c', 't2', 'user_turn', { ...start('t1', 2), text: 'Two.' }),
];

const memory = (memoryId: string, turnId: string, changes: { ownerId?: string; kind?: 'turn' | 'scene'; sceneId?: string } = {}) =>
  inTurn('c', turnId, 'memory_written', {
    memoryId, ownerId: 'b', continuityId: 'k', kind: 'turn', text: memoryId, witnesses: [], clock: null, sceneId: null,
    aboutTurnId: null, source: 'direct', reliability: 1, significance: 0, ...changes,
  });
const thread = (threadId: string, knownTo: string[]) => inTurn('c', 't1', 'thread_opened', { threadId, title: threadId, summary: '', sceneId: null, knownTo });
const event = (storyEventId: string, knownTo: string[]) => inTurn('c', 't1', 'story_event_planned', { storyEventId, kind: 'feast', title: storyEventId, props: {}, plannedFor: null, knownTo });
const digest = (digestId: string, knownTo: string[]) => inTurn('c', 't2', 'digest_written', { digestId, sceneId: 's', text: digestId, knownTo });

async function open(events: readonly NewEvent[]) {
  const library = await testLibrary();
  await library.store.execute(command(), () => ({ events: [...chat, ...events], answer: null }));
  return library;
}

test('ME-2 of the plot a reader is given what is open and what it knows of, and nothing of a name that is like its own', async () => {
  await using library = await open([
    thread('mine', ['p', 'b']), thread('theirs', ['bb', 'xb']), thread('done', ['b']), inTurn('c', 't1', 'thread_closed', { threadId: 'done' }),
    event('plan', ['b']), event('secret', ['p']), event('now', ['b']), inTurn('c', 't1', 'story_event_moved', { storyEventId: 'now', status: 'active' }),
    event('over', ['b']), inTurn('c', 't1', 'story_event_moved', { storyEventId: 'over', status: 'expired' }),
    digest('news', ['b']), digest('old', ['b']), inTurn('c', 't2', 'digest_consumed', { digestId: 'old' }),
    inTurn('c', 't1', 'group_described', { summary: 'Fond.', mood: '', knownTo: ['b', 'p'] }),
  ]);
  const { read } = library.store;
  expect((await read.known('threads', 'c', 'b')).map((row) => row.threadId)).toEqual(['mine']);
  expect((await read.known('storyEvents', 'c', 'b')).map((row) => row.storyEventId)).toEqual(['now', 'plan']);
  expect((await read.known('digests', 'c', 'b')).map((row) => row.digestId)).toEqual(['news']);
  expect(await read.known('groupNodes', 'c', 'b')).toMatchObject([{ summary: 'Fond.' }]);
  expect(await read.known('groupNodes', 'c', 'stranger')).toEqual([]);
  expect(await read.known('threads', 'elsewhere', 'b')).toEqual([]);
});

test('TL-4 what is known goes with the turns that it hangs from', async () => {
  await using library = await open([thread('mine', ['b']), digest('news', ['b'])]);
  const { store } = library;
  await store.execute(command(), () => ({ events: [inChat('c', 'head_moved', { from: 't2', to: 't1', reason: 'rewind' })], answer: null }));
  expect(await store.read.known('digests', 'c', 'b')).toEqual([]);
  expect((await store.read.known('threads', 'c', 'b')).length).toBe(1);
});

test('PR-1 a bot\'s accounts of scenes come in order, the last of them, and nobody else\'s', async () => {
  await using library = await open([
    memory('s1.b', 't1', { kind: 'scene', sceneId: 's1' }), memory('plain', 't1'), memory('s1.x', 't1', { kind: 'scene', sceneId: 's1', ownerId: 'x' }), memory('s2.b', 't2', { kind: 'scene', sceneId: 's2' }),
  ]);
  const { read } = library.store;
  expect((await read.sceneMemories('b', 'c', 9)).map((row) => row.memoryId)).toEqual(['s1.b', 's2.b']);
  expect((await read.sceneMemories('b', 'c', 1)).map((row) => row.memoryId)).toEqual(['s2.b']);
});

test('PR-1 memories about given turns are found by these', async () => {
  await using library = await open([memory('one', 't1'), memory('two', 't2'), memory('other', 't2', { ownerId: 'x' })]);
  const { read } = library.store;
  expect(await read.memoriesAbout('b', 'k', ['t2', 'nowhere'])).toEqual([{ memoryId: 'two', turnId: 't2' }]);
  expect(await read.memoriesAbout('b', 'k', [])).toEqual([]);
  expect(await read.memoriesAbout('b', 'elsewhere', ['t2'])).toEqual([]);
});
