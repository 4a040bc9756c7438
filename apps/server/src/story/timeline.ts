import type { Diff, ProjectionName, Row } from '@offstage/domain';
import { DomainError, keyOf } from '@offstage/domain';
import type { MoveReason } from '@offstage/domain/commands/timeline';
import { moveHead, nameBranch } from '@offstage/domain/commands/timeline';
import { groupKey } from '@offstage/domain/members';
import type { TreeTurn } from '@offstage/store';
import type { Core } from '../core.ts';
import type { Drawer } from './chatViews.ts';
import { readDrawer } from './chatViews.ts';
import { unlessDone } from './done.ts';
import type { Kit } from './kit.ts';
import { makingWay } from './makingWay.ts';

/** Turns that the picture of a chat's tree may have. */
const DRAWN_MOST = 20_000;

export interface MoveInput {
  readonly commandId: string;
  readonly chatId: string;
  readonly to: string;
  readonly reason: Exclude<MoveReason, 'regenerate' | 'reset'>;
}

/**
 * TL-3: stands a chat at another turn. A reply that is being written is stopped first; its words stay on its own branch.
 * Throws DomainError as `moveHead`.
 */
export function move(kit: Pick<Kit, 'store' | 'writer' | 'now'>, input: MoveInput): Promise<{ from: string; to: string }> {
  return unlessDone(kit, input.commandId, () => moveNow(kit, input));
}

async function moveNow(kit: Pick<Kit, 'store' | 'writer' | 'now'>, input: MoveInput): Promise<{ from: string; to: string }> {
  const to = input.reason === 'swipe' ? await kit.store.branches.lastStoodIn(input.to) : input.to;
  const inTheWay = (await kit.store.read.row('turns', to))?.status === 'streaming' ? [] : [input.chatId];
  const command = { id: input.commandId, actor: 'person' as const, at: kit.now() };
  const commit = await makingWay(kit.writer, () => inTheWay, () =>
    kit.store.execute(command, async (read) => {
      const chat = await read.row('chats', input.chatId);
      const head = chat?.head == null ? undefined : await read.row('turns', chat.head);
      const onPath = await kit.store.branches.isOnPath(to);
      const events = moveHead({ chat, head, target: await read.row('turns', to), onPath, reason: input.reason });
      return { events, answer: { from: head?.turnId ?? '', to } };
    }),
  );
  return commit.answer;
}

/** TL-9: names the branch that ends in a turn. */
export async function rename(kit: Pick<Kit, 'store' | 'now'>, input: { commandId: string; chatId: string; tipId: string; name: string | null }): Promise<void> {
  await kit.store.execute({ id: input.commandId, actor: 'person', at: kit.now() }, async (read) => ({
    events: nameBranch(await read.row('chats', input.chatId), await read.row('turns', input.tipId), input.name),
    answer: null,
  }));
}

/** The turns that stand beside each other in place of one: all of them, the one asked about too, the earliest first (TL-7). */
export async function alternates({ store }: Pick<Core, 'store'>, turnIds: readonly string[]): Promise<Record<string, readonly string[]>> {
  const found: Record<string, readonly string[]> = {};
  for (const turnId of turnIds) {
    const parentId = (await store.read.row('turns', turnId))?.parentId ?? null;
    const siblings = parentId === null ? [] : await store.branches.children(parentId);
    if (siblings.length > 1) found[turnId] = siblings;
  }
  return found;
}

/** The picture of a chat's tree. */
export interface TreePicture {
  readonly head: string;
  readonly turns: readonly TreeTurn[];
  readonly names: readonly { readonly tipId: string; readonly name: string }[];
  readonly scenes: readonly Row<'scenes'>[];
}

/** TL-9: everything that the timeline panel draws. Throws DomainError `not_found`. */
export async function treePicture({ store }: Pick<Core, 'store'>, chatId: string): Promise<TreePicture> {
  const head = await store.read.head(chatId);
  if (head === undefined) throw new DomainError('not_found', 'This chat is no longer there.', ['chatId']);
  const [turns, names, scenes] = await Promise.all([store.branches.tree(chatId, DRAWN_MOST), store.read.rows('branches', { chatId }), store.read.rows('scenes', { chatId })]);
  return { head: head.turnId, turns, names: names.map(({ tipId, name }) => ({ tipId, name })), scenes };
}

