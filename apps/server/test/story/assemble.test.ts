import { Tiktoken } from 'js-tiktoken/lite';
import ranks from 'js-tiktoken/ranks/cl100k_base';
import { expect, test } from 'vitest';
import { createTokenCounter } from '../../src/prompt/tokens.ts';
import { bot, chat, context, hits, last, make, memory, roomy, turn, whole } from '../prompt/making.ts';

test('PR-1 the prompt holds rules, identity, scene, activities and the message', async () => {
  const prompt = await make();
  const { messages, report } = prompt;
  const head = messages[0]?.content ?? '';
  expect(head.indexOf('You write Mara')).toBeLessThan(head.indexOf('You are Mara.'));
  expect(head).toContain('# Voice\nMind the step.\n---\nRain again, Ava.\n\n# Traits\nwry, patient\n\n# Backstory\nBorn on the island.');
  expect(head).toContain('# About Ava\nPronouns: she/her\nA surveyor, new to Mara.');
  expect(head).toContain('# What Mara never forgets\n- Ava said to me: I lied.');
  const late = last(prompt);
  expect(late).toMatch(/Place: The harbour, quay\nAbout the place: Wet stone\.\nTime: Tuesday.* 6 May 2031.* 18:00 \(Day 1\)\nWeather: Rain\nPresent: Ava, Mara\nMara: sitting, holding a lamp/);
  expect(late).toContain('Towards Ava: affinity 61 of 100, trust 40 of 100. A stranger.');
  expect(head).toContain('# What Mara knows about Ava\n- is late');
  expect(late.indexOf('# What Mara remembers')).toBeLessThan(late.indexOf('# Scene'));
  expect(late).toContain('# What Mara remembers\n- Recalled 1.');
  expect(late).not.toContain('Recalled 5.');
  expect(late.endsWith("\n\n# The turn\nAva: Hello.")).toBe(true);
  expect(messages.map(({ role }) => role)).toEqual(['system', 'user', 'user']);
  expect(report.blocks.map((block) => [block.name, block.included])).toEqual([
    ['rules', true], ['identity', true], ['you', true], ['knowledge', true], ['pins', true], ['transcript', true],
    ['memories', true], ['feelings', true], ['scene', true], ['message', true],
  ]);
  expect(report.blocks.reduce((total, { tokens }) => total + tokens, 0)).toBeLessThanOrEqual(report.tokens);
  expect(report.retrieved.map(({ memoryId, score }) => [memoryId, score])).toEqual([['r1', 9], ['r2', 8], ['r3', 7], ['r4', 6]]);
});

test('PR-1 nice things go first, then recalled memories become two, then the rest goes from the bottom up', async () => {
  const long = hits([1, 2, 3, 4].map((n) => memory(`r${n}`, `Recalled ${n}: ${'word '.repeat(130)}`)));
  const story = () => chat([turn(0, 'Rain.'), ...Array.from({ length: 60 }, (_, n) => turn(n + 1, `${n} ${'The tide turns. '.repeat(9)}`))]).transcript;
  const at = (hard: number, soft: number) =>
    make({
      context: context({ speaker: bot({ exampleDialogue: 'Mara: Hm. '.repeat(30) }), threads: [{ threadId: 't', chatId: 'c1', title: 'The ledger', summary: 'Lost.', open: true, sceneId: null, knownTo: ['mara'] }] }),
      recall: async ({ k }) => long.slice(0, k), budget: { hard, soft }, transcript: story(),
    });
  const gone = ({ report }: Awaited<ReturnType<typeof at>>) => report.blocks.filter((block) => !block.included).map((block) => block.name);
  const roomyOne = await at(4_500, 4_000);
  expect([gone(roomyOne), roomyOne.report.k]).toEqual([[], 4]);
  let before: readonly string[] = [];
  const ks: number[] = [];
  for (let soft = 3_600; soft > 1_750; soft -= 50) {
    const prompt = await at(soft + 500, soft);
    const left = gone(prompt);
    expect(before.filter((name) => !left.includes(name))).toEqual([]);
    if (prompt.report.k < 4) expect(left).toContain('examples');
    if (left.some((name) => name !== 'examples' && name !== 'accounts')) expect(prompt.report.k).toBeLessThanOrEqual(2);
    if (left.includes('feelings')) expect(left).toEqual(expect.arrayContaining(['threads', 'memories', 'pins']));
    for (const { why: reason } of prompt.report.blocks.filter((block) => !block.included)) expect(reason).toBe('There was no room: the transcript would have had less than 1,500 tokens.');
    expect(whole(prompt)).toContain('# Scene');
    ks.push(prompt.report.k);
    before = left;
  }
  expect(before).toContain('feelings');
  expect(ks).toEqual(ks.toSorted((a, b) => b - a));
  expect([ks[0], ks.at(-1)]).toEqual([4, 0]);
});

