import { afterAll, beforeAll, expect, test } from 'vitest';
import { beginChat, openHouse, sayIn } from './harness.ts';
import type { Client, House } from './harness.ts';
import { DONE, GOOD, answers, chunk, goesOnAndOn, goesQuietAfter, isCutAfter, misbehaving, refuses, streams, words } from './misbehaving.ts';
import type { Behaviour, Misbehaving } from './misbehaving.ts';

/** MO-4: one fault of the model that keeps the books. It never touches the story; what it says stands in the record of the call. */
interface Fault {
  readonly what: string;
  readonly behaves: Behaviour;
  /** What the record of the call says; null where the model answered, but uselessly or in part. */
  readonly says: string | null;
  /** How the unusable answer is told, where one is. */
  readonly unusable?: RegExp;
}

const said = (text: string): Behaviour => streams(words(text), chunk({}, 'stop'), DONE);
const inStream = (error: unknown): string => `data: ${JSON.stringify({ error })}\n\n`;

const faults: readonly Fault[] = [
  { what: '400 while the model is cold', behaves: refuses(400, 'model is cold'), says: 'keeper is still being loaded at Stage. That can take some minutes: try again shortly, or choose a warm model.' },
  { what: '401', behaves: refuses(401, 'no'), says: 'Stage wants an API key. Add one in Settings.' },
  { what: '403', behaves: refuses(403, 'gated'), says: "Stage does not allow this key to use keeper: “gated”. Check your plan, or accept the model's licence there." },
  { what: '404 of the model', behaves: refuses(404, 'model not found'), says: 'Stage has no model called keeper. Choose another one in Settings.' },
  { what: '402', behaves: refuses(402, 'pay first'), says: 'Stage says that the account has no credit left: “pay first”. Top it up, or choose another model.' },
  { what: '404 of the path', behaves: answers(404, ''), says: '{url} answers, but not as a model API. Check the address in Settings.' },
  { what: 'a prompt that is too long', behaves: refuses(400, 'maximum context length is 4096 tokens'), says: 'The prompt is longer than keeper can read: “maximum context length is 4096 tokens”. Lower the token budget in Settings.' },
  { what: 'a quota that is used up', behaves: refuses(429, 'insufficient_quota'), says: "Stage says that this key's quota is used up. Check your plan there, or choose another model." },
  { what: 'an answer that was only thought', behaves: streams(words('<think>What now? '), chunk({}, 'stop'), DONE), says: "keeper thought but did not say anything. Raise the reply's length limit, or try again.", unusable: /./ },
  { what: '429 again and again', behaves: refuses(429, 'slow', { 'retry-after-ms': '2' }), says: 'Stage asks to wait 1 second before the next request.' },
  { what: '500 again and again', behaves: refuses(500, 'oops'), says: 'Stage has trouble of its own (500): “oops”. Try again in a moment.' },
  { what: 'a connection cut before the answer', behaves: (response) => response.destroy(), says: 'The connection to Stage broke. Try again.' },
  { what: 'a connection cut in the middle', behaves: isCutAfter(words('{"memories":')), says: 'The connection to Stage broke. Try again.' },
  { what: 'silence', behaves: goesQuietAfter(''), says: 'Stage ({host}) said nothing for 1 second. It may be loading the model, or be busy: try again.' },
  { what: 'a stall in the middle', behaves: goesQuietAfter(words('{"memories":')), says: 'Stage fell silent in the middle of the reply for 1 second. Try again.' },
  { what: 'an error under HTTP 200', behaves: streams(inStream({ message: 'CUDA out of memory' })), says: 'Stage broke off with an error: “CUDA out of memory”. Try again.' },
  { what: 'no [DONE]', behaves: streams(words('{"memories":')), says: 'Stage broke off before the end of the reply. Try again.' },
  { what: 'a page of HTML', behaves: answers(200, '<html>Log in</html>', { 'content-type': 'text/html' }), says: '{url} answers, but not as a model API. Check the address in Settings.' },
  { what: 'an empty answer', behaves: said(' '), says: 'keeper sent an empty reply. Try again, or choose another model.', unusable: /./ },
  { what: 'an answer that is no JSON', behaves: said('I noted all of it, thank you!'), says: null, unusable: /JSON/i },
  { what: 'a refusal', behaves: said("I'm sorry, but I can't help with that."), says: null, unusable: /declined|refus/i },
  { what: 'JSON of another shape', behaves: said('[1, 2, 3]'), says: null, unusable: /./ },
  { what: 'an answer cut off in the middle', behaves: streams(words('{"memories": {"told": [{"tell'), chunk({}, 'length'), DONE), says: null },
  { what: 'values out of all bounds', behaves: said('{"significance":{"score":9e99},"edges":{"moves":[{"from":"Mara","to":"Ava","affinity":1e12,"trust":"much","facts":7}]},"activity":{"minutes":-1e9}}'), says: null },
  { what: 'people who are not here', behaves: said('{"memories":{"told":[{"teller":"Nobody","hearer":"Zed","fact":"x"}]},"edges":{"moves":[{"from":"Zed","to":"Nobody","affinity":3,"trust":3,"facts":[]}]}}'), says: null },
  { what: 'an endless answer', behaves: goesOnAndOn(words('{"memories":{"told":[ '.padEnd(200))), says: null },
];

