import { afterAll, describe, expect, test } from 'vitest';
import { openHouse } from './harness.ts';
import { scriptedModel } from './scripted.ts';
import { Sixty, STORY } from './sixty.ts';

/** Turn memories of a bot, one for each turn that it witnessed. */
const turnsOf = async (story: Sixty, botId: string): Promise<number> => (await story.memories(botId)).filter(({ kind }) => kind === 'turn').length;

describe('sixty turns with the rehearsal model', () => {
  test('ME-1 ME-2 ED-1 SC-2 what each knows, feels and remembers at five points, and what their prompts held', { timeout: 120_000 }, async () => {
    const house = await openHouse();
    try {
      const story = await Sixty.begin(house);
      const { ids, harbour, mill } = story;
      const began = await story.feels(ids.mara, ids.ava);
      const clock = await story.clock(harbour);

      // One: Ava is kind to Mara.
      await story.say(harbour, STORY.harbour);
      const warmed = await story.feels(ids.mara, ids.ava);
      expect(warmed.affinity).toBeGreaterThan(began.affinity);
      expect(warmed.trust).toBeGreaterThan(began.trust);
      expect(warmed.knowledge.join(' ')).toMatch(/baker/);
      expect(await turnsOf(story, ids.mara)).toBe(12);
      expect(await story.memories(ids.jon)).toEqual([]);
      expect(await story.clock(harbour)).toBeGreaterThan(clock);
      expect(await story.prompt(harbour, 'Mara')).toMatch(/Towards Ava: affinity \d+[\s\S]*baker/);

      // Two: Jon is there, and is insulted.
      await story.guest(harbour, ids.jon);
      const before = await story.feels(ids.jon, ids.ava);
      await story.say(harbour, STORY.three);
      expect((await story.feels(ids.jon, ids.ava)).affinity).toBeLessThan(before.affinity);
      expect(await turnsOf(story, ids.mara)).toBe(24 + story.breaks);
      expect(await turnsOf(story, ids.jon)).toBe(12 + story.breaks);
      expect(await story.remembers(ids.jon, 'red boat')).toBe(true);
      expect(await story.remembers(ids.jon, 'baker')).toBe(false);
      expect(await story.prompt(harbour, 'Jon')).not.toContain('I am a baker');

      // Three: they walk to the mill, and the scene closes.
      await story.say(harbour, STORY.walk);
      const scenes = await story.scenes(harbour);
      expect(scenes.filter(({ closed }) => closed)).toHaveLength(1);
      const place = (await story.read.rows('containers', { chatId: harbour.chatId })).find(({ containerId }) => containerId === scenes.find(({ closed }) => !closed)?.containerId);
      expect(place?.name.toLowerCase()).toContain('mill');
      for (const bot of [ids.mara, ids.jon]) {
        const memories = await story.memories(bot);
        const told = memories.filter(({ kind }) => kind === 'scene');
        expect(told).toHaveLength(1);
        expect(memories.filter(({ kind }) => kind === 'turn').every(({ coveredBy }) => coveredBy === told[0]?.memoryId)).toBe(true);
        expect(told[0]?.text).toMatch(/\bI\b/);
      }
      expect((await story.feels(ids.mara, ids.ava)).summary).not.toBe(began.summary);

      // Four: Jon has gone, and Mara hears of the willow.
      await story.guest(harbour, null);
      const trust = (await story.feels(ids.mara, ids.ava)).trust;
      await story.say(harbour, STORY.secret);
      expect(await story.remembers(ids.mara, 'willow')).toBe(true);
      expect(await story.remembers(ids.jon, 'willow')).toBe(false);
      expect((await story.feels(ids.mara, ids.ava)).trust).toBeGreaterThanOrEqual(trust);
      expect((await story.memories(ids.mara)).some(({ significance }) => significance >= 2)).toBe(true);

      // Five: Jon's own mill, then Mara again.
      const sour = await story.feels(ids.jon, ids.ava);
      await story.say(mill, STORY.mill);
      expect((await story.feels(ids.jon, ids.ava)).affinity).toBeGreaterThan(sour.affinity);
      const jons = await story.prompt(mill, 'Jon');
      expect(jons).not.toMatch(/silver is buried|nobody must know/i);
      await story.say(harbour, STORY.end);
      expect(story.turns).toBe(60);
      expect(await story.remembers(ids.mara, 'sorry about yesterday')).toBe(false);
      expect(await story.remembers(ids.jon, 'sorry about yesterday')).toBe(true);
      expect(await turnsOf(story, ids.mara)).toBe(48 + story.breaks);
      expect(await turnsOf(story, ids.jon)).toBe(25 + story.breaks);
      expect(await story.pins(ids.mara)).toBeLessThanOrEqual(8);
      expect(await story.read.rows('owed', {})).toEqual([]);
      expect(await house.app.services.store.failures(10)).toEqual([]);
    } finally {
      await house.close();
    }
  });
});

