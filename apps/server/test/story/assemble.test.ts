import type { Row } from '@offstage/domain';
import { projections } from '@offstage/domain';
import { expect, test } from 'vitest';
import { assemble } from '../../src/prompt/assemble.ts';
import type { Assembly } from '../../src/prompt/assemble.ts';
import type { PromptContext } from '../../src/prompt/block.ts';
import { History } from '../../src/prompt/history.ts';
import { createTokenCounter } from '../../src/prompt/tokens.ts';

const markers = { ooc: ['((', '))'] as const };
const at = '2026-01-01T00:00:00.000Z';

function bot(changes: Partial<Row<'bots'>> = {}): Row<'bots'> {
  return projections.bots.row.parse({
    botId: 'mara', name: 'Mara', persona: 'Keeps the light.', voiceSamples: ['Mind the step.', 'Rain again, {{user}}.'], traits: ['wry', 'patient'],
    backstory: 'Born on the island.', relationship: '', kickoff: '', avatar: null, tags: [], greeting: '', alternateGreetings: [], exampleDialogue: '',
    creatorNotes: '', model: null, bigFive: null, card: null, authoredAt: at, removed: false, resets: [], ...changes,
  });
}

function memory(memoryId: string, text: string): Row<'memories'> {
  return {
    memoryId, ownerId: 'mara', continuityId: 'shared', chatId: 'c0', turnId: 'x', kind: 'turn', text, witnesses: ['ava', 'mara'], clock: null,
    sceneId: null, source: 'direct', reliability: 1, significance: 1, quotes: [], coveredBy: null, bornSeq: 1,
  };
}

function context(changes: Partial<PromptContext> = {}): PromptContext {
  return {
    speaker: bot(),
    you: { id: 'ava', name: 'Ava', pronouns: 'she/her', persona: 'A surveyor, new to {{char}}.' },
    names: new Map([['ava', 'Ava'], ['mara', 'Mara']]),
    present: ['ava', 'mara'],
    addresseeId: 'ava',
    stage: { chatId: 'c1', clock: '2031-05-06T18:00:00.000Z', anchor: 'Day 1', weather: 'Rain', guestId: null, sceneId: 's1' },
    place: { containerId: 'k', chatId: 'c1', name: 'The harbour', type: 'quay', description: 'Wet stone.', moving: false, public: true, audibleRange: '', parentId: null },
    activities: [{ chatId: 'c1', entityId: 'mara', containerId: 'k', slot: '', posture: 'sitting', action: null, attention: '', holding: ['a lamp'], status: {} }],
    edges: [{ continuityId: 'shared', source: 'mara', target: 'ava', affinity: 61.4, trust: 40, summary: 'A stranger.', knowledge: ['is late'], lastAt: null }],
    pinned: [memory('p1', 'Ava said to me: I lied.')],
    recalled: [1, 2, 3, 4, 5].map((n) => memory(`r${n}`, `Recalled ${n}.`)),
    ...changes,
  };
}

function turn(depth: number, text: string, changes: Partial<Row<'turns'>> = {}): Row<'turns'> {
  const own = depth % 2 === 1;
  return {
    turnId: `t${depth}`, chatId: 'c1', parentId: depth === 0 ? null : `t${depth - 1}`, depth, kind: depth === 0 ? 'kickoff' : own ? 'assistant' : 'user',
    speakerId: depth === 0 ? null : own ? 'mara' : 'ava', addresseeId: null, sceneId: 's1', witnesses: ['ava', 'mara'], clock: null, text, edited: null, hidden: false,
    status: 'whole', truncated: false, finishReason: null, problem: null, usage: null, model: '', startedAt: at, ...changes,
  };
}

/** A chat to take transcripts from; counts what is read. */
function chat(turns: readonly Row<'turns'>[], counter = createTokenCounter()) {
  const history = new History(counter);
  const reads: number[] = [];
  let until = turns.length;
  return {
    reads,
    upTo(depth: number) {
      until = depth + 1;
    },
    transcript: (room: { most: number; trimTo: number }) =>
      history.read({ ...room, chatId: 'c1', readerId: 'mara', headDepth: until - 1, markers, read: async (limit) => {
        reads.push(limit);
        return turns.slice(Math.max(0, until - limit), until);
      } }),
  };
}

