import type { Diff } from '@offstage/domain';
import { DomainError } from '@offstage/domain';
import { timeInWords } from '../prompt/words.ts';
import type { Core } from '../core.ts';
import type { People } from './people.ts';

/** One thing that a move would take back, in words. */
export interface UndoneLine {
  readonly kind: keyof Undoing['counts'];
  readonly text: string;
}

/** What standing at another turn would undo, in the story's words (TL-5). */
export interface Undoing {
  readonly counts: {
    readonly turns: number;
    readonly scenes: number;
    readonly feelings: number;
    readonly memories: number;
    readonly plans: number;
    readonly threads: number;
    readonly things: number;
    readonly stage: number;
  };
  readonly lines: readonly UndoneLine[];
  /** Texts that another chat has made since from what would go: they stay (TL-4). */
  readonly stays: readonly string[];
}

/** Lines that are told one by one; what is more stands in the counts. */
const TOLD_MOST = 200;

type Tools = Pick<Core, 'store'> & { readonly story: { readonly people: People } };

/** TL-5: what rewinding a chat to a turn would undo; nothing is changed. Throws DomainError `not_found`. */
export async function undoingOf(tools: Tools, { chatId, to }: { chatId: string; to: string }): Promise<Undoing> {
  const { store, story } = tools;
  const [target, head] = await Promise.all([store.read.row('turns', to), store.read.head(chatId)]);
  if (target?.chatId !== chatId || head === undefined) throw new DomainError('not_found', 'That turn is not in this chat.', ['to']);
  const diff = await store.plan(chatId, to);
  const owners = rowsOf(diff.memories).map(({ ownerId }) => ownerId);
  const pairs = rowsOf(diff.edges).flatMap(({ source, target }) => [source, target]);
  const doing = [...rowsOf(diff.activities), ...rowsOf(diff.inventory), ...Object.values(diff.inventory?.updated ?? {}).map(([, after]) => after)].map(({ entityId }) => entityId);
  const names = await story.people.names([...owners, ...pairs, ...doing]);
  const name = (id: string): string => names.get(id) ?? 'Someone';
  const lines = linesOf(diff, name);
  const count = (kind: UndoneLine['kind']): number => lines.filter((line) => line.kind === kind).length;
  const onPath = await store.branches.isOnPath(to);
  return {
    counts: {
      turns: onPath ? Math.max(0, head.depth - target.depth) : 0,
      scenes: count('scenes'),
      feelings: count('feelings'),
      memories: count('memories'),
      plans: count('plans'),
      threads: count('threads'),
      things: count('things'),
      stage: count('stage'),
    },
    lines: lines.slice(0, TOLD_MOST),
    stays: await staying(tools, chatId, diff, name),
  };
}

function linesOf(diff: Diff, name: (id: string) => string): UndoneLine[] {
  const lines: UndoneLine[] = [];
  const say = (kind: UndoneLine['kind'], text: string): void => {
    lines.push({ kind, text });
  };
  for (const row of Object.values(diff.scenes?.removed ?? {})) say('scenes', row.closed ? 'A scene that was closed' : 'A scene that had begun');
  for (const [before, after] of Object.values(diff.scenes?.updated ?? {})) if (before.closed && !after.closed) say('scenes', 'A scene is open again');
  for (const [before, after] of Object.values(diff.edges?.updated ?? {})) {
    const parts = [
      before.affinity === after.affinity ? '' : `affinity back to ${Math.round(after.affinity)}`,
      before.trust === after.trust ? '' : `trust back to ${Math.round(after.trust)}`,
      before.knowledge.length <= after.knowledge.length ? '' : `${before.knowledge.length - after.knowledge.length} things no longer known`,
      before.summary === after.summary ? '' : 'other words for it',
    ].filter((part) => part !== '');
    if (parts.length > 0) say('feelings', `${name(before.source)} to ${name(before.target)}: ${parts.join(', ')}`);
  }
  for (const row of Object.values(diff.edges?.removed ?? {})) say('feelings', `${name(row.source)} has not met ${name(row.target)}`);
  for (const row of Object.values(diff.memories?.removed ?? {})) say('memories', `${name(row.ownerId)} forgets: ${clipped(row.text)}`);
  for (const [before, after] of Object.values(diff.memories?.updated ?? {})) {
    if (before.text !== after.text) say('memories', `${name(before.ownerId)} remembers again: ${clipped(after.text)}`);
  }
  for (const row of Object.values(diff.storyEvents?.removed ?? {})) say('plans', `No longer planned: ${row.title}`);
  for (const [before, after] of Object.values(diff.storyEvents?.updated ?? {})) say('plans', before.status === after.status ? `${before.title}: as it was planned before` : `${before.title}: ${after.status === 'active' ? 'under way' : after.status} again`);
  for (const row of Object.values(diff.threads?.removed ?? {})) say('threads', `No longer open: ${row.title}`);
  for (const [before, after] of Object.values(diff.threads?.updated ?? {})) say('threads', before.open === after.open ? `${before.title}: as it stood before` : `${before.title}: open again`);
  for (const row of Object.values(diff.inventory?.removed ?? {})) say('things', `${row.name} is not there yet`);
  for (const [before, after] of Object.values(diff.inventory?.updated ?? {})) say('things', before.lost !== after.lost ? `${before.name} is back` : before.entityId === after.entityId ? `${before.name}: as it was before` : `${before.name} is ${name(after.entityId)}\u2019s again`);
  for (const [before, after] of Object.values(diff.stages?.updated ?? {})) {
    if (before.clock !== after.clock && after.clock !== null) say('stage', `It is ${timeInWords(after.clock)} again`);
    if (before.weather !== after.weather) say('stage', after.weather === '' ? 'The weather is not told yet' : `The weather: ${after.weather}`);
    if (before.guestId !== after.guestId) say('stage', after.guestId === null ? 'The guest has not come yet' : 'The guest is there again');
  }
  for (const [before] of Object.values(diff.activities?.updated ?? {})) say('stage', `${name(before.entityId)} does what came before`);
  return lines;
}

/** TL-4: summaries of feelings that were put in words in another chat since, from what would go. */
async function staying({ store }: Tools, chatId: string, diff: Diff, name: (id: string) => string): Promise<string[]> {
  const stays: string[] = [];
  for (const [key, [before, after]] of Object.entries(diff.edges?.updated ?? {})) {
    if (before.summary !== after.summary || before.affinity === after.affinity) continue;
    const last = (await store.read.history('edges', key, 50)).findLast(({ kind }) => kind === 'edge_summarized');
    if (last !== undefined && last.chatId !== chatId) stays.push(`What ${name(before.source)} makes of ${name(before.target)} was put in words in another chat, and stays.`);
  }
  return stays;
}

interface Table<R> {
  readonly added: Readonly<Record<string, R>>;
  readonly updated: Readonly<Record<string, readonly [from: R, to: R]>>;
  readonly removed: Readonly<Record<string, R>>;
}

/** Every row that a diff names, as it is now where it is there now. */
function rowsOf<R>(table: Table<R> | undefined): R[] {
  if (table === undefined) return [];
  return [...Object.values(table.added), ...Object.values(table.removed), ...Object.values(table.updated).map(([before]) => before)];
}

function clipped(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length <= 120 ? line : `${line.slice(0, 119).toWellFormed()}…`;
}
