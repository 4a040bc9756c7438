import { describe, expect, test } from 'vitest';
import type { NewEvent } from '../../src/catalogue.ts';
import { inTurn } from '../../src/catalogue.ts';
import type { EdgesNow, PlanWanted } from '../../src/commands/plans.ts';
import { PLANS_MOST, editPlan, expirePlans, learnPlan, movePlan, planEvent } from '../../src/commands/plans.ts';
import { addThing, changeThing, loseThing } from '../../src/commands/things.ts';
import { closeThread, editThread, threadsOfScene } from '../../src/commands/threads.ts';
import { undoEdit } from '../../src/commands/undoEdit.ts';
import { given, logged } from '../support/given.ts';
import { opening, people, standing } from '../support/harbour.ts';

const base = [...people, ...opening()];
const both = ['ava', 'mara'];
const date: PlanWanted = { kind: 'date', title: 'Supper at the light', props: { where: 'the gallery' }, plannedFor: '2031-05-07T18:00:00.000Z', knownTo: both };
const who = (name: string): string | undefined => ({ mara: 'mara', ava: 'ava' })[name.toLowerCase()];

const plan = (wanted: Partial<PlanWanted> = {}, events: readonly NewEvent[] = base): NewEvent[] => planEvent(standing(events), { ...date, ...wanted, storyEventId: 'e1' }, 0, who);
const planned = [...base, ...plan()];
const row = (events: readonly NewEvent[]) => given(events).row('storyEvents', 'e1');
const edgesIn = (events: readonly NewEvent[]): EdgesNow => (source, target) => given(events).row('edges', `shared/${source}/${target}`);
const step = (events: readonly NewEvent[], what: 'start' | 'complete' | 'cancel'): NewEvent[] => movePlan(standing(events), row(events), what, edgesIn(events));

/** The events after a command. */
const after = (events: readonly NewEvent[], command: (events: readonly NewEvent[]) => NewEvent[]): NewEvent[] => [...events, ...command(events)];

/** The events after an edit, what came between, and its undo. */
function undone(events: readonly NewEvent[], edit: (events: readonly NewEvent[]) => NewEvent[], between: readonly NewEvent[] = []): NewEvent[] {
  const made = edit(events);
  const all = [...events, ...made, ...between];
  return [...all, ...undoEdit(logged(all).slice(events.length, events.length + made.length), standing(all), given(all))];
}

const PROMISES = {
  gains: [{ who: 'Mara', thing: 'a brass key', note: 'From Ava.' }],
  learns: [{ who: 'mara', about: 'Ava', fact: 'Ava can swim.' }, { who: 'mara', about: 'Ava', fact: 'Ava is brave.' }],
  feels: [{ who: 'mara', about: 'ava', words: 'A friend.' }],
};

