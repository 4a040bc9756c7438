import { describe, expect, it } from 'vitest';
import { answerPart } from '../src/rehearsal/parts.ts';
import { readPrompt } from '../src/rehearsal/prompt.ts';

const LISTED = 'These plans stand: plan-1: Supper at the light (date, planned for Tuesday 6 May 2031 at 18:00); plan-2: The sale of the boats (deadline, under way). moved lists only';

/** What is found of the plans in one message and its reply. */
function plans(message: string, reply = '*Mara nods.*'): unknown {
  const content = ['# Present\nAda (the person), Mara', '# Now\nPlace: The lamp room', `# The turn\nAda: ${message}\nMara: ${reply}`, `# What to note\n- plans: what became of what was planned. ${LISTED}`].join('\n\n');
  const read = answerPart('passes', { properties: { plans: {} } }, readPrompt([{ role: 'system', content: 'You keep the books.' }, { role: 'user', content }])) as { plans: { moved: unknown } };
  return read.plans.moved;
}

/** What is found of a scene. */
function scene(lines: readonly string[], before = 'Nothing.'): { opened: { title: string }[]; updated: { thread: string; summary: string }[]; closed: { thread: string; summary: string }[] } {
  const content = ['# Present\nAda, Mara', `# Left open before\n${before}`, `# What happened\n${lines.join('\n')}`].join('\n\n');
  return answerPart('scene_threads', {}, readPrompt([{ role: 'system', content: 'A scene of a story has ended.' }, { role: 'user', content }])) as ReturnType<typeof scene>;
}

describe('EV-2 what became of a plan', () => {
  it('is what the words say of it by name', () => {
    expect(plans('The supper is over, and I am full.')).toEqual([{ plan: 'plan-1', what: 'completed' }]);
    expect(plans('*The sale of the boats has ended.*')).toEqual([{ plan: 'plan-2', what: 'completed' }]);
    expect(plans('The supper begins with soup.')).toEqual([{ plan: 'plan-1', what: 'started' }]);
    expect(plans('I must call the supper off.', '"The sale is off too."')).toEqual([{ plan: 'plan-1', what: 'cancelled' }, { plan: 'plan-2', what: 'cancelled' }]);
  });

  it('is nothing where it is only talked of', () => {
    for (const talk of ['I look forward to the supper.', 'When the supper is over we will talk.', 'Is the sale over?', 'The storm is over.', 'If the supper begins late, wait.', 'Tell me of the boats.']) expect(plans(talk), talk).toEqual([]);
  });
});

describe('EV-5 what a scene leaves open', () => {
  it('is a question that nobody answered', () => {
    expect(scene(['Ada: "Who lit the lamp last night?"', 'Mara: "I cannot say."']).opened).toMatchObject([{ title: 'Who lit the lamp last night?' }]);
    expect(scene(['Ada: "Who lit the lamp last night?"', 'Mara: "Jon did, before the storm."', 'Ada: "And where is the letter from the harbour?"']).opened).toMatchObject([{ title: 'And where is the letter from the harbour?' }]);
    expect(scene(['Ada: "How are you tonight?"', 'Ada: *waits*']).opened).toEqual([]);
  });

  it('goes on where it is spoken of, and ends where it is settled', () => {
    const before = 'thread-1: Who lit the lamp last night? Ada asked it.\nthread-2: The stolen letter. It is gone.';
    expect(scene(['Ada: "They say the boats are safe."', 'Mara: "Who knows."'], before)).toEqual({ opened: [], updated: [], closed: [] });
    const carried = scene(['Ada: "Nobody lit the lamp but once."', 'Mara: "Hm."'], before);
    expect(carried.updated).toMatchObject([{ thread: 'thread-1' }]);
    const settled = scene(['Mara: "It was me who lit the lamp."', 'Ada: "And the stolen letter, I found it."'], before);
    expect(settled.closed).toMatchObject([{ thread: 'thread-1', summary: expect.stringContaining('It was me') as string }, { thread: 'thread-2' }]);
    expect(settled.opened).toEqual([]);
  });

  it.each([
    ['I will bring you the ledger tomorrow.', "Ada's word: bring you the ledger", 'Ada promised: "I will bring you the ledger tomorrow." It is not kept yet.'],
    ['I promise to write to your sister.', "Ada's word: write to your sister", 'Ada promised: "I promise to write to your sister." It is not kept yet.'],
    ["I swear I'll find the boy, whatever it costs.", "Ada's word: find the boy", undefined],
    ['We must mend the lamp before the storm.', 'To do: mend the lamp', 'Ada said: "We must mend the lamp before the storm." It is not done yet.'],
    ['Somebody has to warn the harbour master.', 'To do: warn the harbour master', undefined],
  ])('is a promise, and what has to be done: %s', (said, title, summary) => {
    expect(scene([`Ada: "${said}"`, 'Mara: "Good."']).opened).toEqual([{ title, summary: summary ?? (expect.any(String) as string) }]);
  });

  it.each(['I will not forget the lamp.', 'I will be there.', 'If you pay, I will mend the lamp.', 'I would bring the ledger.', 'Must we mend the lamp?', 'I will never tell the harbour master.', 'I must go.', 'I will try.', 'You will have to take it as a debt.'])('is none of these: %s', (said) => {
    expect(scene([`Ada: "${said}"`, 'Mara: "Good."']).opened).toEqual([]);
  });

  it('is no promise that was kept at once, and at most three matters, in order', () => {
    expect(scene(['Ada: "I will bring you the ledger."', 'Ada: *lays the ledger on the table*']).opened).toEqual([]);
    expect(scene(['Ada: "We must mend the lamp."', 'Mara: "I have mended the lamp already."']).opened).toEqual([]);
    const { opened } = scene(['Ada: "I will bring you the ledger."', 'Mara: "We must mend the lamp."', 'Ada: "Who lit the fire last night?"', 'Mara: "Ask me another time. I will write to your sister."']);
    expect(opened.map(({ title }) => title)).toEqual(['To do: mend the lamp', 'Who lit the fire last night?', "Mara's word: write to your sister"]);
  });

  it.each([
    ['Ada: "Here is the ledger, as I promised."', true],
    ['Ada: *hands Mara the ledger*', true],
    ['Mara: "You brought the ledger, then."', true],
    ['Ada: "I have not brought the ledger."', false],
    ['Ada: "I will bring the ledger soon."', false],
    ['Mara: "The ledger is in Wick, they say."', false],
  ])('a promise is kept where it is seen or said to be: %s', (line, kept) => {
    const found = scene([line, 'Mara: "Hm."'], "thread-1: Ada's word: bring you the ledger. Ada promised it.");
    expect(found.closed.map(({ thread }) => thread)).toEqual(kept ? ['thread-1'] : []);
    expect(found.opened).toEqual([]);
  });

  it('an errand is done where it is, and a matter that another company noted is not opened again', () => {
    expect(scene(['Mara: *mends the lamp with a bit of wire*'], 'thread-1: To do: mend the lamp. Ada said it.').closed).toMatchObject([{ thread: 'thread-1', summary: 'Ada said it. Mara mends the lamp with a bit of wire' }]);
    expect(scene(['Mara: "The lamp must burn."'], 'thread-1: To do: mend the lamp. Ada said it.').closed).toEqual([]);
    expect(scene(['Ada: "We must mend the lamp."'], 'noted already: To do: mend the lamp. Ada said it.').opened).toEqual([]);
  });

  it('what is open already is not opened again', () => {
    expect(scene(['Ada: "Who lit the lamp, then?"'], 'thread-1: Who lit the lamp last night? Ada asked it.').opened).toEqual([]);
  });
});
