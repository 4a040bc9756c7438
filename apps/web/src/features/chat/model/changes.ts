import type { Frame } from '@offstage/domain';
import type { Scenery } from './scenery.ts';
import { edgeName } from './scenery.ts';
import { stretch } from './times.ts';

type Commit = Extract<Frame, { type: 'commit' }>;

/** What a bot took from a reply: what it came to feel for you, and whether it remembers it. */
interface BotChange {
  readonly affinity: number;
  readonly trust: number;
  readonly remembers: boolean;
}

/** What a reply has changed so far, counted up over the commits that came after it. */
export interface Change {
  readonly bots: ReadonlyMap<string, BotChange>;
  readonly minutes: number;
}

export const UNCHANGED: Change = { bots: new Map(), minutes: 0 };

const UNMOVED: BotChange = { affinity: 0, trust: 0, remembers: false };

/** What a commit adds to what the turn `turnId` changed. `before` is the scenery that the commit found. */
export function changeAfter(change: Change, commit: Commit, before: Scenery, turnId: string, youId: string | null): Change {
  let next = change;
  const put = (botId: string, what: (old: BotChange) => BotChange): void => {
    const old = next.bots.get(botId) ?? UNMOVED;
    next = { ...next, bots: new Map(next.bots).set(botId, what(old)) };
  };
  for (const now of commit.rows) {
    if (now.row === null) continue;
    if (now.p === 'memories' && now.row.turnId === turnId) {
      put(now.row.ownerId, (old) => ({ ...old, remembers: true }));
    } else if (now.p === 'edges' && now.row.target === youId && now.row.continuityId === before.continuityId) {
      const { source, affinity, trust } = now.row;
      const from = before.edges.get(edgeName(source, now.row.target));
      if (from === undefined) continue;
      put(source, (old) => ({
        ...old,
        affinity: old.affinity + affinity - from.affinity,
        trust: old.trust + trust - from.trust,
      }));
    } else if (now.p === 'stages' && now.row.chatId === before.chatId) {
      const [from, to] = [before.stage?.clock, now.row.clock];
      if (from != null && to !== null) next = { ...next, minutes: next.minutes + (Date.parse(to) - Date.parse(from)) / 60_000 };
    }
  }
  return next;
}

const signed = (name: string, by: number): string[] =>
  Math.round(by) === 0 ? [] : [`${name} ${by > 0 ? '+' : '\u2212'}${Math.abs(Math.round(by))}`];

/** `Mara: affinity +3, trust +1 · remembers this · 6 minutes pass`; undefined when nothing changed. */
export function changeLine(change: Change, nameOf: (entityId: string) => string): string | undefined {
  const parts: string[] = [];
  for (const [botId, { affinity, trust, remembers }] of change.bots) {
    const feelings = [...signed('affinity', affinity), ...signed('trust', trust)];
    const name = nameOf(botId);
    if (feelings.length > 0) parts.push(`${name}: ${feelings.join(', ')}`);
    if (remembers) parts.push(feelings.length > 0 ? 'remembers this' : `${name} remembers this`);
  }
  const minutes = Math.round(change.minutes);
  if (minutes >= 1) parts.push(`${stretch(minutes)} ${minutes === 1 ? 'passes' : 'pass'}`);
  return parts.length === 0 ? undefined : parts.join(' \u00B7 ');
}
