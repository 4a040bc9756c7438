import type { LogEvent, NewEvent } from '@offstage/domain';
import { inChat, inLibrary, inTurn } from '@offstage/domain';
import { purgeBot, purgeBranches, purgeChat } from '@offstage/domain/commands/purge';
import Sqlite from 'better-sqlite3';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Reads } from '../src/index.ts';
import type { TestLibrary } from './support/library.ts';
import { testLibrary } from './support/library.ts';

const AT = '2026-03-01T10:00:00.000Z';
const LATER = '2026-03-02T10:00:00.000Z';
const command = (id: string, at = AT) => ({ id, actor: 'person' as const, at });

/** Words that stand in what goes, and nowhere else. */
const MARK = 'Zanzibarmark';

const turn = (parentId: string | null, depth: number, speakerId = 'p') => ({
  parentId, depth, speakerId, addresseeId: 'host', sceneId: null, witnesses: ['p', 'host', 'guest'], clock: null,
});
const memory = (memoryId: string, ownerId: string, text: string) => ({
  memoryId, ownerId, continuityId: 'k', kind: 'turn' as const, text, witnesses: [], clock: null, sceneId: null, aboutTurnId: null,
  source: 'direct', reliability: 1, significance: 3 as const,
});
const edge = (source: string) => ({ continuityId: 'k', source, target: 'p' });
const reply = (text: string) => ({ text, truncated: false, finishReason: 'stop' as const, usage: null, problem: null });

/** A chat whose every text carries `words`, of six turns; two of them stand on another branch. */
function chat(chatId: string, hostId: string, words: string, beside = words): NewEvent[] {
  const [t0, t1, t2, t3, t4] = [0, 1, 2, 3, 4].map((n) => `${chatId}-t${n}`) as [string, string, string, string, string];
  return [
    inChat(chatId, 'chat_created', { kind: 'roleplay', title: `${words} title`, hostId, personaId: 'p', continuityId: 'k' }),
    inTurn(chatId, t0, 'kickoff_confirmed', { ...turn(null, 0), text: `${words} kickoff` }),
    inTurn(chatId, t1, 'user_turn', { ...turn(t0, 1), text: `${words} one` }),
    inTurn(chatId, t2, 'assistant_turn_started', { ...turn(t1, 2, hostId), model: 'm' }),
    inTurn(chatId, t2, 'assistant_turn', reply(`${words} two`)),
    inTurn(chatId, t2, 'memory_written', memory(`${chatId}-m`, hostId, `${words} memory`)),
    inTurn(chatId, t2, 'edge_update', { ...edge(hostId), affinity: 5, trust: 2, facts: [`${words} fact`], at: null }),
    inTurn(chatId, t2, 'edge_summarized', { ...edge(hostId), summary: `${words} summary`, prior: '' }),
    inTurn(chatId, t2, 'thread_opened', { threadId: `${chatId}-th`, title: `${words} thread`, summary: '', sceneId: null, knownTo: [] }),
    inChat(chatId, 'head_moved', { to: t0, from: t2, reason: 'rewind' }),
    inTurn(chatId, t3, 'user_turn', { ...turn(t0, 1), text: `${beside} three` }),
    inTurn(chatId, t4, 'assistant_turn_started', { ...turn(t3, 2, 'guest'), model: 'm' }),
    inTurn(chatId, t4, 'assistant_turn', reply(`${beside} four`)),
    inTurn(chatId, t4, 'memory_written', memory(`${chatId}-n`, 'guest', `${beside} memory`)),
    inTurn(chatId, t4, 'edge_update', { ...edge('guest'), affinity: 3, trust: 0, facts: [`${beside} fact`], at: null }),
    inChat(chatId, 'branch_named', { tipId: t4, name: `${beside} branch` }),
    inChat(chatId, 'head_moved', { to: t2, from: t4, reason: 'swipe' }),
  ];
}

const library: readonly NewEvent[] = [
  inLibrary('continuity_created', { continuityId: 'k', name: 'Shared', shared: true }),
  inLibrary('persona_authored', { personaId: 'p', identity: { name: 'Ada' } }),
];
const bot = (botId: string, words: string, avatar: string | null = null) =>
  inLibrary('bot_authored', { botId, identity: { name: botId, persona: `${words} persona`, avatar, card: { note: `${words} card` } } });

