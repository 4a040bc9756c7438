import type { LogEvent, NewEvent, ProjectionName, Row } from '@offstage/domain';
import { DomainError, keyOf } from '@offstage/domain';
import type { EdgeChanges } from '@offstage/domain/commands/edgeEdits';
import { setEdge } from '@offstage/domain/commands/edgeEdits';
import type { PlaceChanges, Wanted } from '@offstage/domain/commands/edits';
import { setActivity, setPlace } from '@offstage/domain/commands/edits';
import { groupIn, setGroup } from '@offstage/domain/commands/group';
import type { GroupWords } from '@offstage/domain/commands/group';
import type { Home, MemoryAt, MemoryEdit } from '@offstage/domain/commands/memoryEdits';
import type { Standing } from '@offstage/domain/commands/send';
import { lookedAt, undoEdit } from '@offstage/domain/commands/undoEdit';
import type { Look } from '@offstage/domain/commands/undoEdit';
import { groupKey } from '@offstage/domain/members';
import { edgeKey } from '@offstage/domain/projections/edges';
import { pinKey } from '@offstage/domain/projections/pins';
import type { Activity } from '@offstage/domain/shapes';
import type { Command, Reads } from '@offstage/store';
import type { Core } from '../core.ts';
import { readStanding } from './standing.ts';

/** What came of an edit by hand. */
export interface Edited {
  /** Names the edit to whoever wants to undo it. */
  readonly commandId: string;
  /** False where things stood so already: then there is nothing to undo. */
  readonly changed: boolean;
  /** The memory whose automatic pin gave way, with the beginning of its text. */
  readonly gaveWay: { readonly memoryId: string; readonly text: string } | null;
}

type Tools = Pick<Core, 'store'>;

/** Characters of a memory that are told where it is only to be known again. */
const HINT_MOST = 80;

/** The last events of a memory among which its deletion is sought. */
const LOOKED_AT = 24;

/** What is kept with the receipt of an edit. */
interface Kept {
  readonly edit: true;
  readonly events: number;
  readonly gaveWay: string | null;
}

/** Runs an edit of a chat. Throws what `decide` throws. */
export async function edit(
  { store }: Tools,
  command: Command,
  chatId: string,
  decide: (state: Standing, read: Reads) => NewEvent[] | MemoryEdit | Promise<NewEvent[] | MemoryEdit>,
): Promise<Edited> {
  const { answer } = await store.execute(command, async (read): Promise<{ events: NewEvent[]; answer: Kept }> => {
    const made = await decide(await readStanding(read, chatId), read);
    const { events, gaveWay } = Array.isArray(made) ? { events: made, gaveWay: null } : made;
    return { events, answer: { edit: true, events: events.length, gaveWay } };
  });
  const gone = answer.gaveWay === null ? undefined : await store.read.row('memories', answer.gaveWay);
  return {
    commandId: command.id,
    changed: answer.events > 0,
    gaveWay: gone === undefined ? null : { memoryId: gone.memoryId, text: gone.text.slice(0, HINT_MOST).toWellFormed() },
  };
}

/** WD-4: changes a place. */
export function editPlace(tools: Tools, command: Command, input: { chatId: string; containerId: string; changes: PlaceChanges }): Promise<Edited> {
  return edit(tools, command, input.chatId, async (state, read) => setPlace(state, await read.row('containers', input.containerId), input.changes));
}

/** WD-5: changes what somebody does. */
export function editActivity(tools: Tools, command: Command, input: { chatId: string; entityId: string; changes: Wanted<Activity> }): Promise<Edited> {
  const { chatId, entityId, changes } = input;
  return edit(tools, command, chatId, async (state, read) => {
    const place = changes.containerId == null ? undefined : await read.row('containers', changes.containerId);
    return setActivity(state, await read.row('activities', keyOf(chatId, entityId)), { entityId, changes, place });
  });
}

/** ED-4: changes how one stands to another. */
export function editEdge(tools: Tools, command: Command, input: { chatId: string; source: string; target: string; changes: EdgeChanges }): Promise<Edited> {
  const { chatId, source, target, changes } = input;
  return edit(tools, command, chatId, async (state, read) => {
    const continuityId = state.chat?.continuityId ?? '';
    const before = await read.row('edges', edgeKey({ continuityId, source, target }));
    return setEdge(state, before, { source, target, changes });
  });
}

