import type { PathChange, TreeNode } from '@offstage/domain';
import { pathBetween } from '@offstage/domain';
import type { Database, Statement } from 'better-sqlite3';
import type { Work } from './slices.ts';
import type { Head } from './store.ts';

interface RawNode extends TreeNode {
  readonly onPath: number;
}

/** Turns that one statement puts on the path or beside it. */
const AT_ONCE = 500;

/** Turns and heads that are kept at hand between commits. */
const KEPT = 1_024;

/**
 * The trees of turns: which turn hangs from which, where each chat stands, which turns are on the active path. What was
 * read stays at hand; after a transaction that was rolled back, or one of another connection, `forget`.
 */
export class Tree {
  readonly #node: Statement<[string], RawNode>;
  readonly #head: Statement<[string], Head>;
  readonly #insert: Statement<[string, string, string | null, number, number]>;
  readonly #setHead: Statement<[string, string, number]>;
  readonly #setOnPath: Statement<[number, string]>;
  readonly #nodes = new Map<string, RawNode>();
  readonly #heads = new Map<string, Head>();

  constructor(database: Database) {
    this.#node = database.prepare('select turnId, chatId, parentId, depth, onPath from tree where turnId = ?');
    this.#head = database.prepare('select turnId, depth from heads where chatId = ?');
    this.#insert = database.prepare('insert into tree (turnId, chatId, parentId, depth, onPath) values (?, ?, ?, ?, ?)');
    this.#setHead = database.prepare('insert or replace into heads (chatId, turnId, depth) values (?, ?, ?)');
    this.#setOnPath = database.prepare('update tree set onPath = ? where turnId in (select value from json_each(?))');
  }

  node(turnId: string): RawNode | undefined {
    const known = this.#nodes.get(turnId);
    if (known !== undefined) return known;
    const found = this.#node.get(turnId);
    if (found !== undefined) keep(this.#nodes, turnId, found);
    return found;
  }

  head(chatId: string): Head | undefined {
    const known = this.#heads.get(chatId);
    if (known !== undefined) return known;
    const found = this.#head.get(chatId);
    if (found !== undefined) keep(this.#heads, chatId, found);
    return found;
  }

  /**
   * Plants a turn. It advances the head when it starts under it; else it stands beside the path. Answers whether it
   * did. Throws RangeError when the parent is of another chat or not there, or the depth does not follow from it.
   */
  plant(start: TreeNode): boolean {
    const { chatId, turnId, parentId, depth } = start;
    const parent = parentId === null ? undefined : this.node(parentId);
    const fits = parentId === null ? depth === 0 : parent?.chatId === chatId && depth === parent.depth + 1;
    if (!fits) throw new RangeError(`The turn ${turnId} does not fit under ${parentId ?? 'the root'}.`);
    const advances = (this.head(chatId)?.turnId ?? null) === parentId;
    const onPath = advances ? 1 : 0;
    this.#insert.run(turnId, chatId, parentId, depth, onPath);
    keep(this.#nodes, turnId, { turnId, chatId, parentId, depth, onPath });
    if (advances) this.#stand(chatId, { turnId, depth });
    return advances;
  }

  /** What lies between where a chat stands and a turn of it. Throws RangeError for a turn of another chat. */
  wayTo(chatId: string, to: string): PathChange {
    const target = this.node(to);
    if (target === undefined || target.chatId !== chatId) throw new RangeError(`There is no turn ${to} in this chat.`);
    return pathBetween(this.head(chatId)?.turnId ?? null, to, (turnId) => this.node(turnId));
  }

  /** Stands a chat at a turn, the way there having been found by `wayTo`. */
  *stand(chatId: string, to: string, way: PathChange): Work<void> {
    yield* this.#setAll(way.leaving, 0);
    yield* this.#setAll(way.entering, 1);
    this.#nodes.clear();
    const node = this.node(to);
    if (node !== undefined) this.#stand(chatId, { turnId: to, depth: node.depth });
  }

  *#setAll(turnIds: readonly string[], onPath: 0 | 1): Work<void> {
    for (let from = 0; from < turnIds.length; from += AT_ONCE) {
      this.#setOnPath.run(onPath, JSON.stringify(turnIds.slice(from, from + AT_ONCE)));
      yield;
    }
  }

  forget(): void {
    this.#nodes.clear();
    this.#heads.clear();
  }

  #stand(chatId: string, head: Head): void {
    this.#setHead.run(chatId, head.turnId, head.depth);
    keep(this.#heads, chatId, head);
  }
}

function keep<T>(known: Map<string, T>, id: string, value: T): void {
  if (known.size >= KEPT) known.clear();
  known.set(id, value);
}
