import type { Frame } from '@offstage/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Transcript, Turn } from '../../src/features/chat/model/transcript.ts';
import { committed, opened, paged, wanted } from '../../src/features/chat/model/transcript.ts';
import { turnOf } from './make.ts';

type Commit = Extract<Frame, { type: 'commit' }>;

/** A chat as the server holds it: a tree of turns and a head, telling each change as a commit. */
class Server {
  readonly tree = new Map<string, Turn>();
  head: string | null = null;
  seq = 0;

  path(): Turn[] {
    const path: Turn[] = [];
    for (let at = this.head; at !== null; ) {
      const turn = this.tree.get(at)!;
      path.unshift(turn);
      at = turn.parentId;
    }
    return path;
  }

  open(last = 40) {
    const path = this.path();
    return { head: this.head, headDepth: path.length - 1, seq: this.seq, turns: path.slice(-last) };
  }

  page(from: number, to: number) {
    const path = this.path();
    return { head: this.head, headDepth: path.length - 1, seq: this.seq, turns: path.slice(from, to + 1) };
  }

  move(to: string | null, rows: readonly Turn[] = []): Commit {
    const before = this.path();
    this.head = to;
    const after = this.path();
    let meet = -1;
    while (before[meet + 1] !== undefined && before[meet + 1]?.turnId === after[meet + 1]?.turnId) meet++;
    return this.commit(rows, [{ chatId: 'c', head: to ?? '', headDepth: after.length - 1, meetDepth: meet }]);
  }

  write(): Commit {
    const parent = this.head === null ? undefined : this.tree.get(this.head)!;
    const turn = turnOf({ turnId: `t${this.tree.size}`, parentId: this.head, depth: (parent?.depth ?? -1) + 1, text: 'new' });
    this.tree.set(turn.turnId, turn);
    return this.move(turn.turnId, [turn]);
  }

  edit(turnId: string): Commit {
    const turn = { ...this.tree.get(turnId)!, text: `edited at ${this.seq}` };
    this.tree.set(turnId, turn);
    return this.commit([turn], []);
  }

  commit(rows: readonly Turn[], path: Commit['path']): Commit {
    this.seq++;
    return { type: 'commit', seq: this.seq, rows: rows.map((row) => ({ p: 'turns', key: row.turnId, row })), path };
  }
}

function told(server: Server, known: Transcript): void {
  const path = server.path();
  expect(known.head).toBe(server.head);
  expect(known.headDepth).toBe(path.length - 1);
  for (const [depth, turn] of known.turns) expect(turn).toEqual(path[depth]);
}

function long(turns: number): Server {
  const server = new Server();
  for (let at = 0; at < turns; at++) server.write();
  return server;
}

describe('transcript', () => {
  it('LV-1 puts a new turn behind the last', () => {
    const server = long(3);
    let known = opened('c', server.open());
    known = committed(known, server.write());
    told(server, known);
    expect(known.turns.size).toBe(4);
  });

  it('TL-4 a rewind drops what stood deeper, and its undo shows it again without asking', () => {
    const server = long(10);
    let known = opened('c', server.open());
    known = committed(known, server.move('t4'));
    expect(known.turns.size).toBe(5);
    known = committed(known, server.move('t9'));
    told(server, known);
    expect(known.turns.size).toBe(10);
  });

  it('TL-7 an alternate takes the place of the reply it stands beside', () => {
    const server = long(5);
    let known = opened('c', server.open());
    known = committed(known, server.move('t3'));
    known = committed(known, server.write());
    told(server, known);
    known = committed(known, server.move('t4'));
    told(server, known);
    expect(known.turns.get(4)?.turnId).toBe('t4');
  });

  it('LV-2 a commit that is already known changes nothing', () => {
    const server = long(3);
    const known = opened('c', server.open());
    const commit = server.write();
    const after = committed(known, commit);
    expect(committed(after, commit)).toBe(after);
  });

  it('LV-2 a page of another path is asked for again', () => {
    const server = long(120);
    const known = opened('c', server.open());
    const page = server.page(0, 49);
    expect(paged(committed(known, server.write()), page)).toBeUndefined();
    expect(paged(known, page)?.turns.size).toBe(90);
  });

  it('LV-2 an older page does not bring back the text from before an edit', () => {
    const server = long(120);
    const known = opened('c', server.open());
    const page = server.page(0, 99);
    const after = paged(committed(committed(known, server.edit('t10')), server.edit('t90')), page)!;
    told(server, after);
    expect(after.turns.has(10)).toBe(false);
    expect(wanted(after, { from: 8, to: 12 })).toEqual({ from: 0, to: 49 });
  });

  it('LV-2 an older page does not bring back the text of a turn that was edited while it was off the path', () => {
    const server = long(8);
    let known = opened('c', server.open(3));
    const page = server.page(0, 4);
    for (const commit of [server.move('t0'), server.edit('t1'), server.move('t7')]) known = committed(known, commit);
    told(server, paged(known, page)!);
  });

  it('UI-6 asks for a page only where the view has a hole', () => {
    const known = opened('c', long(120).open());
    expect(wanted(known, { from: 85, to: 119 })).toBeUndefined();
    expect(wanted(known, { from: 60, to: 90 })).toEqual({ from: 50, to: 99 });
    expect(wanted(known, { from: -4, to: 3 })).toEqual({ from: 0, to: 49 });
    expect(wanted(known, { from: 118, to: 140 })).toBeUndefined();
  });

  it('LV-1 whatever happens, what is shown is what the server holds', () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('write' as const) }),
      fc.record({ do: fc.constant('move' as const), at: fc.nat() }),
      fc.record({ do: fc.constant('edit' as const), at: fc.nat() }),
      fc.record({ do: fc.constant('ask' as const), at: fc.nat() }),
      fc.record({ do: fc.constant('answer' as const) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const server = long(8);
        let known = opened('c', server.open(3));
        let answer: ReturnType<Server['page']> | undefined;
        for (const now of steps) {
          const ids = [...server.tree.keys()];
          const pick = 'at' in now ? ids[now.at % ids.length]! : '';
          if (now.do === 'write') known = committed(known, server.write());
          else if (now.do === 'move') known = committed(known, server.move(pick));
          else if (now.do === 'edit') known = committed(known, server.edit(pick));
          else if (now.do === 'ask') answer = server.page(now.at % 6, (now.at % 6) + 4);
          else if (answer !== undefined) known = paged(known, answer) ?? known;
          told(server, known);
        }
        for (let view = wanted(known, { from: 0, to: known.headDepth }); view !== undefined; view = wanted(known, { from: 0, to: known.headDepth })) {
          known = paged(known, server.page(view.from, view.to))!;
        }
        told(server, known);
        expect(known.turns.size).toBe(server.path().length);
      }),
      { numRuns: 1_000 },
    );
  });
});