describe('EV-1 plans by hand', () => {
  test('what is planned hangs from the turn where the story stands', () => {
    expect(plan()).toEqual([inTurn('c1', 't1', 'story_event_planned', { storyEventId: 'e1', ...date, knownTo: [...both] })]);
    expect(row(planned)).toMatchObject({ status: 'planned', title: 'Supper at the light', plannedFor: '2031-05-07T18:00:00.000Z' });
  });

  test.each([
    ['without a name', { title: ' ' }, 'invalid', ['title']],
    ['of no kind', { kind: '' }, 'invalid', ['kind']],
    ['that nobody knows of', { knownTo: [] }, 'invalid', ['knownTo']],
    ['known to a stranger', { knownTo: ['wren'] }, 'not_found', ['knownTo']],
    ['for a time that has passed', { plannedFor: '2031-05-06T17:59:00.000Z' }, 'invalid', ['plannedFor']],
    ['whose gains are no list', { props: { gains: 'a key' } }, 'invalid', ['props']],
    ['whose gains say nothing', { props: { gains: [{ who: 'mara' }] } }, 'invalid', ['props']],
    ['that gives to nobody known', { props: { gains: [{ who: 'Wren', thing: 'a key' }] } }, 'invalid', ['props']],
    ['that teaches one about themselves', { props: { learns: [{ who: 'mara', about: 'Mara', fact: 'x' }] } }, 'invalid', ['props']],
    ['nested without end', { props: { a: { b: { c: { d: { e: { f: { g: { h: {} } } } } } } } } }, 'invalid', ['props']],
    ['longer than fits', { props: { where: ['x'.repeat(20_001)] } }, 'too_long', ['props']],
  ] as const)('a plan %s is refused, naming the field', (_what, wanted, code, fields) => {
    expect(() => plan(wanted)).toThrow(expect.objectContaining({ code, fields: [...fields] }) as Error);
  });

  test('there is an end to plans', () => {
    expect(() => planEvent(standing(base), { ...date, storyEventId: 'e1' }, PLANS_MOST, who)).toThrow(expect.objectContaining({ code: 'limit_reached' }) as Error);
  });

  test('a plan is changed while it is one; what says the same changes nothing', () => {
    const change = (events: readonly NewEvent[]): NewEvent[] => editPlan(standing(events), row(events), { title: 'Breakfast', knownTo: ['mara'] }, who);
    expect(row(after(planned, change))).toMatchObject({ title: 'Breakfast', knownTo: ['mara'] });
    expect(editPlan(standing(planned), row(planned), { title: ' Supper  at the light ' }, who)).toEqual([]);
    const begun = after(planned, (events) => step(events, 'start'));
    expect(() => change(begun)).toThrow(expect.objectContaining({ code: 'already_done' }) as Error);
    expect(row(undone(planned, change))).toEqual(row(planned));
  });

  test('a time that was right once need not be set anew when another thing is changed', () => {
    const later = [...planned, inTurn('c1', 't1', 'clock_set', { clock: '2031-05-08T08:00:00.000Z', anchor: null })];
    expect(row(after(later, (events) => editPlan(standing(events), row(events), { title: 'Late supper' }, who)))).toMatchObject({ title: 'Late supper', plannedFor: date.plannedFor });
    expect(() => editPlan(standing(later), row(later), { plannedFor: '2031-05-08T07:00:00.000Z' }, who)).toThrow(expect.objectContaining({ fields: ['plannedFor'] }) as Error);
  });

  test.each(['complete', 'cancel'] as const)('after %s nothing changes it any longer', (end) => {
    const over = after(planned, (events) => step(events, end));
    for (const next of ['start', 'complete', 'cancel'] as const) expect(() => step(over, next)).toThrow(expect.objectContaining({ code: 'already_done' }) as Error);
    const late = [...over, inTurn('c1', 't1', 'story_event_moved', { storyEventId: 'e1', status: 'active' }), inTurn('c1', 't1', 'story_event_edited', { storyEventId: 'e1', changes: { title: 'x' }, prior: {} })];
    expect(row(late)).toEqual(row(over));
  });

  test('started twice is started once', () => {
    const begun = after(planned, (events) => step(events, 'start'));
    expect(row(begun)?.status).toBe('active');
    expect(step(begun, 'start')).toEqual([]);
  });

  test('ED-4 planning, starting, completing and cancelling can be undone', () => {
    expect(row(undone(base, () => plan()))).toBeUndefined();
    for (const what of ['start', 'complete', 'cancel'] as const) expect(row(undone(planned, (events) => step(events, what)))?.status).toBe('planned');
  });

  test('a plan that was changed since it was made is not taken away by an undo', () => {
    const change = editPlan(standing(planned), row(planned), { title: 'Breakfast' }, who);
    expect(() => undone(base, () => plan(), change)).toThrow(expect.objectContaining({ code: 'already_done' }) as Error);
  });
});

