import type { NewEvent } from '../catalogue.ts';
import { inTurn } from '../catalogue.ts';
import { DomainError } from '../errors.ts';
import type { ThreadRow } from '../projections/threads.ts';
import { cleanText } from '../words.ts';
import type { Hand, Wanted } from './edits.ts';
import { changedFields, handIn, notThere, tidy } from './edits.ts';
import type { Standing } from './send.ts';

/** Threads that one scene may leave, and that may be open in a chat at once. */
const OPENED_MOST = 3;
const OPEN_MOST = 24;
/** Characters of a title and of a summary that a model gives. */
const TITLE_MOST = 120;
const SUMMARY_MOST = 800;

/** What a scene left unresolved, took up again, and resolved (EV-5). */
export interface ThreadsFound {
  readonly opened: readonly { readonly title: string; readonly summary: string }[];
  readonly updated: readonly { readonly threadId: string; readonly summary: string }[];
  readonly closed: readonly { readonly threadId: string; readonly summary: string }[];
}

export interface ThreadsOfScene {
  readonly chatId: string;
  readonly sceneId: string;
  /** The turn at which the scene ended. */
  readonly turnId: string;
  /**
   * What was found, by who witnessed all that was read for it: they know of it, and nobody else (ME-2). Of what is found
   * twice the first holds.
   */
  readonly parts: readonly { readonly found: ThreadsFound; readonly knownTo: readonly string[] }[];
  /** The chat's threads that are open now. */
  readonly open: readonly ThreadRow[];
  /** Threads whose words a hand has changed since the scene ended: those stay. */
  readonly byHand: ReadonlySet<string>;
  readonly newId: () => string;
}

/** EV-5: opens, updates and closes threads at the end of a scene. What is no longer open is left alone. */
export function threadsOfScene({ chatId, sceneId, turnId, parts, open, byHand, newId }: ThreadsOfScene): NewEvent[] {
  const here = <K extends Parameters<typeof inTurn>[2]>(kind: K, payload: Parameters<typeof inTurn<K>>[3]): NewEvent => inTurn(chatId, turnId, kind, payload);
  const rows = new Map(open.map((thread) => [thread.threadId, thread]));
  const told = new Map<string, { readonly raw: string; readonly knownTo: readonly string[] }>();
  const begun: { title: string; summary: string; knownTo: readonly string[] }[] = [];
  for (const { found, knownTo } of parts) {
    const words = new Map<string, string>();
    for (const { threadId, summary } of [...found.updated, ...found.closed]) if (rows.has(threadId)) words.set(threadId, summary);
    for (const raw of found.opened) {
      const title = trimmed(raw.title, TITLE_MOST);
      if (title === '') continue;
      // A thread that is opened under the name of one that is open goes on.
      const same = open.find((thread) => plain(thread.title) === plain(title));
      if (same !== undefined) words.set(same.threadId, raw.summary);
      else if (!begun.some((one) => plain(one.title) === plain(title))) begun.push({ title, summary: trimmed(raw.summary, SUMMARY_MOST), knownTo });
    }
    for (const [threadId, raw] of words) if (!told.has(threadId)) told.set(threadId, { raw, knownTo });
  }
  const updates = [...told].flatMap(([threadId, { raw, knownTo }]) => {
    const row = rows.get(threadId);
    if (row === undefined) return [];
    const words = trimmed(raw, SUMMARY_MOST);
    const summary = byHand.has(threadId) || words === '' ? row.summary : words;
    // As it now stands only those who were there know of it.
    const narrowed = summary === row.summary ? row.knownTo : row.knownTo.filter((entityId) => knownTo.includes(entityId));
    return [here('thread_updated', { threadId, summary, sceneId, knownTo: narrowed.length === row.knownTo.length ? null : narrowed })];
  });
  const closed = new Set(parts.flatMap(({ found }) => found.closed.map(({ threadId }) => threadId)));
  const closings = [...closed].filter((threadId) => rows.has(threadId));
  const room = Math.max(0, OPEN_MOST - open.length + closings.length);
  return [
    ...updates,
    ...closings.map((threadId) => here('thread_closed', { threadId })),
    ...begun.slice(0, Math.min(OPENED_MOST, room)).map(({ knownTo, ...one }) => here('thread_opened', { threadId: newId(), ...one, sceneId, knownTo: [...knownTo] })),
  ];
}

/** EV-5: changes the words of an open thread by hand. Throws DomainError `not_found`, `already_done` for a closed one, `invalid`. */
export function editThread(state: Standing, row: ThreadRow | undefined, changes: Wanted<Pick<ThreadRow, 'title' | 'summary'>>): NewEvent[] {
  const hand = handIn(state);
  const thread = openOne(hand, row);
  const title = changes.title === undefined ? undefined : tidy(changes.title).replaceAll(/\s+/g, ' ');
  if (title === '') throw new DomainError('invalid', 'A loose end needs a name.', ['title']);
  const changed = changedFields<Pick<ThreadRow, 'title' | 'summary'>>(thread, { title, summary: changes.summary === undefined ? undefined : tidy(changes.summary) });
  return changed === undefined ? [] : [hand.write('thread_edited', { threadId: thread.threadId, ...changed })];
}

/** EV-5: closes a thread by hand. Throws DomainError `not_found`, and `already_done` for one that is closed. */
export function closeThread(state: Standing, row: ThreadRow | undefined): NewEvent[] {
  const hand = handIn(state);
  return [hand.write('thread_closed', { threadId: openOne(hand, row).threadId })];
}

function openOne({ chat }: Hand, row: ThreadRow | undefined): ThreadRow {
  if (row === undefined || row.chatId !== chat.chatId) throw notThere('loose end', 'threadId');
  if (!row.open) throw new DomainError('already_done', 'This is tied up already, so it stays as it is.', ['threadId']);
  return row;
}

const plain = (title: string): string => title.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();

function trimmed(text: string, most: number): string {
  return cleanText(text).replaceAll(/\s+/g, ' ').trim().slice(0, most).toWellFormed();
}
