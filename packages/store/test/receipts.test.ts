import { inLibrary } from '@offstage/domain';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { testLibrary } from './support/library.ts';

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
});
