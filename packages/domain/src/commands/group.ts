import type { NewEvent } from '../catalogue.ts';
import { inTurn } from '../catalogue.ts';
import { DomainError } from '../errors.ts';
import { GROUP_LEAST } from '../members.ts';
import { presentIn } from '../presence.ts';
import type { GroupNodeRow } from '../projections/groupNodes.ts';
import { cleanText } from '../words.ts';
import type { Wanted } from './edits.ts';
import { changedFields, handIn } from './edits.ts';
import type { Standing } from './send.ts';

const SUMMARY_MOST = 4_000;
const MOOD_MOST = 300;

export interface GroupWords {
  readonly summary: string;
  readonly mood: string;
}

/** GU-3: puts in words how three are together, for those three alone. Nothing where it says nothing new. */
export function describeGroup(at: { readonly chatId: string; readonly turnId: string }, members: readonly string[], words: GroupWords, before: GroupNodeRow | undefined): NewEvent[] {
  const [summary, mood] = [trimmed(words.summary, SUMMARY_MOST), trimmed(words.mood, MOOD_MOST)];
  if (summary === '' || (before?.summary === summary && before.mood === mood)) return [];
  return [inTurn(at.chatId, at.turnId, 'group_described', { summary, mood, knownTo: [...members] })];
}

/** Those who are together now, where they are enough to be a group. */
export function groupIn({ chat, stage, scene }: Pick<Standing, 'chat' | 'stage' | 'scene'>): readonly string[] {
  const present = chat === undefined ? [] : presentIn(scene, { personaId: chat.personaId, hostId: chat.hostId, guestId: stage?.guestId ?? null });
  return present.length < GROUP_LEAST ? [] : present;
}

/** WD-9 by hand. `before` is the row of those members. Throws DomainError `not_found`, and `invalid` where they are too few. */
export function setGroup(state: Standing, before: GroupNodeRow | undefined, members: readonly string[], changes: Wanted<GroupWords>): NewEvent[] {
  const { write } = handIn(state);
  if (members.length < GROUP_LEAST) throw new DomainError('invalid', 'There is nothing to say of those together until three are here.', ['summary']);
  const was = { summary: before?.summary ?? '', mood: before?.mood ?? '' };
  const { summary, mood } = changes;
  const changed = changedFields<GroupWords>(was, { summary: summary && trimmed(summary, SUMMARY_MOST), mood: mood && trimmed(mood, MOOD_MOST) });
  return changed === undefined ? [] : [write('group_described', { ...was, ...changed.changes, knownTo: [...members], prior: was })];
}

function trimmed(text: string, most: number): string {
  return cleanText(text).trim().slice(0, most).toWellFormed();
}