async function written(events: readonly NewEvent[]): Promise<TestLibrary> {
  const made = await testLibrary();
  for (const [n, event] of events.entries()) await made.store.execute(command(`c${n}`), () => ({ events: [event], answer: { chatId: event.chatId, turnId: event.turnId } }));
  return made;
}

/** Everything beside the log that a chat leaves. */
async function besides({ store }: TestLibrary, chatId: string, words: string): Promise<void> {
  const record = { messages: [words] };
  await store.keepCall({ id: `${chatId}-call`, chatId, turnId: `${chatId}-t2`, purpose: 'narrative', startedAt: AT, record });
  await store.keepCall({ id: `${chatId}-beside`, chatId, turnId: `${chatId}-t4`, purpose: 'narrative', startedAt: AT, record });
  await store.keepFailure({ chatId, turnId: `${chatId}-t4`, purpose: 'passes', model: 'm', raw: words, problem: words, attempts: 1, at: AT });
  await store.keepDraft({ turnId: `${chatId}-t4`, chatId, text: words });
  const vectors = await store.vectors('embedder');
  await vectors.put({ memoryId: `${chatId}-n`, ownerId: 'guest', text: words }, new Float32Array([1, 2, 3]));
}

/** How often a mark stands in the bytes of the library's files. */
function marksIn({ path }: TestLibrary, mark = MARK): number {
  return ['', '-wal'].reduce((found, end) => {
    const file = path + end;
    if (!existsSync(file)) return found;
    return found + readFileSync(file).toString('latin1').toLowerCase().split(mark.toLowerCase()).length - 1;
  }, 0);
}

function query<T>({ path }: TestLibrary, sql: string): T[] {
  const database = new Sqlite(path, { readonly: true });
  try {
    return database.prepare<[], T>(sql).all();
  } finally {
    database.close();
  }
}

const away = (chatId: string) => async (read: Reads) => ({
  ...purgeChat({ chat: await read.row('chats', chatId), typed: `${MARK} title`, streaming: false }),
  answer: { chats: 1 },
});

