import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Ear, beginChat, commandId, openHouse } from './harness.ts';
import type { Client, House } from './harness.ts';
import { DONE, GOOD, answers, chunk, first, goesOnAndOn, goesQuietAfter, isCutAfter, misbehaving, narrates, refuses, streams, words } from './misbehaving.ts';
import type { Behaviour, Misbehaving } from './misbehaving.ts';

/** MO-4: one fault of the model that narrates, and what a person has of it. */
interface Fault {
  readonly what: string;
  readonly behaves: Behaviour;
  /** The sentence on the page; null for a reply that is as good as any. */
  readonly says: string | null;
  /** The words that are kept. */
  readonly keeps: string;
  readonly ends?: 'stop' | 'length' | 'cap';
  /** Requests that it takes; 1 unless told otherwise. */
  readonly calls?: number;
}

const RETRIES = 2;
const LONGEST = 400;
const HALF = '*Mara opens the door.* ';
const KEPT = HALF.trim();
const half = words('*Mara opens ', 'the door.* ');
const inStream = (error: unknown): string => `data: ${JSON.stringify({ error })}\n\n`;
const stopped = 'The model stopped answering after 4 words. They are kept.';

const faults: readonly Fault[] = [
  // Refused before a word.
  { what: '400 while the model is cold', behaves: refuses(400, 'model is cold'), keeps: '', calls: RETRIES + 1, says: 'narrator is still being loaded at Stage. That can take some minutes: try again shortly, or choose a warm model.' },
  { what: '400 once while the model is cold, then a reply', behaves: first(1, refuses(400, 'model is cold'), narrates), keeps: GOOD, calls: 2, says: null },
  { what: '400 of another kind', behaves: refuses(400, 'no such template'), keeps: '', says: 'Stage did not accept the request (400): “no such template”. Check the model and its settings.' },
  { what: 'a prompt that is too long', behaves: refuses(400, 'maximum context length is 4096 tokens'), keeps: '', says: 'The prompt is longer than narrator can read: “maximum context length is 4096 tokens”. Lower the token budget in Settings.' },
  { what: '401', behaves: refuses(401, 'who are you'), keeps: '', says: 'Stage wants an API key. Add one in Settings.' },
  { what: '402', behaves: refuses(402, 'pay first'), keeps: '', says: 'Stage says that the account has no credit left: “pay first”. Top it up, or choose another model.' },
  { what: '403', behaves: refuses(403, 'gated'), keeps: '', says: "Stage does not allow this key to use narrator: “gated”. Check your plan, or accept the model's licence there." },
  { what: '404 of the model', behaves: refuses(404, 'model not found'), keeps: '', says: 'Stage has no model called narrator. Choose another one in Settings.' },
  { what: '404 of the path', behaves: answers(404, ''), keeps: '', says: '{url} answers, but not as a model API. Check the address in Settings.' },
  { what: '429 with a moment to wait, then a reply', behaves: first(1, refuses(429, 'slow down', { 'retry-after-ms': '5' }), narrates), keeps: GOOD, calls: 2, says: null },
  { what: '429 again and again', behaves: refuses(429, 'slow down', { 'retry-after-ms': '5' }), keeps: '', calls: RETRIES + 1, says: 'Stage asks to wait 1 second before the next request.' },
  { what: 'a quota that is used up', behaves: refuses(429, 'insufficient_quota'), keeps: '', says: "Stage says that this key's quota is used up. Check your plan there, or choose another model." },
  { what: '500 again and again', behaves: refuses(500, 'oops'), keeps: '', calls: RETRIES + 1, says: 'Stage has trouble of its own (500): “oops”. Try again in a moment.' },
  { what: '502 with a page of HTML', behaves: answers(502, '<!doctype html><h1>Bad gateway</h1>', { 'content-type': 'text/html' }), keeps: '', calls: RETRIES + 1, says: 'Stage has trouble of its own (502). Try again in a moment.' },
  { what: '503 once, then a reply', behaves: first(1, refuses(503, 'busy'), narrates), keeps: GOOD, calls: 2, says: null },
  // The connection.
  { what: 'a connection cut before the answer', behaves: (response) => response.destroy(), keeps: '', calls: RETRIES + 1, says: 'The connection to Stage broke. Try again.' },
  { what: 'a connection cut in the middle', behaves: isCutAfter(half), keeps: KEPT, says: stopped },
  { what: 'a connection cut after the last word', behaves: isCutAfter(half + chunk({}, 'stop')), keeps: KEPT, ends: 'stop', says: null },
  { what: 'a model that never begins', behaves: goesQuietAfter(''), keeps: '', says: 'Stage ({host}) said nothing for 1 second. It may be loading the model, or be busy: try again.' },
  { what: 'signs of life and no word', behaves: goesOnAndOn(`: busy\n\n${chunk({ content: '' })}`, 10), keeps: '', says: 'Stage ({host}) said nothing for 1 second. It may be loading the model, or be busy: try again.' },
  { what: 'words, then signs of life alone', behaves: goesOnAndOn(': busy\n\n', 10, half), keeps: KEPT, says: 'Stage fell silent in the middle of the reply for 1 second. The 4 words before that are kept.' },
  { what: 'an end that was said, then signs of life alone', behaves: goesOnAndOn(': busy\n\n', 10, half + chunk({}, 'stop')), keeps: KEPT, ends: 'stop', says: null },
  { what: 'a stream that stalls', behaves: goesQuietAfter(half), keeps: KEPT, says: 'Stage fell silent in the middle of the reply for 1 second. The 4 words before that are kept.' },
  // The stream.
  { what: 'an error under HTTP 200 before a word', behaves: streams(inStream({ message: 'CUDA out of memory' })), keeps: '', calls: RETRIES + 1, says: 'Stage broke off with an error: “CUDA out of memory”. Try again.' },
  { what: 'an error under HTTP 200 after words', behaves: streams(half, inStream({ message: 'CUDA out of memory' })), keeps: KEPT, says: 'Stage broke off with an error: “CUDA out of memory”. The 4 words before that are kept.' },
  { what: 'an overload under HTTP 200 after words', behaves: streams(half, inStream({ message: 'overloaded', code: 502 })), keeps: KEPT, says: 'Stage has trouble of its own (502): “overloaded”. The 4 words before that are kept.' },
  { what: 'an error as one JSON answer under HTTP 200', behaves: answers(200, '{"error":{"message":"no slot"}}'), keeps: '', calls: RETRIES + 1, says: 'Stage broke off with an error: “no slot”. Try again.' },
  { what: 'no [DONE]', behaves: streams(half), keeps: KEPT, says: stopped },
  { what: 'no [DONE], but an end that was said', behaves: streams(half, chunk({}, 'stop')), keeps: KEPT, ends: 'stop', says: null },
  { what: 'malformed chunks between good ones', behaves: streams(words('*Mara nods.* '), 'data: {"choices":[{"delta":{"con\n\ndata: 17\n\n', words('"I hear you."'), chunk({}, 'stop'), DONE), keeps: GOOD, says: null },
  { what: 'nothing but malformed chunks', behaves: streams('data: {"choices":[{"del\n\ndata: nonsense\n\n'), keeps: '', says: 'Stage sent something that is no reply of a model. Check that the address in Settings is that of an API, then try again.' },
  { what: 'a page of HTML under HTTP 200', behaves: answers(200, '<html>Log in</html>', { 'content-type': 'text/html' }), keeps: '', says: '{url} answers, but not as a model API. Check the address in Settings.' },
  { what: 'bytes that are no text', behaves: streams(Buffer.from([0xff, 0xfe, 0x00, 0x80, 0x0a, 0x0a])), keeps: '', calls: RETRIES + 1, says: 'Stage broke off before the end of the reply. Try again.' },
  { what: 'a body that is not what its encoding says', behaves: (response) => response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' }).end(Buffer.concat([gzipSync('data: x').subarray(0, 8), Buffer.from('broken')])), keeps: '', calls: RETRIES + 1, says: 'The connection to Stage broke. Try again.' },
  { what: 'one line without an end', behaves: streams(`data: ${'x'.repeat(1_200_000)}`), keeps: '', calls: RETRIES + 1, says: 'Stage broke off before the end of the reply. Try again.' },
  // The words.
  { what: 'an empty reply', behaves: streams(words(' ', '\n'), chunk({}, 'stop'), DONE), keeps: '', says: 'narrator sent an empty reply. Try again, or choose another model.' },
  { what: 'a stream of [DONE] alone', behaves: streams(DONE), keeps: '', says: 'narrator sent an empty reply. Try again, or choose another model.' },
  { what: 'a reply that was only thought', behaves: streams(words('<think>What now? '), chunk({}, 'stop'), DONE), keeps: '', says: "narrator thought but did not say anything. Raise the reply's length limit, or try again." },
  { what: 'a reply held back by a filter', behaves: streams(chunk({}, 'content_filter'), DONE), keeps: '', says: 'Stage held the reply of narrator back with its content filter. Change your message, or choose another model.' },
  { what: 'an endless reply', behaves: goesOnAndOn(words('x'.repeat(50))), keeps: 'x'.repeat(LONGEST), ends: 'cap', says: null },
  { what: 'endless thought', behaves: goesOnAndOn(chunk({ reasoning: 'but what if, '.repeat(20) })), keeps: '', says: "narrator thought but did not say anything. Raise the reply's length limit, or try again." },
  { what: "the provider's own limit of length", behaves: streams(half, chunk({}, 'length'), DONE), keeps: KEPT, ends: 'length', says: null },
  { what: "another's lines in place of its own", behaves: streams(words('Ava: "I leave."\n'), chunk({}, 'stop'), DONE), keeps: '', says: "The model wrote somebody else's lines instead of its own. Try again." },
  { what: 'half a letter at the end', behaves: streams(chunk({ content: `${HALF}\ud83d` }), chunk({}, 'stop'), DONE), keeps: KEPT, says: null },
  { what: 'words after the end', behaves: streams(half, chunk({}, 'stop'), DONE, words('And more.')), keeps: KEPT, says: null },
];

let model: Misbehaving;
let house: House;
let client: Client;
let who: { botId: string; personaId: string };
beforeAll(async () => {
  model = await misbehaving();
  house = await openHouse({
    model: { url: model.url, narrative: 'narrator', classifier: 'keeper' },
    limits: { idleMs: 150, firstTokenMs: 600, retries: RETRIES, backoffMs: 2, slowBackoffMs: 2, maxReplyChars: LONGEST },
  });
  client = house.tab().client;
  who = await beginChat(client, { continuity: 'own' });
}, 60_000);
afterAll(async () => {
  await house.close();
  await model.close();
});

const filled = (sentence: string | null): string | null => sentence?.replace('{url}', model.url).replace('{host}', new URL(model.url).host) ?? null;

test.each(faults)('MO-4 $what: what is said, what is kept, and the next turn works', async ({ behaves, says, keeps, ends, calls = 1 }) => {
  const chat = await beginChat(client, { ...who, continuity: 'own' });
  const ear = new Ear(client, chat.chatId);
  await ear.ready();
  model.behave('narrator', behaves);
  const sent = await client.turns.send.mutate({ commandId: commandId(), chatId: chat.chatId, head: chat.head, text: 'Is anybody there?' });
  await ear.whole(sent.replyTurnId);
  const whole = ends ?? (says === null ? 'stop' : 'lost');
  expect(ear.turn(sent.replyTurnId)).toMatchObject({ problem: filled(says), text: keeps, finishReason: whole, truncated: whole !== 'stop' });
  expect(model.calls('narrator')).toBe(calls);

  model.behave('narrator', narrates);
  const next = await client.turns.send.mutate({ commandId: commandId(), chatId: chat.chatId, head: sent.replyTurnId, text: 'Once more: is anybody there?' });
  await ear.whole(next.replyTurnId);
  expect(ear.turn(next.replyTurnId)).toMatchObject({ problem: null, text: GOOD, finishReason: 'stop', truncated: false });
  ear.close();
});

test('MO-4 a long Retry-After is waited for with its time on the page, is still there after a reload, and can be ended', async () => {
  const chat = await beginChat(client, { ...who, continuity: 'own' });
  const ear = new Ear(client, chat.chatId);
  await ear.ready();
  model.behave('narrator', refuses(429, 'later', { 'retry-after': '7200' }));
  const { replyTurnId } = await client.turns.send.mutate({ commandId: commandId(), chatId: chat.chatId, head: chat.head, text: 'Hello?' });
  const waits = (one: Ear) => one.frames.find((frame) => frame.type === 'waiting');
  await ear.until(() => waits(ear) !== undefined);
  expect(waits(ear)).toMatchObject({ turnId: replyTurnId, message: 'Stage asks to wait 2 hours before the next request. Trying again in 2 hours.' });
  const again = new Ear(client, chat.chatId, (await client.chats.open.query({ chatId: chat.chatId })).cursor);
  await again.until(() => waits(again) !== undefined);
  expect(waits(again)).toEqual(waits(ear));
  expect(await client.turns.stop.mutate({ chatId: chat.chatId })).toEqual({ stopped: true });
  await ear.whole(replyTurnId);
  expect(ear.turn(replyTurnId)).toMatchObject({ text: '', finishReason: 'aborted', problem: null });
  ear.close();
  again.close();
});