const roomy = { hard: 8_000, soft: 6_000 };
const make = (changes: Partial<Assembly> = {}) =>
  assemble({ context: context(), budget: roomy, counter: createTokenCounter(), message: 'Hello.', transcript: chat([turn(0, 'Rain.')]).transcript, ...changes });

test('PR-1 the prompt holds rules, identity, scene, activities and the message', async () => {
  const { messages, report } = await make();
  const head = messages[0]?.content ?? '';
  expect(head.indexOf('You write Mara')).toBeLessThan(head.indexOf('You are Mara.'));
  expect(head).toContain('# Voice\nMind the step.\n---\nRain again, Ava.\n\n# Traits\nwry, patient\n\n# Backstory\nBorn on the island.');
  expect(head).toContain('# About Ava\nPronouns: she/her\nA surveyor, new to Mara.');
  const late = messages.at(-2)?.content ?? '';
  expect(late).toMatch(/Place: The harbour, quay\nAbout the place: Wet stone\.\nTime: Tuesday.* 6 May 2031.* 18:00 \(Day 1\)\nWeather: Rain\nPresent: Ava, Mara\nMara: sitting, holding a lamp/);
  expect(late).toContain('Towards Ava: affinity 61 of 100, trust 40 of 100. A stranger. Known about Ava: is late.');
  expect(late.indexOf('# What Mara remembers')).toBeLessThan(late.indexOf('# Scene'));
  expect(late).toContain('- Ava said to me: I lied.\n- Recalled 1.');
  expect(late).not.toContain('Recalled 5.');
  expect(messages.at(-1)).toEqual({ role: 'user', content: 'Ava: Hello.' });
  expect(report.parts.map((part) => [part.name, part.included])).toEqual([
    ['rules', true], ['identity', true], ['you', true], ['memories', true], ['feelings', true], ['scene', true],
  ]);
});

test('PR-1 recalled memories become two before anything else goes, then the rest goes from the bottom up', async () => {
  const long = [1, 2, 3, 4].map((n) => memory(`r${n}`, `Recalled ${n}: ${'word '.repeat(130)}`));
  const tight = await make({ context: context({ recalled: long }), budget: { hard: 3_000, soft: 2_400 } });
  expect(tight.report.recalled).toBe(2);
  expect(tight.report.parts.every((part) => part.included)).toBe(true);
  const tighter = await make({ context: context({ recalled: long, speaker: bot({ exampleDialogue: 'Mara: Hm.' }) }), budget: { hard: 2_300, soft: 2_000 } });
  expect(tighter.report.parts.filter((part) => !part.included).map((part) => part.name)).toEqual(['examples', 'memories']);
  expect(tighter.messages.map((message) => message.content).join('\n')).toContain('# Scene');
});

test('PR-2 what is too long is named', async () => {
  const budget = { hard: 1_500, soft: 1_000 };
  await expect(make({ budget, message: 'word '.repeat(2_000) })).rejects.toMatchObject({ code: 'too_long', fields: ['text'] });
  await expect(make({ budget, context: context({ speaker: bot({ backstory: 'word '.repeat(2_000) }) }) })).rejects.toMatchObject({ code: 'too_long', fields: ['backstory'] });
  await expect(make({ budget, context: context({ speaker: bot({ voiceSamples: ['word '.repeat(2_000)] }) }) })).rejects.toThrow('voice samples of Mara');
});

test('PR-2 a prompt never exceeds the hard budget, whatever the history', async () => {
  const counter = createTokenCounter();
  await counter.load();
  const turns = [turn(0, 'Rain.'), ...Array.from({ length: 400 }, (_, n) => turn(n + 1, `Turn ${n}. ${'The tide turns. '.repeat((n * 7) % 23)}`))];
  const story = chat(turns, counter);
  for (let depth = 1; depth < 400; depth += 2) {
    story.upTo(depth);
    const { messages, report } = await make({ counter, transcript: story.transcript });
    const counted = messages.reduce((total, { content }) => total + counter.count(content) + 4, 0);
    expect(counted).toBeLessThanOrEqual(roomy.hard);
    expect(Math.abs(counted - report.tokens)).toBeLessThan(report.tokens / 10);
  }
});

