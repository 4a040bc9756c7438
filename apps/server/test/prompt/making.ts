// Prompts to try things on: Mara, who keeps a light, and Ava, who has come to her.
import type { Row } from '@offstage/domain';
import { projections } from '@offstage/domain';
import type { SegmentMarkers } from '@offstage/domain/segments';
import type { MemoryHit } from '@offstage/store';
import { assemble } from '../../src/prompt/assemble.ts';
import type { Assembly } from '../../src/prompt/assemble.ts';
import type { PromptContext } from '../../src/prompt/block.ts';
import { History } from '../../src/prompt/history.ts';
import type { HistoryQuery, Opened, Room } from '../../src/prompt/history.ts';
import { Settled } from '../../src/prompt/settled.ts';
import { createTokenCounter } from '../../src/prompt/tokens.ts';

const MARKERS: SegmentMarkers = { ooc: ['((', '))'] };
const at = '2026-01-01T00:00:00.000Z';

export function bot(changes: Partial<Row<'bots'>> = {}): Row<'bots'> {
  return projections.bots.row.parse({
    botId: 'mara', name: 'Mara', persona: 'Keeps the light.', voiceSamples: ['Mind the step.', 'Rain again, {{user}}.'], traits: ['wry', 'patient'],
    backstory: 'Born on the island.', relationship: '', kickoff: '', avatar: null, tags: [], greeting: '', alternateGreetings: [], exampleDialogue: '',
    creatorNotes: '', model: null, bigFive: null, card: null, authoredAt: at, removed: false, resets: [], ...changes,
  });
}

export function memory(memoryId: string, text: string): Row<'memories'> {
  return {
    memoryId, ownerId: 'mara', continuityId: 'shared', chatId: 'c0', turnId: 'x', kind: 'turn', text, witnesses: ['ava', 'mara'], clock: null,
    sceneId: null, source: 'direct', reliability: 1, significance: 1, quotes: [], coveredBy: null, bornSeq: 1,
  };
}

export function context(changes: Partial<PromptContext> = {}): PromptContext {
  return {
    speaker: bot(),
    you: { id: 'ava', name: 'Ava', pronouns: 'she/her', persona: 'A surveyor, new to {{char}}.' },
    names: new Map([['ava', 'Ava'], ['mara', 'Mara']]),
    present: ['ava', 'mara'],
    addresseeId: 'ava',
    stage: { chatId: 'c1', clock: '2031-05-06T18:00:00.000Z', anchor: 'Day 1', weather: 'Rain', guestId: null, sceneId: 's1', meanwhileId: null },
    place: { containerId: 'k', chatId: 'c1', name: 'The harbour', type: 'quay', description: 'Wet stone.', moving: false, public: true, audibleRange: '', parentId: null },
    activities: [{ chatId: 'c1', entityId: 'mara', containerId: 'k', slot: '', posture: 'sitting', action: null, attention: '', holding: ['a lamp'], status: {} }],
    edges: [{ continuityId: 'shared', source: 'mara', target: 'ava', affinity: 61.4, trust: 40, summary: 'A stranger.', knowledge: ['is late'], lastAt: null }],
    pinned: [memory('p1', 'Ava said to me: I lied.')],
    accounts: [],
    group: undefined,
    plans: [],
    threads: [],
    belongings: [],
    digests: [],
    alone: null,
    asides: new Set(),
    note: null,
    nudge: null,
    ...changes,
  };
}

const why = { text: 1, vector: null, neighbour: 0, significance: 1, recency: 1, reliability: 1 };
export const hits = (memories: readonly Row<'memories'>[]): MemoryHit[] => memories.map((one, n) => ({ memory: one, score: 9 - n, why }));
const five = hits([1, 2, 3, 4, 5].map((n) => memory(`r${n}`, `Recalled ${n}.`)));

export function turn(depth: number, text: string, changes: Partial<Row<'turns'>> = {}): Row<'turns'> {
  const own = depth % 2 === 1;
  return {
    turnId: `t${depth}`, chatId: 'c1', parentId: depth === 0 ? null : `t${depth - 1}`, depth, kind: depth === 0 ? 'kickoff' : own ? 'assistant' : 'user',
    speakerId: depth === 0 ? null : own ? 'mara' : 'ava', addresseeId: null, sceneId: 's1', witnesses: ['ava', 'mara'], clock: null, text, edited: null, hidden: false,
    status: 'whole', truncated: false, finishReason: null, problem: null, usage: null, model: '', startedAt: at, ...changes,
  };
}

/** A chat to take transcripts from; counts what is read. */
export function chat(turns: readonly Row<'turns'>[], counter = createTokenCounter()) {
  const history = new History(counter);
  const reads: number[] = [];
  let until = turns.length;
  let markers = MARKERS;
  return {
    reads,
    /** Remarks are marked otherwise from now on. */
    mark(ooc: SegmentMarkers['ooc']) {
      markers = { ooc };
    },
    upTo(depth: number) {
      until = depth + 1;
    },
    transcript: readerOf(false),
    /** For a prompt that nobody will be given. */
    rehearsed: readerOf(true),
  };

  function readerOf(rehearsed: boolean) {
    return {
      open: (most: number) => history.open(query(rehearsed), most),
      fit: (opened: Opened, room: Room) => history.fit(query(rehearsed), opened, room),
    };
  }

  function query(rehearsed: boolean): HistoryQuery {
    return {
      chatId: 'c1', readerId: 'mara', headDepth: until - 1, markers, rehearsed,
      read: async (limit) => {
        reads.push(limit);
        return turns.slice(Math.max(0, until - limit), until);
      },
    };
  }
}

export const roomy = { hard: 8_000, soft: 6_000 };
export const make = (changes: Partial<Assembly> = {}) =>
  assemble({
    context: context(), chatId: 'c1', budget: roomy, counter: createTokenCounter(), message: 'Hello.', transcript: chat([turn(0, 'Rain.')]).transcript,
    recall: async ({ k }) => five.slice(0, k), lore: () => [], settled: new Settled(), ...changes,
  });
export const whole = (prompt: { messages: readonly { content: string }[] }): string => prompt.messages.map((message) => message.content).join('\n');
export const last = (prompt: { messages: readonly { content: string }[] }): string => prompt.messages.at(-1)?.content ?? '';
