import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cast } from '../../src/library/samples/cast.ts';
import type { Running } from '../support/running.ts';
import { fresh, refusal, running } from '../support/running.ts';

let server: Running;
beforeEach(async () => {
  server = await running();
});
afterEach(() => server[Symbol.asyncDispose]());

describe('personas', () => {
  it('WD-1 a persona is made, rewritten, and taken off the list', async () => {
    const { rpc } = server;
    const { personaId } = await rpc.personas.author.mutate({ commandId: fresh(), identity: { name: 'Ida', pronouns: 'she/her' } });
    await rpc.personas.author.mutate({ commandId: fresh(), personaId, identity: { name: 'Ida Holm', pronouns: 'she/her', persona: 'Surveyor.' } });
    expect(await rpc.personas.list.query()).toEqual([{ personaId, name: 'Ida Holm', pronouns: 'she/her', persona: 'Surveyor.', removed: false }]);
    await rpc.personas.remove.mutate({ commandId: fresh(), personaId });
    await rpc.personas.remove.mutate({ commandId: fresh(), personaId });
    expect(await rpc.personas.list.query()).toEqual([]);
    expect(await refusal(rpc.personas.author.mutate({ commandId: fresh(), personaId, identity: { name: 'Back' } }))).toMatchObject({ code: 'not_found' });
  });

  it('TL-14 a command that arrives twice acts once and answers the same', async () => {
    const commandId = fresh();
    const make = () => server.rpc.personas.author.mutate({ commandId, identity: { name: 'Ida' } });
    const [first, second] = await Promise.all([make(), make()]);
    expect(second).toEqual(first);
    expect(await make()).toEqual(first);
    expect(await server.rpc.personas.list.query()).toHaveLength(1);
  });
});