test('PR-2 what is too long is named', async () => {
  const budget = { hard: 1_500, soft: 1_000 };
  await expect(make({ budget, message: 'word '.repeat(2_000) })).rejects.toMatchObject({ code: 'too_long', fields: ['text'] });
  await expect(make({ budget, context: context({ speaker: bot({ backstory: 'word '.repeat(2_000) }) }) })).rejects.toMatchObject({ code: 'too_long', fields: ['backstory'] });
  await expect(make({ budget, transcript: chat([turn(0, 'Rain.'), turn(1, 'word '.repeat(2_000))]).transcript })).rejects.toMatchObject({ code: 'too_long', fields: ['turn'] });
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
  expect(messages.at(-1)?.content.split('\n# The turn\n')[1]).toBe('Ava: Sorry.');
  expect(messages.filter((message) => message.content.includes('Sorry'))).toHaveLength(1);
});

test('TN-10 a bot that speaks after another answers that one; one that speaks after itself goes on', async () => {
  const said = async (story: ReturnType<typeof chat>) => (await make({ message: undefined, transcript: story.transcript })).messages.map(({ content }) => content.split('# The turn\n').at(-1));
  const turns = [turn(0, 'Rain.'), turn(1, 'Late.')];
  expect((await said(chat([...turns, turn(2, 'Sit.', { kind: 'assistant', speakerId: 'jon' })]))).slice(1)).toEqual(['Rain.', 'Late.', 'Someone: Sit.']);
  expect((await said(chat(turns))).slice(1)).toEqual(['Rain.', 'Late.', '(Mara goes on.)']);
});

test('PR-1 the last turns stay, however long they are', async () => {
  const story = chat([turn(0, 'Rain.'), ...Array.from({ length: 20 }, (_, n) => turn(n + 1, `${n + 1} ${'word '.repeat(n < 18 ? 150 : 1_300)}`))]);
  const { messages } = await make({ transcript: story.transcript });
  expect(messages.slice(1, -1).map(({ content }) => content.slice(0, 7).trim())).toEqual(expect.arrayContaining(['19 word', 'Ava: 20']));
});

test('a greeting tried again opens the scene', async () => {
  const { messages } = await make({ message: undefined });
  expect(messages.at(-1)?.content.endsWith('# The turn\n(Mara speaks first. Open the scene.)')).toBe(true);
});

test('TL-8 an edited turn is read as edited, a streaming or empty one not at all', async () => {
  const story = chat([turn(0, ''), turn(1, 'Old.', { edited: 'New.' }), turn(2, 'x', { status: 'streaming' })]);
  const { messages } = await make({ transcript: story.transcript });
  expect(messages.map((message) => message.content).slice(1, -1)).toEqual(['New.']);
});

test('PR-2 tokens are counted as cl100k does, and a long run without spaces costs no time', async () => {
  const counter = createTokenCounter();
  expect(counter.count('four words to count')).toBe(7);
  await counter.load();
  expect(counter.count('four words to count')).toBe(4);
  expect(counter.count('<|endoftext|>')).toBeGreaterThan(1);
  const encoding = new Tiktoken(ranks);
  for (const text of [
    'It\'s 12345 o\'clock,  she SAID:\r\n\n\t"We\'LL see..."  ', '灯台のそばで待っている。', 'naïve café — “œuvre” 😀😀\u00a0x', 'snake_case + camelCase == x?!', '   \n  \n leading',
  ]) expect(counter.count(text)).toBe(encoding.encode(text, [], []).length);
  const began = performance.now();
  expect(counter.count('a'.repeat(32_000))).toBeGreaterThan(1_000);
  expect(counter.count(' '.repeat(32_000))).toBeGreaterThan(100);
  expect(performance.now() - began).toBeLessThan(5_000);
});
