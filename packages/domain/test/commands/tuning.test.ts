import { expect, test } from 'vitest';
import { inChat } from '../../src/catalogue.ts';
import { tuneChat } from '../../src/commands/tuning.ts';
import { given } from '../support/given.ts';
import { opening, people } from '../support/harbour.ts';

const base = [...people, ...opening()];
const chat = (...events: ReturnType<typeof tuneChat>) => given([...base, ...events]).row('chats', 'c1');

test('PR-7 only what is another now is written', () => {
  const first = tuneChat(chat(), { note: { text: ' Slowly. ', depth: 1 }, passesOff: ['scene', 'edges', 'scene'] });
  expect(first).toEqual([inChat('c1', 'chat_tuned', { note: { text: 'Slowly.', depth: 1 }, passesOff: ['edges', 'scene'] })]);
  expect(tuneChat(chat(...first), { note: { text: 'Slowly.', depth: 1 }, passesOff: ['scene', 'edges'], sampler: null })).toEqual([]);
  expect(tuneChat(chat(...first), { note: { text: 'Slowly.', depth: 3 } })).toHaveLength(1);
});

test('PR-7 a note without words is none, a sampler that sets nothing is none', () => {
  expect(tuneChat(chat(), { note: { text: '  ', depth: 0 }, sampler: {} })).toEqual([]);
  const tuned = tuneChat(chat(), { sampler: { temperature: 0 } });
  expect(chat(...tuned)?.tuning.sampler).toEqual({ temperature: 0 });
  expect(tuneChat(chat(...tuned), { sampler: { temperature: 0.1 } })).toHaveLength(1);
  expect(chat(...tuned, ...tuneChat(chat(...tuned), { sampler: null }))?.tuning.sampler).toBeNull();
});

test('PR-7 a chat that is not there cannot be tuned', () => {
  expect(() => tuneChat(undefined, {})).toThrow(expect.objectContaining({ code: 'not_found', fields: ['chatId'] }));
});
