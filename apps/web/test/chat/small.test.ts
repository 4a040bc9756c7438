import { describe, expect, it } from 'vitest';
import { givenBack, keepDraft, readDraft } from '../../src/features/chat/model/drafts.ts';
import { UNKNOWN_HEIGHT, heightOf } from '../../src/features/chat/model/measure.ts';
import { realTime, storyHour, storyMoment, storyTime, stretch } from '../../src/features/chat/model/times.ts';
import { endingOf } from '../../src/features/chat/turn-notes.tsx';
import { waitingWords } from '../../src/features/chat/waiting-words.ts';
import { turnOf } from './make.ts';

function shelf() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

describe('what a reply waits for', () => {
  const wait = (message: string, retryAt: number | null) => waitingWords({ turnId: 't', message, retryAt }, 1_000_000);
  it('MO-4 the time left stands in place of the time that there was at first', () => {
    expect(wait('Stage asks to wait 2 hours before the next request. Trying again in 2 hours.', 8_140_000)).toBe('Stage asks to wait 2 hours before the next request. Trying again in 1 h 59 min.');
    expect(wait('Stage asked to wait. Going on in 5 minutes.', 1_200_500)).toBe('Stage asked to wait. Trying again in 3 min 21 s.');
    expect(wait('Stage has trouble of its own (500). Trying again in 1 second.', 999_000)).toBe('Stage has trouble of its own (500). Trying again now.');
  });

  it('MO-5 a wait in line names no time', () => {
    expect(wait('Waiting for a free place at Stage.', null)).toBe('Waiting for a free place at Stage.');
  });
});

describe('a draft', () => {
  it('LV-5 survives, with what waits for an answer, and leaves nothing behind when it is empty', () => {
    const store = shelf();
    const draft = { text: 'so', pending: { commandId: 'x', head: 't1', text: 'Then ask.' } };
    expect(keepDraft(store, 'c', draft)).toBe(true);
    expect(readDraft(store, 'c')).toEqual(draft);
    expect(readDraft(store, 'd')).toEqual({ text: '', pending: null });
    keepDraft(store, 'c', { text: '', pending: null });
    expect(store.kept.size).toBe(0);
  });

  it.each(['not json', '7', '{"text":7,"pending":{"head":1}}', '{"pending":3}', 'null'])('LV-5 reads %j as no draft', (raw) => {
    const store = shelf();
    store.kept.set('offstage.draft.c', raw);
    expect(readDraft(store, 'c')).toEqual({ text: '', pending: null });
  });

  it('LV-5 says when it could not be kept', () => {
    const full = { ...shelf(), setItem: () => { throw new DOMException('full', 'QuotaExceededError'); } };
    expect(keepDraft(full, 'c', { text: 'so', pending: null })).toBe(false);
    expect(keepDraft(null, 'c', { text: 'so', pending: null })).toBe(false);
    expect(keepDraft(null, 'c', { text: '', pending: null })).toBe(true);
    expect(readDraft(null, 'c').text).toBe('');
  });

  it('TL-14 a refused message comes back before what was typed since', () => {
    const pending = { commandId: 'x', head: 't1', text: 'Then ask.' };
    expect(givenBack(pending, ' ')).toBe('Then ask.');
    expect(givenBack(pending, 'And')).toBe('Then ask.\n\nAnd');
  });
});

describe('story time', () => {
  it.each([
    ['2026-03-03T03:10:00Z', 'Tuesday, night'],
    ['2026-03-03T06:10:00Z', 'Tuesday, early morning'],
    ['2026-03-03T17:40:00Z', 'Tuesday, early evening'],
    ['2026-03-03T23:40:00Z', 'Tuesday, late evening'],
  ])('SC-3 %s is %s', (clock, words) => expect(storyTime(clock)).toBe(words));

  it('SC-3 a clock that is not set says nothing', () => {
    for (const clock of [null, 'not a clock']) expect([storyTime(clock), storyHour(clock), storyMoment(clock)]).toEqual([undefined, undefined, undefined]);
    expect(storyMoment('2026-03-03T17:40:00Z')).toBe('Tuesday 3 March, 17:40');
    expect(realTime('never')).toBe('');
    expect(realTime('2026-11-21T05:30:00Z')).toContain('2026');
  });

  it.each([[1, '1 minute'], [6, '6 minutes'], [120, '2 hours'], [4320, '3 days']])('SC-3 %d minutes are %s', (minutes, words) =>
    expect(stretch(minutes)).toBe(words));
});

describe('how a reply ended', () => {
  const ending = (told: object) => endingOf(turnOf({ turnId: 't', depth: 1, ...told }));

  it('TN-5 says what happened and what was kept', () => {
    expect(ending({})).toBeUndefined();
    expect(ending({ kind: 'user', truncated: true })).toBeUndefined();
    expect(ending({ status: 'streaming', truncated: true })).toBeUndefined();
    const cut = { truncated: true, text: 'She turns and' };
    expect(ending({ ...cut, finishReason: 'lost' })).toBe('The model stopped answering after 3 words. They are kept.');
    expect(ending({ ...cut, finishReason: 'aborted' })).toBe('You stopped the reply after 3 words. They are kept.');
    expect(ending({ ...cut, finishReason: 'aborted', text: 'She' })).toBe('You stopped the reply after 1 word. It is kept.');
    expect(ending({ ...cut, finishReason: 'cap' })).toContain('longest length after 3 words');
    expect(ending({ ...cut, finishReason: 'crash' })).toContain('Offstage closed');
  });

  it('MO-4 says the fault in its own words where it has some', () => {
    expect(ending({ truncated: true, text: '', finishReason: 'lost', problem: 'The model is not loaded.' })).toBe('The model is not loaded.');
    expect(ending({ truncated: true, text: '', finishReason: 'lost' })).toBe('The model gave no words.');
    expect(ending({ truncated: true, text: '', finishReason: 'aborted' })).toBe('You stopped the reply before its first word.');
    expect(ending({ problem: 'Its key was refused.' })).toBe('Its key was refused.');
  });
});

describe('heights before they are measured', () => {
  it('UI-6 grow with the words', () => {
    expect(heightOf(undefined)).toBe(UNKNOWN_HEIGHT);
    const short = heightOf(turnOf({ turnId: 't', depth: 1, text: 'So.' }));
    expect(heightOf(turnOf({ turnId: 't', depth: 1, text: 'word '.repeat(200) }))).toBeGreaterThan(short + 300);
  });
});