describe('EV-3 what a plan brings when it comes to pass', () => {
  const promising = [...base, ...plan({ props: PROMISES })];
  const done = after(promising, (events) => step(events, 'complete'));

  test('people that are named become ids', () => {
    expect(row(promising)?.props).toMatchObject({ gains: [{ who: 'mara' }], learns: [{ who: 'mara', about: 'ava' }, {}], feels: [{ who: 'mara', about: 'ava' }] });
  });

  test('things go to their owner, facts and the new view to the edge, whose old view is kept', () => {
    expect(given(done).row('inventory', 'e1.0')).toMatchObject({ entityId: 'mara', name: 'a brass key', note: 'From Ava.', lost: false });
    expect(given(done).row('edges', 'shared/mara/ava')).toMatchObject({ affinity: 60, trust: 40, summary: 'A friend.', knowledge: ['Ava can swim.', 'Ava is brave.'] });
    expect(done.find(({ kind }) => kind === 'edge_summarized')?.payload).toMatchObject({ prior: 'A stranger.' });
  });

  test('what is cancelled or expires brings nothing', () => {
    expect(step(promising, 'cancel').map(({ kind }) => kind)).toEqual(['story_event_moved']);
    expect(expirePlans({ chatId: 'c1', turnId: 't1' }, given(promising).rows('storyEvents'), '2031-05-08T18:00:01.000Z').map(({ kind }) => kind)).toEqual(['story_event_moved']);
  });

  test('undone, all of it is as it was, and what a hand has changed since is not overwritten', () => {
    const back = undone(promising, (events) => step(events, 'complete'));
    expect(row(back)?.status).toBe('planned');
    expect(given(back).rows('inventory')).toEqual([]);
    expect(given(back).row('edges', 'shared/mara/ava')).toMatchObject({ summary: 'A stranger.', knowledge: [] });
    const lost = inTurn('c1', 't1', 'item_lost', { itemId: 'e1.0', note: '' });
    expect(() => undone(promising, (events) => step(events, 'complete'), [lost])).toThrow(expect.objectContaining({ code: 'already_done' }) as Error);
  });

  test('a reply that carries it through brings the same, once', () => {
    const plan = row(promising);
    if (plan === undefined) throw new Error('It was not planned.');
    const found = learnPlan({ chatId: 'c1', turnId: 't1', clock: null }, plan, 'complete', 'shared', edgesIn(promising));
    expect(found.map(({ kind }) => kind)).toEqual(['story_event_moved', 'item_acquired', 'edge_update', 'edge_summarized']);
    const over = row([...promising, ...found]);
    expect(over && learnPlan({ chatId: 'c1', turnId: 't1', clock: null }, over, 'complete', 'shared', edgesIn(promising))).toEqual([]);
  });

  test('props of any shape in an old log promise nothing, and break nothing', () => {
    const odd = [...base, inTurn('c1', 't1', 'story_event_planned', { ...date, storyEventId: 'e1', knownTo: both, props: { gains: { who: 1 }, learns: [null, 'x', { who: 'mara' }], feels: 7 } })];
    expect(step(odd, 'complete').map(({ kind }) => kind)).toEqual(['story_event_moved']);
  });
});

test('EV-2 only what is planned, and more than a day past, expires', () => {
  const rows = given(planned).rows('storyEvents');
  const at = (clock: string | null): number => expirePlans({ chatId: 'c1', turnId: 't1' }, rows, clock).length;
  expect([at(null), at('2031-05-08T18:00:00.000Z'), at('2031-05-08T18:00:01.000Z')]).toEqual([0, 0, 1]);
  const begun = given(after(planned, (events) => step(events, 'start'))).rows('storyEvents');
  expect(expirePlans({ chatId: 'c1', turnId: 't1' }, begun, '2032-01-01T00:00:00.000Z')).toEqual([]);
});

