import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { createPace, keepPace } from '../../src/ops/pace.ts';

it('OP-8 a pace lets a burst through, then so many a second', () => {
  const pace = createPace({ burst: 3, perSecond: 2 });
  expect([0, 0, 0, 0].map((now) => pace(now))).toEqual([true, true, true, false]);
  expect([500, 500, 10_000, 10_000, 10_000, 10_000].map((now) => pace(now))).toEqual([true, false, true, true, true, false]);
  expect([pace(20_000, 4), pace(20_000, 3), pace(20_000)]).toEqual([false, true, false]);
});

it('OP-8 who asks without end is told to wait, others are answered, and a moment later so is that one', async () => {
  let now = 0;
  const app = Fastify();
  keepPace(app, () => now);
  app.get('/', async () => 'here');
  const ask = (remoteAddress: string) => app.inject({ url: '/', remoteAddress });
  let asked = 0;
  while ((await ask('192.0.2.1')).statusCode === 200) asked += 1;
  expect(asked).toBe(5_000);
  const refused = await ask('192.0.2.1');
  expect([refused.statusCode, refused.headers['retry-after'], refused.json()]).toEqual([429, '1', { message: 'Too much was asked at once. Wait a moment, then try again.' }]);
  expect((await ask('192.0.2.2')).statusCode).toBe(200);
  now = 1_000;
  expect((await ask('192.0.2.1')).statusCode).toBe(200);
  await app.close();
});