describe('sixty turns with a bookkeeper that is against us', () => {
  const running = scriptedModel(() => ({}));
  afterAll(async () => (await running).close());

  test('TN-8 TN-9 MO-3 it names nobody present, closes every scene, scores all 3, answers late and out of order: the story stands', { timeout: 120_000 }, async () => {
    const model = await running;
    let n = 0;
    model.script = async (asked) => {
      n += 1;
      if (asked.schema === null) return `*A nod.* "That is answer ${n}."`;
      if (asked.schema === 'kickoff') return {};
      // Later for some than for those after them.
      await new Promise((resolve) => setTimeout(resolve, (n * 7) % 23));
      if (asked.schema === 'scene_summary') return { summary: 'I saw it all.', quotes: ['Nobody said this.', 'That is answer'], feelings: [{ to: 'Napoleon', summary: 'A great man.' }] };
      return {
        memories: { told: [{ teller: 'Napoleon', hearer: 'Josephine', fact: 'Moscow burns.' }] },
        significance: { score: 3 },
        edges: { moves: [{ from: 'Napoleon', to: 'Ava', affinity: 10, trust: 10, facts: ['A stranger.'] }, { from: 'Mara', to: 'Josephine', affinity: -10, trust: -10, facts: [] }] },
        activity: { minutes: 3, weather: null, people: [{ name: 'Napoleon', posture: 'on a horse' }] },
        scene: { ended: true, how: 'ended', place: null },
      };
    };
    const house = await openHouse({ model: { url: model.url, narrative: 'narrator', classifier: 'keeper' } });
    try {
      const story = await Sixty.begin(house);
      const { ids, harbour, mill } = story;
      const began = await story.feels(ids.mara, ids.ava);
      const clock = await story.clock(harbour);

      // One: hurried, so that replies come while the books of those before are still being kept.
      await story.say(harbour, STORY.harbour, true);
      expect(await turnsOf(story, ids.mara)).toBe(12);
      expect(await story.feels(ids.mara, ids.ava)).toMatchObject({ affinity: began.affinity, trust: began.trust, knowledge: [] });
      expect(await story.clock(harbour) - clock).toBe(12 * 3 * 60_000);
      expect(await story.pins(ids.mara)).toBe(8);

      // Two: three are there; strangers' feelings move nobody's.
      await story.guest(harbour, ids.jon);
      await story.say(harbour, STORY.three, true);
      expect(await turnsOf(story, ids.mara)).toBe(24);
      expect(await turnsOf(story, ids.jon)).toBe(12);
      expect((await story.read.rows('edges', { continuityId: 'shared' })).filter(({ source, target }) => ![ids.ava, ids.mara, ids.jon].includes(source) || ![ids.ava, ids.mara, ids.jon].includes(target))).toEqual([]);
      expect(await story.remembers(ids.jon, 'baker')).toBe(false);

      // Three: every scene that it closed is told once by each who was there, and quotes are only what was said.
      await story.say(harbour, STORY.walk, true);
      const scenes = await story.scenes(harbour);
      expect(scenes.filter(({ closed }) => !closed)).toHaveLength(1);
      for (const bot of [ids.mara, ids.jon]) {
        const told = (await story.memories(bot)).filter(({ kind }) => kind === 'scene');
        expect(new Set(told.map(({ sceneId }) => sceneId)).size).toBe(told.length);
        expect(told.flatMap(({ quotes }) => quotes).every((quote) => quote === 'That is answer')).toBe(true);
      }

      // Four: alone again.
      await story.guest(harbour, null);
      await story.say(harbour, STORY.secret, true);
      expect(await story.remembers(ids.mara, 'willow')).toBe(true);
      expect(await story.remembers(ids.jon, 'willow')).toBe(false);

      // Five.
      await story.say(mill, STORY.mill, true);
      await story.say(harbour, STORY.end, true);
      expect(await turnsOf(story, ids.mara)).toBe(48);
      expect(await turnsOf(story, ids.jon)).toBe(25);
      expect(await story.pins(ids.mara)).toBe(8);
      expect(await story.pins(ids.jon)).toBe(8);
      expect((await story.read.rows('activities', { chatId: harbour.chatId })).map(({ entityId }) => entityId).toSorted()).toEqual([ids.ava, ids.mara, ids.jon].toSorted());
      expect(await story.read.rows('owed', {})).toEqual([]);
      expect(model.asked.filter(({ schema, messages }) => schema === null && /^You are Jon/m.test(messages[0]?.content ?? '')).every(({ messages }) => !messages.some(({ content }) => content.includes('silver is buried')))).toBe(true);
    } finally {
      await house.close();
    }
  });
});