describe('EV-5 threads', () => {
  const opened = (threadId: string, knownTo: string[], title = 'Who lit the lamp?'): NewEvent => inTurn('c1', 't1', 'thread_opened', { threadId, title, summary: 'Nobody says.', sceneId: 's1', knownTo });
  const story = [...base, opened('th1', ['ava', 'mara', 'wren'])];
  const thread = (events: readonly NewEvent[]) => given(events).row('threads', 'th1');
  const none = { opened: [], updated: [], closed: [] };
  type Found = Partial<Parameters<typeof threadsOfScene>[0]['parts'][number]['found']>;
  const endedIn = (events: readonly NewEvent[], parts: readonly { found: Found; knownTo: readonly string[] }[], byHand: readonly string[] = []): NewEvent[] => {
    let n = 1;
    return threadsOfScene({
      chatId: 'c1', sceneId: 's2', turnId: 't1', parts: parts.map(({ found, knownTo }) => ({ found: { ...none, ...found }, knownTo })), byHand: new Set(byHand), newId: () => `th${(n += 1)}`,
      open: given(events).rows('threads').filter(({ open }) => open),
    });
  };
  const ended = (events: readonly NewEvent[], found: Found, byHand: readonly string[] = []): NewEvent[] => endedIn(events, [{ found, knownTo: both }], byHand);

  test('one that goes on is known, as it now stands, to those who were there', () => {
    expect(thread([...story, ...ended(story, { updated: [{ threadId: 'th1', summary: 'Ava did.' }] })])).toMatchObject({ summary: 'Ava did.', sceneId: 's2', knownTo: both, open: true });
  });

  test('one whose words a hand has changed keeps them, and all who knew of it', () => {
    expect(thread([...story, ...ended(story, { updated: [{ threadId: 'th1', summary: 'Ava did.' }] }, ['th1'])])).toMatchObject({ summary: 'Nobody says.', sceneId: 's2', knownTo: ['ava', 'mara', 'wren'] });
  });

  test('a new one is known to those who were there; under the name of an open one that one goes on', () => {
    const found = ended(story, { opened: [{ title: ' who lit the lamp ', summary: 'Still dark.' }, { title: 'The letter', summary: 'Unread.' }, { title: 'the letter!', summary: 'x' }, { title: ' ', summary: 'x' }] });
    expect(found.map(({ kind }) => kind)).toEqual(['thread_updated', 'thread_opened']);
    expect(given([...story, ...found]).row('threads', 'th2')).toMatchObject({ title: 'The letter', summary: 'Unread.', sceneId: 's2', knownTo: both });
  });

  test('ME-2 what was found in lines that more of them heard is known to those, though it is found again in what fewer heard', () => {
    const three = ['ava', 'mara', 'wren'];
    const found = endedIn(story, [
      { found: { opened: [{ title: 'The boat', summary: 'Gone.' }], updated: [{ threadId: 'th1', summary: 'Wren saw a light.' }] }, knownTo: three },
      { found: { opened: [{ title: 'The letter', summary: 'Unread.' }, { title: 'the boat', summary: 'Sold in secret.' }], updated: [{ threadId: 'th1', summary: 'Mara owned up.' }] }, knownTo: both },
    ]);
    const after = given([...story, ...found]).rows('threads').map(({ title, summary, knownTo }) => [title, summary, knownTo]);
    expect(after).toEqual([['Who lit the lamp?', 'Wren saw a light.', three], ['The boat', 'Gone.', three], ['The letter', 'Unread.', both]]);
  });

  test('one that is resolved says how, and stays closed', () => {
    const over = [...story, ...ended(story, { closed: [{ threadId: 'th1', summary: 'It was Ava.' }] })];
    expect(thread(over)).toMatchObject({ open: false, summary: 'It was Ava.' });
    expect(ended(over, { updated: [{ threadId: 'th1', summary: 'x' }], closed: [{ threadId: 'th1', summary: 'x' }] })).toEqual([]);
    const late = [...over, inTurn('c1', 't1', 'thread_updated', { threadId: 'th1', summary: 'x', sceneId: null }), inTurn('c1', 't1', 'thread_edited', { threadId: 'th1', changes: { title: 'x' }, prior: {} })];
    expect(thread(late)).toEqual(thread(over));
  });

  test('a scene opens three at most, and no more than can be open', () => {
    const many = Array.from({ length: 9 }, (_, n) => ({ title: `Matter ${n}`, summary: '' }));
    expect(ended(story, { opened: many })).toHaveLength(3);
    const full = [...base, ...Array.from({ length: 23 }, (_, n) => opened(`x${n}`, both, `Old ${n}`))];
    expect(ended(full, { opened: many })).toHaveLength(1);
  });

  test('by hand: worded anew, tied up, and both undone', () => {
    const word = (events: readonly NewEvent[]): NewEvent[] => editThread(standing(events), thread(events), { title: ' The  lamp ', summary: 'Dark.' });
    const close = (events: readonly NewEvent[]): NewEvent[] => closeThread(standing(events), thread(events));
    expect(thread(after(story, word))).toMatchObject({ title: 'The lamp', summary: 'Dark.' });
    expect(thread(undone(story, word))).toEqual(thread(story));
    expect(thread(after(story, close))?.open).toBe(false);
    expect(thread(undone(story, close))).toEqual(thread(story));
    const over = after(story, close);
    expect(() => word(over)).toThrow(expect.objectContaining({ code: 'already_done' }) as Error);
    expect(() => close(over)).toThrow(expect.objectContaining({ code: 'already_done' }) as Error);
    expect(() => editThread(standing(story), thread(story), { title: ' ' })).toThrow(expect.objectContaining({ fields: ['title'] }) as Error);
    expect(() => closeThread(standing(story), undefined)).toThrow(expect.objectContaining({ code: 'not_found' }) as Error);
  });
});

