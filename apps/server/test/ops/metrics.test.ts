import { expect, it } from 'vitest';
import { fresh, running } from '../support/running.ts';

const KEY = 'sk-a-very-secret-key-0123456789';

it('OP-9 /metrics counts in the text of Prometheus, under labels of a fixed list, and OP-5 without a key or a name', async () => {
  await using server = await running();
  await server.rpc.settings.saveProvider.mutate({ commandId: fresh(), provider: { name: 'Gone "north"', baseUrl: 'http://127.0.0.1:9/v1', apiKey: KEY, maxConcurrent: 1 }, narrative: 'm' });
  const { gateway, models } = server.app.services;
  const { endpoint, model } = await models.choose('narrative');
  const ask = { purpose: 'kickoff', model, messages: [{ role: 'user', content: 'Hi' }], context: { chatId: 'c1' } } as const;
  await expect(gateway.complete(endpoint, ask, AbortSignal.timeout(15_000))).rejects.toThrow();
  await fetch(`${server.url}/nowhere/at/all`);
  const answer = await fetch(`${server.url}/metrics`);
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const text = await answer.text();
  const lines = text.trimEnd().split('\n');
  expect(lines.filter((line) => !/^(?:# (?:HELP|TYPE) offstage_\w+ \S.*|offstage_\w+(?:\{[a-z]+="[\w. -]*"(?:,[a-z]+="[\w. -]*")*\})? -?[\d.]+(?:e[+-]?\d+)?)$/.test(line))).toEqual([]);
  expect(lines).toContain('offstage_model_calls_total{purpose="kickoff",outcome="error"} 1');
  expect(lines).toContain('offstage_library_ok 1');
  expect(text).toMatch(/^offstage_requests_total\{place="trpc",status="2xx"\} \d+$/m);
  expect(text).toMatch(/^offstage_requests_total\{place="pages",status="\dxx"\} 1$/m);
  expect(text).not.toMatch(/sk-|north|nowhere/);
});
