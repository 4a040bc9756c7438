import type { Frame, Row } from '@offstage/domain';

export type Turn = Row<'turns'>;
type Commit = Extract<Frame, { type: 'commit' }>;

/** The active path of a chat as far as this page knows it: turns by depth, with holes for what was not in view yet. */
export interface Transcript {
  readonly chatId: string;
  /** Place in the log up to which this is true. */
  readonly seq: number;
  readonly head: string | null;
  /** Depth of the head; -1 for a chat without turns. */
  readonly headDepth: number;
  readonly turns: ReadonlyMap<number, Turn>;
  /** Turns that lately left the path: a rewind that is undone shows them again at once. */
  readonly aside: ReadonlyMap<string, Turn>;
  /** Depths in a hole that a commit has touched, with its seq: an older page must not fill them. */
  readonly touched: ReadonlyMap<number, number>;
}

/** How many turns that left the path are remembered. */
const ASIDE_MAX = 400;

/** What `chats.open` and `transcript.page` say of the path. */
export interface Page {
  readonly head: string | null;
  readonly headDepth: number;
  readonly seq: number;
  readonly turns: readonly Turn[];
}

/** The transcript as a freshly opened chat tells it. */
export function opened(chatId: string, page: Page): Transcript {
  return {
    chatId,
    seq: page.seq,
    head: page.head,
    headDepth: page.headDepth,
    turns: new Map(page.turns.map((turn) => [turn.depth, turn])),
    aside: new Map(),
    touched: new Map(),
  };
}

/**
 * The transcript after a commit. Turns below the meeting point go, rows that stand on the path come in, the others
 * are left for the next page. A commit that is already known changes nothing.
 */
export function committed(before: Transcript, commit: Commit): Transcript {
  if (commit.seq <= before.seq) return before;
  let { head, headDepth } = before;
  const turns = new Map(before.turns);
  const aside = new Map(before.aside);
  const touched = new Map(before.touched);

  for (const move of commit.path) {
    if (move.chatId !== before.chatId) continue;
    for (const [depth, turn] of turns) {
      if (depth <= move.meetDepth) continue;
      turns.delete(depth);
      aside.set(turn.turnId, turn);
    }
    for (const depth of touched.keys()) if (depth > move.meetDepth) touched.delete(depth);
    ({ head, headDepth } = move);
  }
  for (const now of commit.rows) {
    if (now.p !== 'turns' || now.row?.chatId !== before.chatId) continue;
    const { depth, turnId } = now.row;
    const held = turns.get(depth);
    if (held?.turnId === turnId) turns.set(depth, now.row);
    else {
      aside.delete(turnId);
      aside.set(turnId, now.row);
      if (held === undefined && depth <= headDepth) touched.set(depth, commit.seq);
    }
  }
  climb(turns, aside, head, headDepth);
  while (aside.size > ASIDE_MAX) {
    const [oldest] = aside.keys();
    if (oldest !== undefined) aside.delete(oldest);
  }
  for (const depth of touched.keys()) if (turns.has(depth)) touched.delete(depth);
  return { ...before, seq: commit.seq, head, headDepth, turns, aside, touched };
}

/** Puts turns on the path from those aside: the head by its id, every other one as the parent of the one behind it. */
function climb(turns: Map<number, Turn>, aside: Map<string, Turn>, head: string | null, headDepth: number): void {
  let next = head;
  for (let depth = headDepth; depth >= 0 && next !== null; depth--) {
    const held = turns.get(depth);
    const turn: Turn | undefined = held ?? aside.get(next);
    if (turn === undefined || turn.turnId !== next || turn.depth !== depth) return;
    if (held === undefined) {
      turns.set(depth, turn);
      aside.delete(next);
    } else if (depth < headDepth - 1 && turns.has(depth - 1)) {
      // Below here the path stands as it stood.
      return;
    }
    next = turn.parentId;
  }
}

/** The transcript with a page put in; undefined when the page tells of another path and has to be asked for again. */
export function paged(before: Transcript, page: Page): Transcript | undefined {
  if (page.head !== before.head) return undefined;
  const turns = new Map(before.turns);
  for (const turn of page.turns) {
    if (turn.depth > before.headDepth) continue;
    const held = turns.get(turn.depth);
    const older = page.seq < (held === undefined ? (before.touched.get(turn.depth) ?? 0) : before.seq);
    // A turn that changed while it was off the path stands aside as it now is: an older page tells it as it was.
    const aside = page.seq < before.seq ? before.aside.get(turn.turnId) : undefined;
    if (!older) turns.set(turn.depth, aside ?? turn);
  }
  const touched = new Map([...before.touched].filter(([depth]) => !turns.has(depth)));
  return { ...before, turns, touched };
}

/** A stretch of depths, both ends included. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** How many turns one page holds. */
const PAGE = 50;

/** The page to ask for so that `view` has no hole: aligned, so that scrolling asks for each page once. */
export function wanted(transcript: Transcript, view: Stretch): Stretch | undefined {
  const last = Math.min(view.to, transcript.headDepth);
  for (let depth = Math.max(0, view.from); depth <= last; depth++) {
    if (transcript.turns.has(depth)) continue;
    const from = Math.floor(depth / PAGE) * PAGE;
    return { from, to: Math.min(from + PAGE - 1, transcript.headDepth) };
  }
  return undefined;
}

/** How far up a message of one's own is looked for. */
const LOOK_UP = 50;

/** The depth of the last message of one's own; null where none of the last turns is. */
export function lastOwnOf({ turns, headDepth }: Transcript): number | null {
  for (let depth = headDepth; depth > 0 && depth > headDepth - LOOK_UP; depth--) if (turns.get(depth)?.kind === 'user') return depth;
  return null;
}
