import { afterEach, describe, expect, it } from 'vitest';
import { findLocalServers, PRESETS, startRehearsal } from '../src/index.ts';
import { fail, hostile, json, type Behaviour, type Hostile } from './hostile.ts';
import { at, faultOf, never, rig } from './rig.ts';

let server: Hostile | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function against(behave: Behaviour): Promise<string> {
  await server?.close();
  server = await hostile(behave);
  return server.url;
}

const list = (...ids: string[]) => ({ object: 'list', data: ids.map((id) => ({ id })) });
const html: Behaviour = (res) => {
  res.writeHead(200, { 'content-type': 'text/html' });
  res.end('<!doctype html><title>Router</title>');
};

describe('MO-1 test connection', () => {
  it('MO-1 lists the models', async () => {
    const url = await against((res) => json(res, 200, list('beta', 'alpha', 'beta')));
    const { gateway } = rig();
    expect(await gateway.test(at(url), undefined, never())).toEqual({ ok: true, models: ['alpha', 'beta'], ms: expect.any(Number) as number });
    expect(await gateway.test(at(url), 'alpha', never())).toMatchObject({ ok: true });
    expect(await gateway.listModels(at(url), never())).toEqual(['alpha', 'beta']);
  });

  it('MO-1 reads lists of other shapes', async () => {
    const { gateway } = rig();
    expect(await gateway.listModels(at(await against((res) => json(res, 200, [{ id: 'a' }]))), never())).toEqual(['a']);
    expect(await gateway.listModels(at(await against((res) => json(res, 200, { models: [{ name: 'b' }, 7] }))), never())).toEqual(['b']);
  });

  it('MO-1 nothing listens', async () => {
    const url = await against(() => undefined);
    await server?.close();
    const host = new URL(url).host;
    const { gateway } = rig();
    expect(await gateway.test(at(url, { name: 'LM Studio' }), undefined, never())).toEqual({
      ok: false,
      problem: `Nothing is listening at ${host}.`,
      hint: 'Start LM Studio and its server, and check that it uses this port.',
    });
  });

  it('MO-1 a web page instead of an API', async () => {
    const url = await against(html);
    const { gateway } = rig();
    expect(await gateway.test(at(url), undefined, never())).toEqual({
      ok: false,
      problem: `${url} answers, but not as a model API.`,
      hint: 'The address should end in /v1, as in http://127.0.0.1:1234/v1.',
    });
  });

  it('MO-1 /v1 is missing, or too much was copied', async () => {
    const url = await against((res, { path }) => (path === '/v1/models' ? json(res, 200, list('a')) : fail(res, 404, 'Not Found')));
    const { gateway } = rig();
    for (const slip of [url.replace('/v1', ''), url.replace('/v1', '/'), `${url}/chat/completions`])
      expect(await gateway.test(at(slip), undefined, never())).toMatchObject({ ok: false, hint: `Use ${url} as the address.` });
  });

  it('MO-1 the key is refused, or wanted', async () => {
    const url = await against((res, { headers }) => fail(res, 401, `No good: ${headers.authorization}`));
    const { gateway } = rig();
    const refused = await gateway.test(at(url, { apiKey: 'sk-0123456789' }), undefined, never());
    expect(refused).toEqual({ ok: false, problem: 'Testbed refused the API key.', hint: 'Copy the key again, whole and without spaces, or make a new one.' });
    expect(await gateway.test(at(url), undefined, never())).toEqual({ ok: false, problem: 'Testbed wants an API key.', hint: 'Enter an API key.' });
  });

  it('MO-1 the model is not in the list; near names are shown', async () => {
    const url = await against((res) => json(res, 200, list('llama-3.1-8b', 'qwen-2', 'mistral', 'llama-3.3-70b')));
    const { gateway } = rig();
    expect(await gateway.test(at(url), 'llama-3-8b', never())).toEqual({
      ok: false,
      problem: 'Testbed has no model called llama-3-8b.',
      hint: 'It has llama-3.1-8b, llama-3.3-70b and more. Choose one of its list.',
      models: ['llama-3.1-8b', 'llama-3.3-70b', 'mistral', 'qwen-2'],
    });
    const empty = await against((res) => json(res, 200, list()));
    expect(await gateway.test(at(empty), 'x', never())).toMatchObject({ hint: 'Its list is empty: load a model there first.' });
  });

  it('MO-1 an API without a list is tried with a word', async () => {
    const url = await against((res, { path }) =>
      path.endsWith('/models') ? fail(res, 404, 'Not Found') : json(res, 200, { choices: [{ message: { content: 'yes' } }] }),
    );
    const { gateway } = rig();
    expect(await gateway.test(at(url), 'solo', never())).toMatchObject({ ok: true, models: [] });
    const broken = await against((res, { path }) => (path.endsWith('/models') ? fail(res, 404, 'Not Found') : json(res, 200, { error: { message: 'no' } })));
    expect(await gateway.test(at(broken), 'solo', never())).toMatchObject({ ok: false, problem: 'Testbed broke off with an error: “no”.' });
  });

  it('MO-1 other faults keep their own words', async () => {
    const { gateway } = rig();
    const cases: [Behaviour, string][] = [
      [(res) => fail(res, 403, 'gated'), 'Check your plan and credit there, and whether the model asks you to accept a licence.'],
      [(res) => fail(res, 429, 'slow'), 'The address and the key work. Wait a little, then try again.'],
      [(res) => fail(res, 500, 'oops'), 'Try again in a moment; if it stays so, look at the server’s own log.'],
    ];
    for (const [behave, hint] of cases) expect(await gateway.test(at(await against(behave)), undefined, never())).toMatchObject({ ok: false, hint });
    expect(await gateway.test(at('localhost'), undefined, never())).toEqual({
      ok: false,
      problem: '“localhost” is not a web address.',
      hint: 'Enter an address such as http://127.0.0.1:1234/v1.',
    });
  });

  it('MO-1 a server of this machine is not looked for online', async () => {
    const { gateway } = rig();
    expect(await gateway.test(at('http://127.0.0.1:9/v1'), undefined, never())).toEqual({
      ok: false,
      problem: 'No model server answers at port 9: that one is kept for something else.',
      hint: 'Check the address and its port, and that the server is running there.',
    });
    expect(await gateway.test(at('http://nobody.invalid/v1'), undefined, never())).toMatchObject({ hint: 'Check the address, and that this machine is online.' });
  });

  it('MO-1 JSON that is no list is no API', async () => {
    const { gateway } = rig();
    expect(await faultOf(gateway.listModels(at(await against((res) => json(res, 200, { hello: 'world' }))), never()))).toMatchObject({ code: 'not_an_api' });
    expect(await faultOf(gateway.listModels(at(await against((res) => json(res, 200, { error: { message: 'no', code: 401 } }))), never()))).toMatchObject({
      code: 'unauthorized',
    });
  });

  it('an abort is thrown as it came', async () => {
    const url = await against(() => undefined);
    const { gateway } = rig();
    await expect(gateway.test(at(url), undefined, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });
});

describe('MO-1 presets', () => {
  it('MO-1 local ones stand first, with their usual ports', () => {
    expect(PRESETS.map((preset) => preset.name)).toEqual(['Ollama', 'LM Studio', 'llama.cpp', 'KoboldCpp', 'vLLM', 'Featherless', 'OpenRouter', 'OpenAI']);
    expect(PRESETS.every((preset) => preset.local === preset.baseUrl.startsWith('http://127.0.0.1') && preset.local !== preset.needsKey)).toBe(true);
  });
});

describe('MO-2 looking for a local server', () => {
  it('MO-2 finds what answers as an API and leaves out the rest', async () => {
    const rehearsal = await startRehearsal();
    const page = await against(html);
    const gone = await hostile(() => undefined);
    await gone.close();
    const preset = (id: string, baseUrl: string, local = true) => ({ id, name: id, baseUrl, needsKey: false, local });
    const found = await findLocalServers(never(), [preset('here', rehearsal.url), preset('page', page), preset('gone', gone.url), preset('far', rehearsal.url, false)]);
    expect(found).toEqual([{ presetId: 'here', baseUrl: rehearsal.url, models: ['rehearsal', 'rehearsal-embedding'] }]);
    await rehearsal.close();
  });

  it('MO-2 does not wait for a port that says nothing', async () => {
    const url = await against(() => undefined);
    expect(await findLocalServers(never(), [{ id: 'mute', name: 'mute', baseUrl: url, needsKey: false, local: true }])).toEqual([]);
  });
});
