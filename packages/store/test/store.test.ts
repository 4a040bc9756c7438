import type { NewEvent } from '@offstage/domain';
import { inChat, inLibrary, inTurn } from '@offstage/domain';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { testLibrary } from './support/library.ts';

const AT = '2026-03-01T10:00:00.000Z';
const command = (id: string) => ({ id, actor: 'person' as const, at: AT });
const turn = (parentId: string | null, depth: number, witnesses: string[] = ['p', 'b']) => ({
  parentId, depth, speakerId: 'p', addresseeId: 'b', sceneId: null, witnesses, clock: null,
});

/** A chat with its opening and two turns, of which the bot `b` witnessed the second alone. */
const chat: NewEvent[] = [
  inLibrary('bot_authored', { botId: 'b', identity: { name: 'Bea' } }),
  inChat('c', 'chat_created', { kind: 'roleplay', title: 'Pier', hostId: 'b', personaId: 'p', continuityId: 'k' }),
  inTurn('c', 't0', 'kickoff_confirmed', { ...turn(null, 0), text: 'Rain.' }),
  inTurn('c', 't1', 'user_turn', { ...turn('t0', 1, ['p']), text: 'Nobody hears this.' }),
  inTurn('c', 't2', 'user_turn', { ...turn('t1', 2), text: 'Hello.' }),
];

const memory = (memoryId: string) =>
  inTurn('c', 't2', 'memory_written', {
    memoryId, ownerId: 'b', continuityId: 'k', kind: 'turn', text: memoryId, witnesses: [], clock: null, sceneId: null,
    aboutTurnId: null, source: 'direct', reliability: 1, significance: 0,
  });

describe('commands', () => {
  test('TL-14 a command that comes twice acts once and answers the same, after a restart too', async () => {
    await using library = await testLibrary();
    const first = await library.store.execute(command('one'), () => ({ events: chat, answer: { chatId: 'c' } }));
    await library.reopen();
    const again = await library.store.execute(command('one'), () => ({ events: chat, answer: { chatId: 'other' } }));
    expect(again).toMatchObject({ seq: first.seq, answer: { chatId: 'c' }, replayed: true, events: [] });
    expect(await library.store.read.seq()).toBe(chat.length);
  });

  test('TL-1 a refused command writes nothing, and the next one goes on', async () => {
    await using library = await testLibrary();
    const { store } = library;
    await expect(
      store.execute(command('bad'), () => {
        throw new Error('No.');
      }),
    ).rejects.toThrow('No.');
    const lost = [...chat, inTurn('c', 'nowhere', 'weather_set', { weather: 'Rain' })];
    await expect(store.execute(command('lost'), () => ({ events: lost, answer: null }))).rejects.toThrow(RangeError);
    expect(await store.read.seq()).toBe(0);
    expect(await store.read.rows('chats', {})).toEqual([]);
    await store.execute(command('lost'), () => ({ events: chat, answer: null }));
    expect(await store.read.head('c')).toEqual({ turnId: 't2', depth: 2 });
  });

  test.each([
    ['a turn whose depth does not follow', inTurn('c', 't9', 'user_turn', { ...turn('t2', 9), text: '' })],
    ['a head that is not where the chat stands', inChat('c', 'head_moved', { from: 't0', to: 't1', reason: 'rewind' })],
    ['a head in another chat', inChat('c', 'head_moved', { from: 't2', to: 'elsewhere', reason: 'rewind' })],
    ['a reset that reaches ahead', inLibrary('bot_reset', { botId: 'b', upTo: 1_000 })],
  ])('TL-2 %s is refused', async (_what, event) => {
    await using library = await testLibrary();
    await library.store.execute(command('one'), () => ({ events: chat, answer: null }));
    await expect(library.store.execute(command('two'), () => ({ events: [event], answer: null }))).rejects.toThrow(RangeError);
    expect(await library.store.read.seq()).toBe(chat.length);
  });

  test('listeners hear commits in order, and no more once they have stopped', async () => {
    await using library = await testLibrary();
    const heard: number[] = [];
    const stop = library.store.onCommit(({ seq }) => heard.push(seq));
    await library.store.execute(command('one'), () => ({ events: chat, answer: null }));
    await library.store.execute(command('two'), () => ({ events: [memory('m')], answer: null }));
    stop();
    await library.store.execute(command('three'), () => ({ events: [memory('n')], answer: null }));
    expect(heard).toEqual([chat.length, chat.length + 1]);
  });
});