describe('bots', () => {
  it('WD-2 a bot is made and re-authored; what its card carried stays', async () => {
    const { rpc } = server;
    const { botId } = await rpc.bots.author.mutate({
      commandId: fresh(),
      identity: { name: 'Ludo', persona: 'x'.repeat(500), greeting: 'Hello.', card: { data: { odd: 1 } } },
      lore: [{ content: 'One', keys: ['a'] }, { content: 'Two' }],
    });
    const [summary] = await rpc.bots.list.query();
    expect(summary).toMatchObject({ botId, name: 'Ludo', greeting: true, avatar: null });
    expect(summary?.persona).toHaveLength(200);
    expect(summary?.hue).toBeGreaterThanOrEqual(0);

    const before = await rpc.bots.get.query({ botId });
    const first = before.lore.find(({ content }) => content === 'One');
    await rpc.bots.author.mutate({
      commandId: fresh(),
      botId,
      identity: { name: 'Ludovic' },
      lore: [{ ...first, content: 'One, mended' }, { content: 'Three' }],
    });
    const after = await rpc.bots.get.query({ botId });
    expect(after).toMatchObject({ name: 'Ludovic', hasCard: true, greeting: '' });
    expect(after.lore.map(({ content }) => content).toSorted()).toEqual(['One, mended', 'Three']);
    expect(after.lore.find(({ content }) => content === 'One, mended')?.loreId).toBe(first?.loreId);

    await rpc.bots.remove.mutate({ commandId: fresh(), botId });
    expect(await rpc.bots.list.query()).toEqual([]);
    expect(await rpc.bots.get.query({ botId })).toMatchObject({ removed: true });
  });

  it('OP-8 control characters go, other scripts stay', async () => {
    const { botId } = await server.rpc.bots.author.mutate({
      commandId: fresh(),
      identity: { name: ' Z\u0000o\u0007ë\u202E \n Ὀδυσσεύς 🜁\uD800 ', persona: 'a\r\nb\u001B[31m' },
    });
    const bot = await server.rpc.bots.get.query({ botId });
    expect(bot.name).toBe('Zoë\u202E Ὀδυσσεύς 🜁\uFFFD');
    expect(bot.persona).toBe('a\nb[31m');
  });

  it.each([
    [{ name: '' }, ['identity.name'], /^Name: This may not be empty/],
    [{ name: '\u0000\u0001 ' }, ['identity.name'], /^Name: This may not be empty/],
    [{ name: 'x'.repeat(121) }, ['identity.name'], /^Name: .*at most 120/],
    [{ name: 'A', persona: 'x'.repeat(100_001) }, ['identity.persona'], /^Persona: .*at most 100,000/],
    [{ name: 'A', voiceSamples: ['ok', 'x'.repeat(20_001)] }, ['identity.voiceSamples.1'], /^Voice samples: /],
    [{ name: 'A', bigFive: { openness: 2, conscientiousness: 0, extraversion: 0, agreeableness: 0, neuroticism: 0 } }, ['identity.bigFive.openness'], /^Openness: /],
    [{}, ['identity.name'], /^Name: /],
  ])('OP-8 a field that does not fit is named: %#', async (identity, fields, message) => {
    const problem = await refusal(server.rpc.bots.author.mutate({ commandId: fresh(), identity: identity as never }));
    expect(problem).toMatchObject({ code: 'invalid', fields, message: expect.stringMatching(message) });
    expect(await server.rpc.bots.list.query()).toEqual([]);
  });

  it('OP-8 whatever is not an input at all is refused, and nothing ends', async () => {
    for (const body of ['', 'null', '[]', '{"0":', '"x"', '{"identity":{"name":{"toString":1}},"commandId":"../../x"}', '{"__proto__":{"a":1}}']) {
      const answer = await fetch(`${server.url}/trpc/bots.author`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      expect(answer.status).toBe(400);
      const text = await answer.text();
      expect(text).not.toMatch(/node_modules|\.ts:\d/);
    }
    expect((await fetch(`${server.url}/trpc/no.such`)).status).toBe(404);
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
  });
});

describe('the sample cast', () => {
  it('UI-9 it is three bots with pictures, and one of them speaks first', async () => {
    const samples = await server.rpc.samples.list.query();
    expect(samples).toHaveLength(3);
    expect(samples.filter(({ speaksFirst }) => speaksFirst).length).toBeGreaterThanOrEqual(2);
    for (const { avatar } of samples) {
      const picture = await fetch(`${server.url}${avatar}`);
      expect(picture.headers.get('content-type')).toBe('image/webp');
      expect((await picture.arrayBuffer()).byteLength).toBeLessThan(40_000);
    }
  });

  it('UI-9 nobody of it shares a hue, and a bot that is written gets one that few have', async () => {
    const { rpc } = server;
    const sampleIds = (await rpc.samples.list.query()).map(({ sampleId }) => sampleId);
    await rpc.samples.add.mutate({ commandId: fresh(), sampleIds });
    for (let count = 0; count < 5; count += 1) await rpc.bots.author.mutate({ commandId: fresh(), identity: { name: `Bot ${count}` } });
    const bots = (await rpc.bots.list.query()).filter(({ botId, name }) => botId.startsWith('sample-') || name.startsWith('Bot '));
    expect(new Set(bots.map(({ hue }) => hue)).size).toBe(8);
  });

  it('UI-9 adding it twice adds it once, and what you changed stays', async () => {
    const { rpc } = server;
    const sampleIds = (await rpc.samples.list.query()).map(({ sampleId }) => sampleId);
    const { botIds } = await rpc.samples.add.mutate({ commandId: fresh(), sampleIds });
    const [botId = ''] = botIds;
    const bot = await rpc.bots.get.query({ botId });
    expect(bot.avatar).not.toBeNull();
    expect((await fetch(`${server.url}/files/${bot.avatar}`)).status).toBe(200);
    await rpc.bots.author.mutate({ commandId: fresh(), botId, identity: { name: 'Mine now' } });
    expect(await rpc.samples.add.mutate({ commandId: fresh(), sampleIds })).toEqual({ botIds });
    expect((await rpc.bots.get.query({ botId })).name).toBe('Mine now');
    await rpc.bots.remove.mutate({ commandId: fresh(), botId });
    await rpc.samples.add.mutate({ commandId: fresh(), sampleIds: [sampleIds[0] ?? ''] });
    expect((await rpc.bots.get.query({ botId })).name).toBe(cast[0]?.identity.name);
    expect(await rpc.bots.list.query()).toHaveLength(3);
    expect(await refusal(rpc.samples.add.mutate({ commandId: fresh(), sampleIds: ['nobody'] }))).toMatchObject({ code: 'not_found' });
  });

  it('WD-2 each has what makes a voice: 80 to 150 words of persona, samples, traits, a past, a place to begin', () => {
    for (const { identity } of cast) {
      const words = identity.persona?.split(/\s+/).length ?? 0;
      expect(words).toBeGreaterThanOrEqual(80);
      expect(words).toBeLessThanOrEqual(150);
      expect(identity.voiceSamples?.length).toBeGreaterThanOrEqual(2);
      expect(identity.traits?.length).toBeGreaterThanOrEqual(4);
      for (const text of [identity.backstory, identity.relationship, identity.kickoff]) expect(text?.length).toBeGreaterThan(100);
    }
  });
});
