import { describe, expect, test } from 'vitest';
import type { NewEvent } from '../../src/catalogue.ts';
import { inChat, inLibrary, inTurn } from '../../src/catalogue.ts';
import { setGuest } from '../../src/commands/guest.ts';
import { beginMeanwhile, endMeanwhile, nextInMeanwhile, steerMeanwhile, takeMeanwhileTurn, tellDigest } from '../../src/commands/meanwhile.ts';
import type { BeginMeanwhile, MeanwhileStanding } from '../../src/commands/meanwhile.ts';
import { endReply, regenerate } from '../../src/commands/reply.ts';
import { goesOn } from '../../src/meanwhileTurns.ts';
import { given, logged } from '../support/given.ts';
import { opening, people, standing } from '../support/harbour.ts';

const alone: readonly NewEvent[] = [...people, inLibrary('bot_authored', { botId: 'jon', identity: { name: 'Jon' } }), ...opening()];
const before: readonly NewEvent[] = [...alone, ...setGuest(standing(alone), 'jon')];
const plain: BeginMeanwhile = { sceneId: 'm1', mode: 'alternate', turns: 3, nudge: '', place: undefined };

function at(events: readonly NewEvent[]): MeanwhileStanding {
  const world = given(events);
  const aside = world.row('stages', 'c1')?.meanwhileId ?? '';
  return { ...standing(events), meanwhile: world.row('meanwhiles', aside), aside: world.row('scenes', aside) };
}

const begun = (changes: Partial<BeginMeanwhile> = {}): NewEvent[] => [...before, ...beginMeanwhile(at(before), { ...plain, ...changes })];

function took(events: readonly NewEvent[], speakerId: string, turnId: string): NewEvent[] {
  const head = at(events).head?.turnId ?? '';
  const started = [...events, ...takeMeanwhileTurn(at(events), { head, turnId, speakerId, model: 'm' })];
  const end = { text: `Words of ${turnId}`, truncated: false, finishReason: 'stop' as const, usage: null, problem: null };
  return [...started, ...endReply(given(started).row('turns', turnId), end)];
}

