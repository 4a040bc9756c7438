import { request } from 'node:http';
import { connect } from 'node:net';
import { createWSClient, createTRPCClient, wsLink } from '@trpc/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { AppRouter } from '../../src/rpc/router.ts';
import type { Running } from '../support/running.ts';
import { fresh, refusal, running } from '../support/running.ts';

let server: Running;
let port = 0;
beforeAll(async () => {
  server = await running();
  port = Number(new URL(server.url).port);
});
afterAll(() => server[Symbol.asyncDispose]());

/** The status and body of a request whose address fetch would mend. */
function ask(path: string): Promise<{ status: number; body: unknown }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, headers: { host: `127.0.0.1:${port}` } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

it('OP-8 an address that cannot be read is refused in the shape of every other refusal', async () => {
  expect(await ask('/trpc/%E0%A4%A')).toEqual({ status: 400, body: { message: 'This request could not be read.' } });
  expect(await ask('/%')).toEqual({ status: 400, body: { message: 'This request could not be read.' } });
});

it('OP-8 what is no HTTP is refused and hung up on', async () => {
  const said = await new Promise<string>((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write('HELLO\r\n\r\n'));
    socket.setEncoding('utf8').on('data', (part: string) => (text += part));
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
  });
  expect(said).toMatch(/^HTTP\/1\.1 400 /);
  expect(said).toMatch(/\{"message":"This request could not be read\."\}$/);
});

it('TL-14 a command id belongs to the procedure that it was first sent to', async () => {
  const { rpc } = server;
  const commandId = fresh();
  const ada = { commandId, identity: { name: 'Ada', pronouns: '', persona: '' } };
  const { personaId } = await rpc.personas.author.mutate(ada);
  expect(await rpc.personas.author.mutate(ada)).toEqual({ personaId });
  expect(await refusal(rpc.bots.author.mutate({ commandId, identity: { name: 'Mara' } }))).toMatchObject({ code: 'invalid', fields: ['commandId'] });
  expect(await rpc.bots.list.query()).toEqual([]);
});

it('TL-14 OP-8 a command takes no id that the engine gives to its own', async () => {
  // As the end of a reply is named, which would then never be written.
  const taken = server.rpc.personas.author.mutate({ commandId: `${fresh()}:end`, identity: { name: 'Cy', pronouns: '', persona: '' } });
  expect(await refusal(taken)).toMatchObject({ code: 'invalid', fields: ['commandId'] });
});

it('TL-14 an id whose command was refused is free again', async () => {
  const { rpc } = server;
  const commandId = fresh();
  expect(await refusal(rpc.bots.remove.mutate({ commandId, botId: 'nobody' }))).toMatchObject({ code: 'not_found' });
  await rpc.personas.author.mutate({ commandId, identity: { name: 'Bo', pronouns: '', persona: '' } });
});

it('OP-8 a page listens to twenty things at once, and to another when it leaves one', async () => {
  const socket = createWSClient({ url: `${server.url.replace('http', 'ws')}/trpc` });
  const client = createTRPCClient<AppRouter>({ links: [wsLink({ client: socket })] });
  const listen = () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const { unsubscribe } = client.live.subscribe({ chatId: null, tabId: 'tab' }, { onData: () => resolve('heard'), onError: ({ message }) => resolve(message) });
    return { said: promise, unsubscribe };
  };
  const twenty = Array.from({ length: 20 }, listen);
  expect(new Set(await Promise.all(twenty.map(({ said }) => said)))).toEqual(new Set(['heard']));
  expect(await listen().said).toMatch(/listens to too much/);
  twenty[0]?.unsubscribe();
  await expect.poll(() => server.app.services.live.subscribers).toBe(19);
  expect(await listen().said).toBe('heard');
  await socket.close();
});

it('OP-8 a tab too many is refused, and comes in when another goes', async () => {
  const open = (): Promise<WebSocket | string> =>
    new Promise((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/trpc`);
      socket.on('open', () => resolve(socket));
      socket.on('error', ({ message }) => resolve(message));
    });
  await expect.poll(() => server.app.http.websocketServer.clients.size).toBe(0);
  const tabs = await Promise.all(Array.from({ length: 200 }, open));
  expect(tabs.filter((tab) => typeof tab === 'string')).toEqual([]);
  expect(await open()).toMatch(/503/);
  const [first] = tabs;
  if (typeof first === 'object') first.close();
  await expect.poll(() => server.app.http.websocketServer.clients.size).toBe(199);
  expect(await open()).toBeTypeOf('object');
  for (const client of server.app.http.websocketServer.clients) client.terminate();
});