let model: Misbehaving;
let house: House;
let client: Client;
let who: { botId: string; personaId: string };
beforeAll(async () => {
  model = await misbehaving();
  house = await openHouse({
    model: { url: model.url, narrative: 'narrator', classifier: 'keeper' },
    settings: '[passes]\nidle_seconds = 1\ntotal_seconds = 5\n',
    limits: { retries: 1, backoffMs: 2, slowBackoffMs: 2, maxReplyChars: 4_000 },
  });
  client = house.tab().client;
  who = await beginChat(client, { continuity: 'own' });
}, 60_000);
afterAll(async () => {
  await house.close();
  await model.close();
});

test.each(faults)('MO-4 $what of the model that keeps the books: the story stands, and the next turn is learned from', async ({ behaves, says, unusable }) => {
  const { services } = house.app;
  const chat = await beginChat(client, { ...who, continuity: 'own' });
  const edgeId = `${(await services.store.read.row('chats', chat.chatId))?.continuityId ?? ''}/${chat.botId}/${chat.personaId}`;
  const before = await services.store.read.row('edges', edgeId);
  model.behave('keeper', behaves);
  const { replyTurnId } = await sayIn(house, client, chat, 'Is anybody there?');
  const told = (turnId: string) => client.chats.open.query({ chatId: chat.chatId }).then(({ turns }) => turns.find((turn) => turn.turnId === turnId));
  // What was said stands whole, nothing is owed, and no feeling has leapt.
  expect(await told(replyTurnId)).toMatchObject({ text: GOOD, finishReason: 'stop', truncated: false, problem: null });
  expect(await services.store.read.rows('owed', {})).toEqual([]);
  const after = await services.store.read.row('edges', edgeId);
  expect(Math.abs((after?.affinity ?? 0) - (before?.affinity ?? 0))).toBeLessThanOrEqual(5);
  const memories = async (turnId: string) => (await client.chats.memories.query({ chatId: chat.chatId, ownerId: chat.botId, limit: 20 })).filter((memory) => memory.turnId === turnId);
  expect((await memories(replyTurnId)).map(({ kind }) => kind)).toEqual(['turn']);
  await services.calls.settled();
  const call = (await services.store.callsOfTurn(replyTurnId)).find(({ purpose }) => purpose === 'passes');
  const { error } = (call?.record ?? {}) as { error?: { message: string } };
  expect(error?.message ?? null).toBe(says?.replace('{url}', model.url).replace('{host}', new URL(model.url).host) ?? null);
  const failures = (await services.store.failures(50)).filter(({ turnId }) => turnId === replyTurnId);
  if (unusable !== undefined) expect(failures.map(({ problem }) => problem).join('\n')).toMatch(unusable);

  model.behave('keeper', said('{"significance":{"score":2}}'));
  const next = await sayIn(house, client, chat, 'Once more: is anybody there?');
  expect(await told(next.replyTurnId)).toMatchObject({ text: GOOD, problem: null });
  expect((await memories(next.replyTurnId)).map(({ significance }) => significance)).toEqual([2]);
});