describe('MW-1', () => {
  test('MW-1 host and guest are by themselves beside the scene that stays open', () => {
    const events = begun({ nudge: 'Speak of the lamp.' });
    expect(given(events).row('stages', 'c1')).toMatchObject({ sceneId: 's1', meanwhileId: 'm1' });
    expect(given(events).row('scenes', 'm1')).toMatchObject({ presentSet: 'host_guest', participants: ['mara', 'jon'], parentSceneId: 's1', containerId: 'harbour', meanwhile: true });
    expect(given(events).row('scenes', 's1')).toMatchObject({ closed: false, meanwhile: false });
    expect(given(events).row('meanwhiles', 'm1')).toMatchObject({ left: 3, running: true, nudge: 'Speak of the lamp.' });
  });

  test('MW-1 another place may be named', () => {
    const events = begun({ place: { containerId: 'mill', create: { name: 'The mill', type: 'mill', description: '' } } });
    expect(given(events).row('scenes', 'm1')?.containerId).toBe('mill');
    expect(given(events).row('containers', 'mill')?.name).toBe('The mill');
  });

  test('MW-1 not without a guest, and not twice', () => {
    expect(() => beginMeanwhile(at(alone), plain)).toThrow('Bring in a guest first');
    expect(() => beginMeanwhile(at(begun()), { ...plain, sceneId: 'm2' })).toThrow('by themselves already');
    expect(() => begun({ turns: 31 })).toThrow();
    expect(() => begun({ turns: 0 })).toThrow();
  });

  test('MW-1 the two take turns, which nobody else witnesses, until none is left', () => {
    let events = begun({ turns: 2, nudge: 'The lamp.' });
    events = took(events, 'mara', 'a');
    expect(given(events).row('turns', 'a')).toMatchObject({ speakerId: 'mara', addresseeId: 'jon', sceneId: 'm1', witnesses: ['mara', 'jon'] });
    expect(given(events).row('meanwhiles', 'm1')).toMatchObject({ left: 1, nudge: null, lastId: 'mara' });
    events = took(events, 'jon', 'b');
    expect(() => took(events, 'mara', 'c')).toThrow('not going on');
  });

  test('MW-1 paused it takes no turn; let go on, it does', () => {
    const paused = [...begun(), ...steerMeanwhile(at(begun()), { running: false })];
    expect(() => took(paused, 'mara', 'a')).toThrow('not going on');
    expect(steerMeanwhile(at(paused), { running: false })).toEqual([]);
    const again = [...paused, ...steerMeanwhile(at(paused), { running: true, turns: 1, nudge: '  Now   the boat. ' })];
    expect(given(again).row('meanwhiles', 'm1')).toMatchObject({ left: 1, running: true, nudge: 'Now the boat.' });
    expect(given(took(again, 'mara', 'a')).row('turns', 'a')?.speakerId).toBe('mara');
    expect(() => steerMeanwhile(at(before), { running: true })).toThrow('not by themselves');
  });

  test('MW-1 with no turn left it goes on for the usual number', () => {
    const over = took(begun({ turns: 1 }), 'mara', 'a');
    const paused = [...over, ...steerMeanwhile(at(over), { running: false })];
    expect(given([...paused, ...steerMeanwhile(at(paused), { running: true })]).row('meanwhiles', 'm1')?.left).toBe(6);
  });

  test('MW-1 it ends once, and those who went elsewhere are back', () => {
    const there = [...begun(), inTurn('c1', 't1', 'activity_set', { entityId: 'jon', changes: { containerId: 'mill', posture: 'sitting' } })];
    const end = (events: readonly NewEvent[]) =>
      endMeanwhile({ turnId: 't1', aside: given(events).row('scenes', 'm1'), scene: at(events).scene, clock: null, significance: 1, activities: given(events).rows('activities') });
    const over = [...there, ...end(there)];
    expect(given(over).row('stages', 'c1')).toMatchObject({ sceneId: 's1', meanwhileId: null });
    expect(given(over).row('meanwhiles', 'm1')).toBeUndefined();
    expect(given(over).rows('activities').find(({ entityId }) => entityId === 'jon')).toMatchObject({ containerId: 'harbour', posture: '' });
    expect(end(over)).toEqual([]);
  });
});

test('TL-4 whoever goes back into a meanwhile scene finds it paused, and can let it go on', () => {
  const two = took(took(begun(), 'mara', 'a'), 'jon', 'b');
  const back = [...two, inChat('c1', 'head_moved', { to: 'a', from: 'b', reason: 'rewind' })];
  const { chat, meanwhile } = at(back);
  expect(meanwhile).toMatchObject({ left: 2, running: true });
  expect(chat !== undefined && meanwhile !== undefined && goesOn(meanwhile, chat)).toBe(false);
  expect(() => took(back, 'jon', 'c')).toThrow('not going on');
  const on = [...back, ...steerMeanwhile(at(back), { running: true })];
  expect(given(took(on, 'jon', 'c')).row('meanwhiles', 'm1')?.left).toBe(1);
});

test('MW-1 TL-4 another direction does not let go on what a move of the head has paused', () => {
  const two = took(took(begun(), 'mara', 'a'), 'jon', 'b');
  const back = [...two, inChat('c1', 'head_moved', { to: 'a', from: 'b', reason: 'rewind' })];
  const nudged = at([...back, ...steerMeanwhile(at(back), { nudge: 'Softer.', mode: 'initiative' })]);
  expect(nudged.meanwhile).toMatchObject({ nudge: 'Softer.', mode: 'initiative' });
  expect(nudged.chat !== undefined && nudged.meanwhile !== undefined && goesOn(nudged.meanwhile, nudged.chat)).toBe(false);
});

