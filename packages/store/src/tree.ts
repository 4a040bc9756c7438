import type { PathChange, TreeNode } from '@offstage/domain';
import { pathBetween } from '@offstage/domain';
import type { Database, Statement } from 'better-sqlite3';
import type { Head } from './store.ts';

interface RawNode extends TreeNode {
  readonly onPath: number;
}

/** The trees of turns: which turn hangs from which, where each chat stands, which turns are on the active path. */
export class Tree {
  readonly #node: Statement<[string], RawNode>;
  readonly #head: Statement<[string], Head>;
  readonly #insert: Statement<[string, string, string | null, number, number]>;
  readonly #setHead: Statement<[string, string, number]>;
  readonly #setOnPath: Statement<[number, string]>;

  constructor(database: Database) {
    this.#node = database.prepare('select turnId, chatId, parentId, depth, onPath from tree where turnId = ?');
    this.#head = database.prepare('select turnId, depth from heads where chatId = ?');
    this.#insert = database.prepare('insert into tree (turnId, chatId, parentId, depth, onPath) values (?, ?, ?, ?, ?)');
    this.#setHead = database.prepare('insert or replace into heads (chatId, turnId, depth) values (?, ?, ?)');
    this.#setOnPath = database.prepare('update tree set onPath = ? where turnId = ?');
  }

  node(turnId: string): RawNode | undefined {
    return this.#node.get(turnId);
  }

  head(chatId: string): Head | undefined {
    return this.#head.get(chatId);
  }

  /**
   * Plants a turn. It advances the head when it starts under it; else it stands beside the path.
   * Throws RangeError when the parent is of another chat or not there, or the depth does not follow from it.
   */
  plant(start: TreeNode): void {
    const { chatId } = start;
    const parent = start.parentId === null ? undefined : this.node(start.parentId);
    const fits =
      start.parentId === null ? start.depth === 0 : parent?.chatId === chatId && start.depth === parent.depth + 1;
    if (!fits) throw new RangeError(`The turn ${start.turnId} does not fit under ${start.parentId ?? 'the root'}.`);
    const advances = (this.head(chatId)?.turnId ?? null) === start.parentId;
    this.#insert.run(start.turnId, chatId, start.parentId, start.depth, advances ? 1 : 0);
    if (advances) this.#setHead.run(chatId, start.turnId, start.depth);
  }

  /** What lies between where a chat stands and a turn of it. Throws RangeError for a turn of another chat. */
  wayTo(chatId: string, to: string): PathChange {
    const target = this.node(to);
    if (target === undefined || target.chatId !== chatId) throw new RangeError(`There is no turn ${to} in this chat.`);
    return pathBetween(this.head(chatId)?.turnId ?? null, to, (turnId) => this.node(turnId));
  }

  /** Stands a chat at a turn, the way there having been found by `wayTo`. */
  stand(chatId: string, to: string, way: PathChange): void {
    for (const turnId of way.leaving) this.#setOnPath.run(0, turnId);
    for (const turnId of way.entering) this.#setOnPath.run(1, turnId);
    const node = this.node(to);
    if (node !== undefined) this.#setHead.run(chatId, to, node.depth);
  }
}