/** The branch that ends in a turn, from where it leaves the active path on, to be read without going there (TL-9). */
export async function previewBranch({ store }: Pick<Core, 'store'>, { chatId, tipId }: { chatId: string; tipId: string }): Promise<readonly Row<'turns'>[]> {
  const turns: Row<'turns'>[] = [];
  for (let id: string | null = tipId; id !== null && turns.length < PREVIEWED_MOST; ) {
    const turn: Row<'turns'> | undefined = await store.read.row('turns', id);
    if (turn === undefined || turn.chatId !== chatId) throw new DomainError('not_found', 'That branch is not in this chat.', ['tipId']);
    turns.push(turn);
    if (await store.branches.isOnPath(id)) break;
    id = turn.parentId;
  }
  return turns.toReversed();
}

/** Turns of a branch that are shown before going there, its last ones. */
const PREVIEWED_MOST = 200;

/**
 * TL-11: the drawer as of a turn of the active path: just what rewinding there would leave, other chats as they are now.
 * Throws DomainError `not_found`.
 */
export async function drawerAt(tools: Parameters<typeof readDrawer>[0], chatId: string, turnId: string): Promise<Drawer> {
  const now = await readDrawer(tools, chatId);
  const turn = await tools.store.read.row('turns', turnId);
  if (turn?.chatId !== chatId) throw new DomainError('not_found', 'That turn is not in this chat.', ['turnId']);
  const diff = await tools.store.plan(chatId, turnId);
  const then = <N extends ProjectionName>(name: N, rows: readonly Row<N>[], keyIn: (row: Row<N>) => string): Row<N>[] => asOf(diff, name, rows, keyIn);
  const scenes = then('scenes', now.scenes, (row) => row.sceneId).filter((row) => row.chatId === chatId);
  const containers = then('containers', now.containers, (row) => row.containerId).filter((row) => row.chatId === chatId);
  const stage = then('stages', now.stage === null ? [] : [now.stage], (row) => row.chatId).find((row) => row.chatId === chatId) ?? null;
  const scene = scenes.find(({ sceneId }) => sceneId === stage?.sceneId) ?? null;
  const known = new Set(now.edges.map(({ source, target }) => keyOf(source, target)));
  return {
    ...now,
    stage,
    scene,
    scenes,
    meanwhiles: then('meanwhiles', now.meanwhiles, (row) => row.sceneId).filter((row) => row.chatId === chatId),
    digests: then('digests', now.digests, (row) => row.digestId).filter((row) => row.chatId === chatId),
    containers,
    container: containers.find(({ containerId }) => containerId === scene?.containerId) ?? null,
    activities: then('activities', now.activities, (row) => keyOf(row.chatId, row.entityId)).filter((row) => row.chatId === chatId),
    edges: then('edges', now.edges, (row) => keyOf(row.continuityId, row.source, row.target)).filter(({ source, target }) => known.has(keyOf(source, target))),
    groups: then('groupNodes', now.groups, (row) => groupKey(row.chatId, row.knownTo)).filter((row) => row.chatId === chatId),
    comings: then('comings', now.comings, (row) => row.turnId).filter((row) => row.chatId === chatId),
    pins: then('pins', now.pins, (row) => keyOf(row.continuityId, row.ownerId)).filter(({ ownerId }) => now.memoryCounts[ownerId] !== undefined),
    plans: then('storyEvents', now.plans, (row) => row.storyEventId).filter((row) => row.chatId === chatId),
    threads: then('threads', now.threads, (row) => row.threadId).filter((row) => row.chatId === chatId),
    things: then('inventory', now.things, (row) => row.itemId).filter((row) => row.chatId === chatId),
    memoryCounts: countsThen(now.memoryCounts, diff),
  };
}

/** Rows with a diff laid over them. */
function asOf<N extends ProjectionName>(diff: Diff, name: N, rows: readonly Row<N>[], keyIn: (row: Row<N>) => string): Row<N>[] {
  const table = diff[name] as { added: Record<string, Row<N>>; updated: Record<string, readonly [Row<N>, Row<N>]>; removed: Record<string, Row<N>> } | undefined;
  if (table === undefined) return [...rows];
  const kept = rows.flatMap((row) => {
    const key = keyIn(row);
    return Object.hasOwn(table.removed, key) ? [] : [table.updated[key]?.[1] ?? row];
  });
  return [...kept, ...Object.values(table.added)];
}

function countsThen(counts: Drawer['memoryCounts'], diff: Diff): Drawer['memoryCounts'] {
  const then: Record<string, number> = { ...counts };
  const add = (rows: Readonly<Record<string, Row<'memories'>>> | undefined, by: number): void => {
    for (const { ownerId } of Object.values(rows ?? {})) if (then[ownerId] !== undefined) then[ownerId] = Math.max(0, then[ownerId] + by);
  };
  add(diff.memories?.removed, -1);
  add(diff.memories?.added, 1);
  return then;
}