describe('WD-12 things by hand', () => {
  const add = (events: readonly NewEvent[]): NewEvent[] => addThing(standing(events), { itemId: 'i1', entityId: 'mara', name: ' A  lamp ', note: ' Brass. ' }, 0);
  const story = after(base, add);
  const thing = (events: readonly NewEvent[]) => given(events).row('inventory', 'i1');
  const give = (events: readonly NewEvent[]): NewEvent[] => changeThing(standing(events), thing(events), { entityId: 'ava', note: 'Dented.' }, 0);
  const lose = (events: readonly NewEvent[]): NewEvent[] => loseThing(standing(events), thing(events));

  test('added, given away, lost; each can be undone', () => {
    expect(thing(story)).toMatchObject({ entityId: 'mara', name: 'A lamp', note: 'Brass.', lost: false });
    expect(thing(after(story, give))).toMatchObject({ entityId: 'ava', note: 'Dented.' });
    expect(thing(after(story, lose))).toMatchObject({ lost: true, note: 'Brass.' });
    expect(thing(undone(base, add))).toBeUndefined();
    expect(thing(undone(story, give))).toEqual(thing(story));
    expect(thing(undone(story, lose))).toEqual(thing(story));
  });

  test('refused: without a name, to a stranger, too many, of what is lost or not there', () => {
    const refused = (act: () => unknown, code: string, fields: string[]): void => expect(act).toThrow(expect.objectContaining({ code, fields }) as Error);
    refused(() => addThing(standing(base), { itemId: 'i1', entityId: 'mara', name: ' ', note: '' }, 0), 'invalid', ['name']);
    refused(() => addThing(standing(base), { itemId: 'i1', entityId: 'wren', name: 'x', note: '' }, 0), 'not_found', ['entityId']);
    refused(() => addThing(standing(base), { itemId: 'i1', entityId: 'mara', name: 'x', note: '' }, 100), 'limit_reached', ['entityId']);
    refused(() => changeThing(standing(story), thing(story), { entityId: 'wren' }, 0), 'not_found', ['entityId']);
    refused(() => changeThing(standing(story), thing(story), { name: '' }, 0), 'invalid', ['name']);
    const lost = after(story, lose);
    refused(() => lose(lost), 'already_done', ['itemId']);
    refused(() => give(lost), 'already_done', ['itemId']);
    refused(() => loseThing(standing(base), undefined), 'not_found', ['itemId']);
  });

  test('what was lost or changed again since is not undone', () => {
    expect(() => undone(story, give, [inTurn('c1', 't1', 'item_lost', { itemId: 'i1', note: '' })])).toThrow(expect.objectContaining({ code: 'already_done' }) as Error);
    expect(() => undone(base, add, [inTurn('c1', 't1', 'item_edited', { itemId: 'i1', changes: { name: 'A torch' }, prior: {} })])).toThrow(expect.objectContaining({ code: 'already_done' }) as Error);
  });
});