test('MW-4 the last stretch of it is known, where what was said with you came in between', () => {
  const stretch = (events: readonly NewEvent[]) => given(events).row('scenes', 'm1')?.stretchId;
  const two = took(took(begun(), 'mara', 'a'), 'jon', 'b');
  expect([stretch(begun()), stretch(two)]).toEqual([null, 'a']);
  const said = { speakerId: 'ava', addresseeId: 'mara', sceneId: 's1', witnesses: ['ava', 'mara', 'jon'], clock: null };
  const between = [...two, inTurn('c1', 'y', 'user_turn', { ...said, parentId: 'b', depth: (at(two).head?.depth ?? 0) + 1, text: 'A word.' })];
  expect(stretch(took(between, 'mara', 'c'))).toBe('c');
});

test('TL-6 another try of a meanwhile turn is one too, and counts once', () => {
  const events = took(took(begun(), 'mara', 'a'), 'jon', 'b');
  const again = [
    ...events,
    ...regenerate({
      state: at(events), expectedHead: 'b', reply: given(events).row('turns', 'b'), message: undefined, text: undefined, nudge: 'Softer.', model: 'm',
      userTurnId: 'x', replyTurnId: 'b2', hung: logged(events).filter(({ turnId }) => turnId === 'b'),
    }),
  ];
  expect(given(again).row('meanwhiles', 'm1')).toMatchObject({ left: 1, lastId: 'jon' });
  expect(given(again).row('turns', 'b2')).toMatchObject({ sceneId: 'm1', witnesses: ['mara', 'jon'] });
});

test('MW-2 the other one speaks next, but for one who was given the word', () => {
  const two = ['mara', 'jon'];
  expect(nextInMeanwhile({ lastId: null, nextId: null }, two)).toBe('mara');
  expect(nextInMeanwhile({ lastId: 'mara', nextId: null }, two)).toBe('jon');
  expect(nextInMeanwhile({ lastId: 'mara', nextId: 'mara' }, two)).toBe('mara');
  expect(nextInMeanwhile({ lastId: 'mara', nextId: 'gone' }, two)).toBe('jon');
});

describe('MW-4', () => {
  const events = begun();
  const aside = given(events).row('scenes', 'm1');
  const told = aside === undefined ? [] : [...events, ...tellDigest(aside, 't1', ' They spoke of the lamp. ')];

  test('MW-4 a digest is known to the two, and an empty one is none', () => {
    expect(given(told).rows('digests')).toEqual([{ digestId: 'm1.digest', chatId: 'c1', sceneId: 'm1', text: 'They spoke of the lamp.', knownTo: ['mara', 'jon'], consumed: false }]);
    expect(aside === undefined ? undefined : tellDigest(aside, 't1', ' ')).toEqual([]);
  });

  test('MW-4 it is consumed with the reply whose prompt carried it, unless no word came; told anew it stays so', () => {
    const start = { parentId: 't1', depth: 2, speakerId: 'mara', addresseeId: 'ava', sceneId: 's1', witnesses: ['ava', 'mara', 'jon'], clock: null, model: 'm' };
    const started = [...told, inTurn('c1', 't2', 'assistant_turn_started', start)];
    const end = (text: string) => endReply(given(started).row('turns', 't2'), { text, truncated: false, finishReason: 'stop', usage: null, problem: null }, ['m1.digest']);
    expect(given([...started, ...end('Well.')]).rows('digests')[0]?.consumed).toBe(true);
    expect(given([...started, ...end(' ')]).rows('digests')[0]?.consumed).toBe(false);
    const anew = [...started, ...end('Well.'), ...(aside === undefined ? [] : tellDigest(aside, 't1', 'They quarrelled.'))];
    expect(given(anew).rows('digests')[0]).toMatchObject({ text: 'They quarrelled.', consumed: true });
  });
});