/** WD-9: changes what is said of how those who are there now are together. */
export function editGroup(tools: Tools, command: Command, { chatId, changes }: { chatId: string; changes: Wanted<GroupWords> }): Promise<Edited> {
  return edit(tools, command, chatId, async (state, read) => {
    const members = groupIn(state);
    return setGroup(state, await read.row('groupNodes', groupKey(chatId, members)), members, changes);
  });
}

/** ME-9: does something to one memory. */
export function editOneMemory(
  tools: Tools,
  command: Command,
  { chatId, memoryId }: { chatId: string; memoryId: string },
  act: (state: Standing, at: MemoryAt) => MemoryEdit,
): Promise<Edited> {
  return edit(tools, command, chatId, async (state, read) => {
    const memory = await read.row('memories', memoryId);
    return act(state, { memory, pins: memory === undefined ? undefined : await read.row('pins', pinKey(memory)), home: await homeOf(read, memoryId) });
  });
}

/** Where a memory hangs: where it was written last. */
async function homeOf(read: Reads, memoryId: string): Promise<Home | undefined> {
  const [born] = (await read.history('memories', memoryId, LOOKED_AT)).filter(({ kind }) => kind === 'memory_written').slice(-1);
  if (born?.chatId != null && born.turnId !== null) return { chatId: born.chatId, turnId: born.turnId };
  // It was changed so often that its beginning is out of sight.
  const memory = await read.row('memories', memoryId);
  return memory && { chatId: memory.chatId, turnId: memory.turnId };
}

/** The pins of one bot in a chat's continuity. */
export async function pinsIn(read: Reads, state: Standing, ownerId: string): Promise<Row<'pins'> | undefined> {
  return state.chat && read.row('pins', pinKey({ ownerId, continuityId: state.chat.continuityId }));
}

/** ED-4: takes back one edit by hand. Throws DomainError `not_found` for one that never was, and as `undoEdit`. */
export async function undo(tools: Tools, command: Command, { chatId, of }: { chatId: string; of: string }): Promise<Edited> {
  const events = await eventsOf(tools, of);
  return edit(tools, command, chatId, async (state, read) => {
    if (events === undefined) throw new DomainError('not_found', 'There is nothing left of this to undo.', ['of']);
    for (const { kind, payload } of events) {
      // A rewind has taken back the deletion already, and maybe what was deleted: that must not come from another branch.
      if (kind === 'memory_deleted' && !(await read.history('memories', payload.memoryId, LOOKED_AT)).some((event) => event.kind === kind)) return [];
    }
    return undoEdit(events, state, await look(read, events.flatMap(lookedAt)));
  });
}

/** The events that an edit left, found by its receipt, where there is one: they stand together in the log, the last of them where it says. Some may be purged. */
async function eventsOf({ store }: Tools, of: string): Promise<readonly LogEvent[] | undefined> {
  const kept = await store.answered(of, { afresh: true });
  if (kept === undefined) return undefined;
  const { seq, answer } = kept;
  if (!isKept(answer)) return [];
  return (await store.events({ after: seq - answer.events, limit: answer.events })).filter(({ commandId }) => commandId === of);
}

function isKept(answer: unknown): answer is Kept {
  return typeof answer === 'object' && answer !== null && 'edit' in answer && answer.edit === true;
}

/** Rows read beforehand. */
async function look(read: Reads, wanted: readonly { projection: ProjectionName; key: string }[]): Promise<Look> {
  const found = new Map<string, object>();
  const homes = new Map<string, Home>();
  for (const { projection, key } of wanted) {
    const row = await read.row(projection, key);
    if (row === undefined) continue;
    found.set(`${projection} ${key}`, row);
    const home = projection === 'memories' ? await homeOf(read, key) : undefined;
    if (home !== undefined) homes.set(key, home);
  }
  // Each row was read from the projection under whose name it is kept.
  return { row: <N extends ProjectionName>(projection: N, key: string) => found.get(`${projection} ${key}`) as Row<N> | undefined, home: (memoryId) => homes.get(memoryId) };
}
