import { inLibrary, inTurn } from '@offstage/domain';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { openStore } from '../src/index.ts';
import { MIGRATIONS, testLibrary } from './support/library.ts';

const AT = '2026-03-01T10:00:00.000Z';
const COMMANDS = 1_200;
const command = (id: string) => ({ id, actor: 'person' as const, at: AT });
const named = (n: number) => [inLibrary('continuity_created', { continuityId: `k${n}`, name: `${n}`, shared: true })];

describe('TL-14 a command that arrives twice acts once', () => {
  test('also in a library with more commands than are learnt with one, after a start', async () => {
    await using library = await testLibrary();
    for (let n = 0; n < COMMANDS; n += 1) await library.store.execute(command(`c${n}`), () => ({ events: [], answer: { n } }));
    await library.reopen();
    const again = (n: number) =>
      library.store.execute(command(`c${n}`), () => {
        throw new Error('A retried command must not decide again.');
      });
    // The first is asked of the file; by the last all are known by heart.
    for (let n = 0; n < 10; n += 1) {
      expect(await again(COMMANDS - 1 - n)).toMatchObject({ replayed: true, answer: { n: COMMANDS - 1 - n } });
      const fresh = await library.store.execute(command(`new${n}`), () => ({ events: named(n), answer: 'new' }));
      expect(fresh).toMatchObject({ replayed: false, answer: 'new' });
      expect(await library.store.execute(command(`new${n}`), () => ({ events: [], answer: 'newer' }))).toMatchObject({ replayed: true, answer: 'new' });
    }
  });

  test('also where answers still stand with their events, before and after many were gathered, and after a start', async () => {
    await using library = await testLibrary();
    const gathered = 600;
    for (let n = 0; n < gathered; n += 1) await library.store.execute(command(`e${n}`), () => ({ events: named(n), answer: { n } }));
    const again = async () => {
      for (let n = 0; n < gathered; n += 1) {
        const found = await library.store.execute(command(`e${n}`), () => ({ events: [], answer: 'again' }));
        expect(found).toMatchObject({ replayed: true, answer: { n }, seq: n + 1 });
      }
    };
    await again();
    await library.reopen();
    await again();
    await library.store.rebuild();
    await again();
  });

  test('OP-3 also where answers stood with their events at a start, and were gathered later', async () => {
    await using library = await testLibrary();
    for (let n = 0; n < 100; n += 1) await library.store.execute(command(`before${n}`), () => ({ events: named(n), answer: { n } }));
    await library.reopen();
    for (let n = 0; n < 600; n += 1) await library.store.execute(command(`since${n}`), () => ({ events: named(100 + n), answer: { n } }));
    for (let n = 0; n < 100; n += 1) {
      const found = await library.store.execute(command(`before${n}`), () => ({ events: [], answer: 'again' }));
      expect(found).toMatchObject({ replayed: true, answer: { n }, seq: n + 1 });
    }
  });

  test('and one whose writing failed has not been', async () => {
    await using library = await testLibrary();
    const lost = inTurn('nowhere', 'no-turn', 'clock_advanced', { minutes: 1 });
    await expect(library.store.execute(command('once'), () => ({ events: [...named(1), lost], answer: 'lost' }))).rejects.toThrow('no turn');
    const next = await library.store.execute(command('once'), () => ({ events: named(2), answer: 'kept' }));
    expect(next).toMatchObject({ replayed: false, answer: 'kept', seq: 1 });
    expect(await library.store.execute(command('once'), () => ({ events: named(3), answer: 'more' }))).toMatchObject({ replayed: true, answer: 'kept' });
  });

  test('also when another process did it', async () => {
    await using library = await testLibrary();
    await library.store.execute(command('mine'), () => ({ events: named(1), answer: 'mine' }));
    const other = new Sqlite(library.path);
    other.prepare(`insert into receipts (commandId, seq, answer, at) values ('theirs', 1, '"theirs"', ?)`).run(AT);
    other.close();
    const before = await library.store.read.seq();
    const twice = await library.store.execute(command('theirs'), () => ({ events: named(2), answer: 'twice' }));
    expect(twice).toMatchObject({ replayed: true, answer: 'theirs' });
    expect(await library.store.read.seq()).toBe(before);
  });

  test('also when another process did it, and it would be refused now for what was done', async () => {
    await using library = await testLibrary();
    const other = await openStore({ path: library.path, migrationsFolder: MIGRATIONS });
    const make = (store: typeof other) =>
      store.execute(command('make'), async (read) => {
        if ((await read.rows('continuities', {})).length > 0) throw new Error('There is one already.');
        return { events: named(1), answer: 'made' };
      });
    expect(await library.store.answered('make')).toBeUndefined();
    await make(other);
    expect(await make(library.store)).toMatchObject({ replayed: true, answer: 'made' });
    expect(await library.store.answered('make')).toMatchObject({ answer: 'made' });
    await other.execute(command('more'), () => ({ events: named(2), answer: 'more' }));
    expect(await library.store.answered('more')).toBeUndefined();
    expect(await library.store.answered('more', { afresh: true })).toMatchObject({ answer: 'more' });
    await other.close();
  });

  test('also where somebody who listens fails at what was done: it is answered, and the others hear of it', async () => {
    await using library = await testLibrary();
    const heard: string[] = [];
    const faults: unknown[] = [];
    library.store.onFault((problem) => faults.push(problem));
    library.store.onCommit(() => {
      throw new Error('I cannot listen.');
    });
    library.store.onCommit(({ answer }) => heard.push(String(answer)));
    expect(await library.store.execute(command('one'), () => ({ events: named(1), answer: 'done' }))).toMatchObject({ answer: 'done', replayed: false });
    expect(heard).toEqual(['done']);
    expect(faults).toEqual([new Error('I cannot listen.')]);
  });

  test('also when another process did it and this one purged since, before many were gathered', async () => {
    await using library = await testLibrary();
    await library.store.execute(command('mine'), () => ({ events: named(1), answer: 'mine' }));
    const other = await openStore({ path: library.path, migrationsFolder: MIGRATIONS });
    await other.execute(command('theirs'), () => ({ events: named(2), answer: 'theirs' }));
    await other.close();
    const nothing = new Set<string>();
    await library.store.purge(command('purge'), async () => ({ goes: { chats: nothing, turns: nothing, bots: nothing, named: nothing }, stays: [], answer: null }));
    const twice = await library.store.execute(command('theirs'), () => ({ events: named(3), answer: 'twice' }));
    expect(twice).toMatchObject({ replayed: true, answer: 'theirs' });
  });
});