describe('TL-12 a chat that is purged', () => {
  test('is nowhere any longer: not in log, rows, receipts, calls, failures, drafts, vectors, search index, nor in the bytes of the file', async () => {
    await using made = await written([...library, bot('host', 'kept'), bot('guest', 'kept'), ...chat('a', 'host', MARK), ...chat('b', 'host', 'Kept')]);
    const { store } = made;
    await besides(made, 'a', MARK);
    await besides(made, 'b', 'Kept');
    // Enough that the file has to shrink.
    const long = Array.from({ length: 200 }, (_, n) => inTurn('a', 'a-t2', 'memory_written', memory(`long${n}`, 'host', `${MARK} ${'words '.repeat(200)}`)));
    const { seq: end } = await store.execute(command('long', LATER), () => ({ events: long, answer: null }));
    expect(marksIn(made)).toBeGreaterThan(200);
    const epoch = store.epoch;
    let startedOver = 0;
    store.onStartOver(() => (startedOver += 1));

    const report = await store.purge(command('purge', LATER), away('a'));

    expect(report).toMatchObject({ answer: { chats: 1 }, traceless: true, replayed: false, events: 17 + 200 });
    expect(report.bytes.after).toBeLessThan(report.bytes.before);
    expect(marksIn(made)).toBe(0);
    expect(readFileSync(`${made.path}-wal`)).toHaveLength(0);
    expect(store.epoch).not.toBe(epoch);
    expect(startedOver).toBe(1);
    const everything = query<{ name: string }>(made, `select name from sqlite_master where type = 'table' and name not like 'memory_words%' and name not like 'memory_word_places' order by 1`)
      .flatMap(({ name }) => query<object>(made, `select * from "${name}"`).map((row) => `${name} ${JSON.stringify(row)}`));
    expect(everything.filter((row) => /"a"|"a-/.test(row))).toEqual([]);
    expect(await store.read.searchMemories({ ownerId: 'host', continuityId: 'k', text: MARK, k: 10 })).toEqual([]);
    await made.reopen();
    expect(marksIn(made)).toBe(0);
    // A place that was given is never given again, though what stood there is gone.
    const next = await made.store.execute(command('next', LATER), () => ({ events: [...library].slice(0, 1), answer: null }));
    expect(next.seq).toBe(end + 1);
  });

  test('leaves what other chats derived, and what they share is folded without it', async () => {
    await using made = await written([...library, bot('host', 'kept'), bot('guest', 'kept'), ...chat('a', 'host', MARK), ...chat('b', 'host', 'Kept')]);
    expect(await made.store.read.row('edges', 'k/host/p')).toMatchObject({ affinity: 60, knowledge: [`${MARK} fact`, 'Kept fact'] });
    await made.store.purge(command('purge'), away('a'));
    expect(await made.store.read.row('edges', 'k/host/p')).toMatchObject({ affinity: 55, trust: 52, summary: 'Kept summary', knowledge: ['Kept fact'] });
    expect(await made.store.read.head('b')).toEqual({ turnId: 'b-t2', depth: 2 });
    expect((await made.store.read.row('pins', 'k/host'))?.pins.map(({ memoryId }) => memoryId)).toEqual(['b-m']);
  });

  test('is not quoted by what a later summary or a hand took the place of, nor by a memory that another chat edited', async () => {
    const inB: NewEvent[] = [
      inTurn('b', 'b-t2', 'edge_summarized', { ...edge('host'), summary: 'Kept anew', prior: `${MARK} summary` }),
      inTurn('b', 'b-t2', 'edge_edited', { ...edge('host'), changes: { affinity: 70 }, prior: { affinity: 60, knowledge: [`${MARK} fact`, 'Kept fact'] } }),
      inTurn('b', 'b-t2', 'memory_edited', { memoryId: 'a-m', ownerId: 'host', continuityId: 'k', text: 'Other', prior: `${MARK} memory` }),
      inTurn('b', 'b-t2', 'memory_deleted', { memoryId: 'a-m', ownerId: 'host', continuityId: 'k' }),
      inTurn('b', 'b-t2', 'memory_written', { ...memory('a-m', 'host', `${MARK} memory`), restored: { chatId: 'a', bornSeq: 9 } }),
    ];
    await using made = await written([...library, bot('host', 'kept'), bot('guest', 'kept'), ...chat('a', 'host', MARK), ...chat('b', 'host', 'Kept'), ...inB]);
    await made.store.purge(command('purge'), away('a'));
    expect(marksIn(made)).toBe(0);
    expect(await made.store.read.row('memories', 'a-m')).toBeUndefined();
    const left = (await made.store.events({ after: 0, limit: 1_000 })).filter(({ turnId }) => turnId === 'b-t2').slice(-2);
    expect(left.map(({ payload }) => (payload as { prior: unknown }).prior)).toEqual(['', { affinity: 60, knowledge: ['Kept fact'] }]);
    expect(await made.store.read.row('edges', 'k/host/p')).toMatchObject({ affinity: 70, summary: 'Kept anew' });
  });

  test('takes calls with it that other chats of its continuity made since: they may have told of it', async () => {
    await using made = await written([...library, bot('host', 'kept'), bot('guest', 'kept'), ...chat('a', 'host', MARK), ...chat('b', 'host', 'Kept')]);
    const call = (id: string, startedAt: string, chatId: string | null = 'b') => made.store.keepCall({ id, chatId, turnId: null, purpose: 'narrative', startedAt, record: { id } });
    await call('before', '2026-02-01T10:00:00.000Z');
    await call('since', LATER);
    await call('opening', LATER, null);
    await call('elsewhere', LATER, 'of its own');
    await made.store.purge(command('purge', LATER), away('a'));
    // Begun before, ended after.
    await call('late', AT);
    await call('late in it', '2026-03-05T10:00:00.000Z', 'a');
    await call('after', '2026-03-05T10:00:00.000Z');
    expect(query<{ id: string }>(made, 'select id from calls order by n').map(({ id }) => id)).toEqual(['before', 'elsewhere', 'after']);
  });

  test('TL-14 the same command again answers the same and deletes nothing more', async () => {
    await using made = await written([...library, bot('host', 'kept'), ...chat('a', 'host', MARK)]);
    await made.store.purge(command('purge'), away('a'));
    const epoch = made.store.epoch;
    const again = await made.store.purge(command('purge'), () => Promise.reject(new Error('Decided twice.')));
    expect(again).toMatchObject({ answer: { chats: 1 }, replayed: true });
    expect(made.store.epoch).toBe(epoch);
  });

  test('a refused purge deletes nothing', async () => {
    await using made = await written([...library, bot('host', 'kept'), ...chat('a', 'host', MARK)]);
    const refused = made.store.purge(command('purge'), async (read) => ({
      ...purgeChat({ chat: await read.row('chats', 'a'), typed: 'another', streaming: false }), answer: null,
    }));
    await expect(refused).rejects.toMatchObject({ code: 'invalid', fields: ['name'] });
    expect(await made.store.read.head('a')).toEqual({ turnId: 'a-t2', depth: 2 });
  });

  test('its places in the log are never taken again', async () => {
    await using made = await written([...library, bot('host', 'kept'), ...chat('b', 'host', 'Kept'), ...chat('a', 'host', MARK)]);
    const last = await made.store.read.seq();
    await made.store.purge(command('purge'), away('a'));
    expect(await made.store.read.seq()).toBeLessThan(last);
    await made.reopen();
    const commit = await made.store.execute(command('next'), () => ({ events: [inChat('b', 'chat_titled', { title: 'Next' })], answer: null }));
    expect(commit.seq).toBe(last + 1);
    expect(await made.store.read.row('chats', 'b')).toMatchObject({ title: 'Next' });
  });

  test('OP-3 what a crash left of it is finished at the next start', async () => {
    await using made = await written([...library, bot('host', 'kept'), ...chat('a', 'host', MARK)]);
    const other = new Sqlite(made.path, { readonly: true });
    other.exec('begin');
    other.prepare('select count(*) from events').get();
    // Another program reads the file as it was: it cannot be written anew yet.
    const report = await made.store.purge(command('purge'), away('a'));
    expect(report.traceless).toBe(false);
    expect(await made.store.read.rows('chats', {})).toEqual([]);
    other.close();
    await made.reopen();
    expect(marksIn(made)).toBe(0);
  });
});

describe('TL-12 branches that are purged', () => {
  const tree = async (made: TestLibrary, chatId: string) => (await made.store.branches.tree(chatId, 1_000)).map(({ turnId, parentId, onPath }) => ({ turnId, parentId, onPath }));

  test('are nowhere any longer; the chat stands where it stood', async () => {
    await using made = await written([...library, bot('host', 'kept'), bot('guest', 'kept'), ...chat('b', 'host', 'Kept'), ...chat('a', 'host', 'Kept', MARK)]);
    await besides(made, 'a', 'Kept');
    await made.store.keepDraft({ turnId: 'a-t4', chatId: 'a', text: MARK });
    const before = await made.store.read.row('edges', 'k/host/p');
    await made.store.purge(command('purge'), async (read) => ({
      ...purgeBranches({ chat: await read.row('chats', 'a'), tree: await tree(made, 'a'), tipId: null, name: null, typed: 'kept TITLE ', streaming: false }),
      answer: null,
    }));
    expect(marksIn(made)).toBe(0);
    expect(await made.store.read.head('a')).toEqual({ turnId: 'a-t2', depth: 2 });
    expect((await tree(made, 'a')).map(({ turnId }) => turnId)).toEqual(['a-t0', 'a-t1', 'a-t2']);
    expect(await made.store.read.row('edges', 'k/host/p')).toEqual(before);
    expect(query<{ id: string }>(made, 'select id from calls').map(({ id }) => id)).toEqual(['a-call']);
    expect((await made.store.events({ after: 0, limit: 1_000 })).filter((event) => JSON.stringify(event).includes('a-t4'))).toEqual([]);
    // The chat plays on from there.
    await made.store.execute(command('on'), () => ({ events: [inTurn('a', 'a-t9', 'user_turn', { ...turn('a-t2', 3), text: 'On.' })], answer: null }));
    expect(await made.store.read.head('a')).toEqual({ turnId: 'a-t9', depth: 3 });
  });
});

describe('TL-12 a bot that is purged', () => {
  const chats = [...chat('a', 'host', MARK), ...chat('b', 'other', 'Kept', 'Beside')];

  test('goes with the chats that it hosts; in those of others its turns stay under its name, and nothing that it remembered or felt', async () => {
    const guestSays: NewEvent[] = [
      inTurn('b', 'b-t2', 'guest_set', { guestId: 'host' }),
      inTurn('b', 'b-t5', 'assistant_turn_started', { ...turn('b-t2', 3, 'host'), model: 'm' }),
      inTurn('b', 'b-t5', 'assistant_turn', reply('Said as a guest.')),
      inTurn('b', 'b-t5', 'memory_written', memory('b-x', 'host', `${MARK} of the guest`)),
      inTurn('b', 'b-t5', 'edge_update', { ...edge('host'), affinity: 9, trust: 9, facts: [`${MARK} of the guest`], at: null }),
    ];
    const lore = inLibrary('lore_written', { loreId: 'l', botId: 'host', chatId: null, name: MARK, keys: [], secondaryKeys: [], content: MARK, enabled: true, constant: true, order: 1 });
    await using made = await written([...library, bot('other', 'kept')]);
    const face = await made.store.putFile({ mime: 'image/png', bytes: Buffer.from(`${MARK} picture`) });
    const events = [bot('host', MARK, face), lore, ...chats, ...guestSays];
    for (const [n, event] of events.entries()) await made.store.execute(command(`d${n}`), () => ({ events: [event], answer: null }));
    await made.store.purge(command('purge'), async (read) => {
      const [chatRow, head, stage] = [await read.row('chats', 'b'), await read.row('turns', 'b-t5'), await read.row('stages', 'b')];
      const standing = { chat: chatRow, head, stage, scene: undefined };
      return { ...purgeBot({ bot: await read.row('bots', 'host'), typed: 'host', hosted: ['a'], elsewhere: [{ ...standing, ending: [] }], together: false, streaming: false }), answer: null };
    });
    expect(marksIn(made)).toBe(0);
    expect(await made.store.read.row('bots', 'host')).toMatchObject({ name: 'host', persona: '', card: null, avatar: null, removed: true });
    expect(await made.store.read.row('turns', 'b-t5')).toMatchObject({ text: 'Said as a guest.', speakerId: 'host' });
    expect(await made.store.read.rows('memories', { ownerId: 'host' })).toEqual([]);
    expect((await made.store.read.rows('edges', {})).map(({ source }) => source)).toEqual(['other']);
    expect(await made.store.read.row('stages', 'b')).toMatchObject({ guestId: null });
    expect((await made.store.read.rows('chats', {})).map(({ chatId }) => chatId)).toEqual(['b']);
    expect(await made.store.file(face)).toBeUndefined();
  });

  test('goes together with the chats in which it was a guest, as chosen', async () => {
    await using made = await written([...library, bot('host', MARK), bot('other', 'kept'), ...chat('a', 'host', MARK), ...chat('b', 'other', MARK)]);
    await made.store.purge(command('purge'), async (read) => {
      const standing = { chat: await read.row('chats', 'b'), head: await read.row('turns', 'b-t2'), stage: undefined, scene: undefined };
      return { ...purgeBot({ bot: await read.row('bots', 'host'), typed: 'Host', hosted: ['a'], elsewhere: [{ ...standing, ending: [] }], together: true, streaming: false }), answer: null };
    });
    expect(marksIn(made)).toBe(0);
    expect(await made.store.read.rows('chats', {})).toEqual([]);
    expect((await made.store.read.rows('bots', {})).map(({ botId }) => botId)).toEqual(['other']);
    const left: readonly LogEvent[] = await made.store.events({ after: 0, limit: 100 });
    expect(left.map(({ kind }) => kind)).toEqual(['continuity_created', 'persona_authored', 'bot_authored']);
  });
});