describe('reads', () => {
  test('ME-2 turns for a reader are those that it witnessed and that are not hidden', async () => {
    await using library = await testLibrary();
    const hidden = [
      inTurn('c', 't3', 'user_turn', { ...turn('t2', 3), text: 'Forget this.' }),
      inTurn('c', 't3', 'turn_hidden', { hidden: true }),
    ];
    await library.store.execute(command('one'), () => ({ events: [...chat, ...hidden], answer: null }));
    const ids = async (reader: string, limit = 10) =>
      (await library.store.read.witnessed('c', reader, limit)).map(({ turnId }) => turnId);
    expect(await ids('b')).toEqual(['t0', 't2']);
    expect(await ids('p')).toEqual(['t0', 't1', 't2']);
    expect(await ids('p', 1)).toEqual(['t2']);
    expect(await ids('stranger')).toEqual([]);
  });

  test('paths, counts, lists and pages', async () => {
    await using library = await testLibrary();
    const memories = ['m1', 'm2', 'm3'].map(memory);
    await library.store.execute(command('one'), () => ({ events: [...chat, ...memories], answer: null }));
    const { read } = library.store;
    expect((await read.path('c', 1, 3)).map(({ turnId }) => turnId)).toEqual(['t1', 't2']);
    expect(await read.count('memories', { ownerId: 'b' })).toBe(3);
    expect(await read.count('memories', { ownerId: 'b' }, 2)).toBe(2);
    expect((await read.memories('b', 'k', { limit: 2 })).map(({ text }) => text)).toEqual(['m3', 'm2']);
    expect((await read.memories('b', 'k', { limit: 2, before: chat.length + 2 })).map(({ text }) => text)).toEqual(['m1']);
    expect(await read.memories('b', 'another', { limit: 2 })).toEqual([]);
    expect(await read.chatList()).toMatchObject([{ chat: { chatId: 'c' }, headTurn: { turnId: 't2' } }]);
    expect(await read.streaming()).toEqual([]);
    expect((await library.store.events({ after: 2, limit: 2 })).map(({ seq }) => seq)).toEqual([3, 4]);
    await expect(read.rows('chats', { nonsense: 1 } as never)).rejects.toThrow('no column');
  });

  test('LV-2 a page that was away for more than a page of changes is told to start over', async () => {
    await using library = await testLibrary();
    await library.store.execute(command('one'), () => ({ events: chat, answer: null }));
    const scope = { chatId: 'c', continuityId: 'k' };
    expect(await library.store.missed(scope, 0, 2)).toBeUndefined();
    const missed = await library.store.missed(scope, 3, 100);
    expect(missed?.changes.map(({ p, key }) => `${p} ${key}`)).toEqual(['chats c', 'turns t1', 'turns t2']);
    expect(missed?.path).toEqual([{ chatId: 'c', head: 't2', headDepth: 2, meetDepth: 2 }]);
    await library.store.execute(command('back'), () => ({
      events: [inChat('c', 'head_moved', { from: 't2', to: 't0', reason: 'rewind' })], answer: null,
    }));
    expect((await library.store.missed(scope, 3, 100))?.path).toMatchObject([{ head: 't0', meetDepth: -1 }]);
    expect((await library.store.missed({ chatId: null, continuityId: null }, 3, 100))?.path).toEqual([]);
  });
});

describe('beside the log', () => {
  test('the same picture twice is kept once', async () => {
    await using library = await testLibrary();
    const id = await library.store.putFile({ mime: 'image/png', bytes: new Uint8Array([1, 2, 3]) });
    expect(await library.store.putFile({ mime: 'image/png', bytes: new Uint8Array([1, 2, 3]) })).toBe(id);
    expect((await library.store.file(id))?.mime).toBe('image/png');
    expect(await library.store.file('none')).toBeUndefined();
  });

  test('PR-4 the last 2,000 calls are kept', async () => {
    await using library = await testLibrary();
    for (let n = 0; n < 2_010; n += 1) {
      await library.store.keepCall({ id: `call${n}`, chatId: 'c', turnId: null, purpose: 'narrative', startedAt: AT, record: { n } });
    }
    expect(await library.store.call('call9')).toBeUndefined();
    expect((await library.store.call('call10'))?.record).toEqual({ n: 10 });
    expect((await library.store.calls('c', 2)).map(({ id }) => id)).toEqual(['call2009', 'call2008']);
  });

  test('TN-5 words of a reply that streams outlive the process', async () => {
    await using library = await testLibrary();
    await library.store.keepDraft({ turnId: 't', chatId: 'c', text: 'One' });
    await library.store.keepDraft({ turnId: 't', chatId: 'c', text: 'One two' });
    const reopened = await library.reopen();
    expect(await reopened.drafts()).toEqual([{ turnId: 't', chatId: 'c', text: 'One two' }]);
    await reopened.dropDraft('t');
    expect(await reopened.drafts()).toEqual([]);
  });

  test('OP-9 a look at the database says whether it answers', async () => {
    await using library = await testLibrary();
    expect(await library.store.check()).toEqual({ ok: true });
    const database = new Sqlite(library.path);
    database.exec('drop table meta');
    database.close();
    expect(await library.store.check()).toMatchObject({ ok: false });
    const mend = new Sqlite(library.path);
    mend.exec('create table meta (name text primary key, value text not null)');
    mend.close();
  });
});