test('PR-3 over a long run most of each prompt repeats the one before', async () => {
  const counter = createTokenCounter();
  await counter.load();
  const line = 'The lamp turns, and the water takes the light and gives it back in pieces. ';
  const turns = Array.from({ length: 402 }, (_, n) => turn(n, n === 0 ? 'Rain.' : n % 2 === 1 ? `${n}: ${line.repeat(3)}` : `${n}: ${line}`));
  const story = chat(turns, counter);
  let before = '';
  let all = 0;
  let repeated = 0;
  for (let depth = 1; depth < 401; depth += 2) {
    story.upTo(depth);
    const { messages } = await make({ counter, message: `${depth + 1}: ${line}`, transcript: story.transcript });
    const prompt = messages.map((message) => message.content).join('\n');
    let same = 0;
    while (same < before.length && same < prompt.length && before[same] === prompt[same]) same++;
    if (before !== '') {
      all += prompt.length;
      repeated += same;
    }
    before = prompt;
  }
  expect(repeated / all).toBeGreaterThan(0.85);
});

test('PF-1 a long chat is not read further than fits', async () => {
  const counter = createTokenCounter();
  await counter.load();
  const turns = Array.from({ length: 10_000 }, (_, n) => turn(n, `Turn ${n}: ${'words of the story '.repeat(8)}`));
  const story = chat(turns, counter);
  const first = await make({ counter, transcript: story.transcript });
  expect(first.report.transcript.trimmed).toBe(true);
  expect(Math.max(...story.reads)).toBeLessThanOrEqual(384);
});

test('TL-4 after a rewind the transcript reaches back as far as it fits', async () => {
  const counter = createTokenCounter();
  await counter.load();
  const turns = Array.from({ length: 600 }, (_, n) => turn(n, `Turn ${n}: ${'words of the story '.repeat(8)}`));
  const story = chat(turns, counter);
  const long = await make({ counter, transcript: story.transcript });
  story.upTo(300);
  const rewound = await make({ counter, transcript: story.transcript });
  expect(rewound.report.transcript.tokens).toBeGreaterThan(3_000);
  expect(long.report.transcript.turns).toBeGreaterThan(50);
  expect(rewound.messages.some((message) => message.content.startsWith('Ava: Turn 300:'))).toBe(true);
});

test('a reply tried again answers the message that stands there', async () => {
  const story = chat([turn(0, 'Rain.'), turn(1, 'Late.'), turn(2, 'Sorry. ((x))')]);
  const { messages } = await make({ message: undefined, transcript: story.transcript });
  expect(messages.at(-1)).toEqual({ role: 'user', content: 'Ava: Sorry.' });
  expect(messages.filter((message) => message.content.includes('Sorry'))).toHaveLength(1);
});

test('a greeting tried again opens the scene', async () => {
  const { messages } = await make({ message: undefined });
  expect(messages.at(-1)?.content).toBe('(Mara speaks first. Open the scene.)');
});

test('TL-8 an edited turn is read as edited, a streaming or empty one not at all', async () => {
  const story = chat([turn(0, ''), turn(1, 'Old.', { edited: 'New.' }), turn(2, 'x', { status: 'streaming' })]);
  const { messages } = await make({ transcript: story.transcript });
  expect(messages.map((message) => message.content).slice(1, -2)).toEqual(['New.']);
});

test('PR-2 tokens are counted as cl100k does, and a long run without spaces costs no time', async () => {
  const counter = createTokenCounter();
  expect(counter.count('four words to count')).toBe(7);
  await counter.load();
  expect(counter.count('four words to count')).toBe(4);
  expect(counter.count('<|endoftext|>')).toBeGreaterThan(1);
  const began = performance.now();
  expect(counter.count('a'.repeat(32_000))).toBeGreaterThan(1_000);
  expect(counter.count(' '.repeat(32_000))).toBeGreaterThan(100);
  expect(performance.now() - began).toBeLessThan(5_000);
});
