import type { Frame, Row } from '@offstage/domain';
import { hueOf } from '@offstage/domain/hue';
import type { DrawerAnswer, Scenery } from './scenery.ts';
import { presentOn, sceneryAfter, sceneryOf } from './scenery.ts';
import type { Page, Transcript, Turn } from './transcript.ts';
import { committed, opened, paged } from './transcript.ts';

type Commit = Extract<Frame, { type: 'commit' }>;

/** Somebody in the story. */
export interface CastMember {
  readonly entityId: string;
  readonly name: string;
  /** 0..11 */
  readonly hue: number;
  /** A file id; null for none. */
  readonly avatar: string | null;
  readonly kind: 'you' | 'bot';
}

/** What `chats.open` answers. */
export interface ChatOpen {
  /** `epoch.seq`: where the live connection takes up. */
  readonly cursor: string;
  readonly chat: Row<'chats'>;
  readonly bot: { readonly botId: string; readonly name: string; readonly avatar: string | null; readonly hue: number } | null;
  readonly persona: { readonly personaId: string; readonly name: string } | null;
  readonly cast: readonly CastMember[];
  /** One's other personas. */
  readonly others: readonly CastMember[];
  readonly head: string;
  readonly headDepth: number;
  readonly branch: string | null;
  readonly streaming: { readonly turnId: string; readonly speakerId: string; readonly text: string } | null;
  readonly question: Row<'skipQuestions'> | null;
  readonly modelName: string;
  readonly scripted: boolean;
  readonly turns: readonly Turn[];
}

/** A reply that has to wait, and why. */
export interface Waiting {
  readonly turnId: string;
  readonly message: string;
  /** ms since 1970 */
  readonly retryAt: number | null;
}

/** A scene that has closed and is being told: questions answered, and in all. */
export interface TellingNow {
  readonly chatId: string;
  readonly sceneId: string;
  readonly done: number;
  readonly total: number;
}

/** All that the chat page knows of a chat, but for the words of a reply that streams. */
export interface ChatState {
  readonly open: ChatOpen;
  readonly transcript: Transcript;
  /** Null until the drawer's rows are there. */
  readonly scenery: Scenery | null;
  readonly waiting: Waiting | null;
  readonly telling: TellingNow | null;
}

/** The place in the log that a cursor `epoch.seq` names. */
function seqOf(cursor: string): number {
  return Number(cursor.slice(cursor.lastIndexOf('.') + 1)) || 0;
}

/** The state of a chat that has just been opened; `scenery` is kept where it was there before. */
export function stateOf(open: ChatOpen, before?: ChatState): ChatState {
  return {
    open,
    transcript: opened(open.chat.chatId, { ...open, seq: seqOf(open.cursor) }),
    scenery: before?.scenery ?? null,
    waiting: null,
    telling: null,
  };
}

/** The state after a commit; the same object when it is known already. */
export function stateAfter(before: ChatState, commit: Commit): ChatState {
  const transcript = committed(before.transcript, commit);
  if (transcript === before.transcript) return before;
  const head = transcript.turns.get(transcript.headDepth);
  const waits = before.waiting?.turnId === head?.turnId && head?.status === 'streaming';
  return {
    ...before,
    open: named(before.open, commit),
    transcript,
    waiting: waits ? before.waiting : null,
    scenery: before.scenery === null ? null : sceneryAfter(before.scenery, commit),
  };
}

/** Title, names and avatars as the commit tells them. */
function named(open: ChatOpen, commit: Commit): ChatOpen {
  let next = open;
  const called = (entityId: string, told: Partial<CastMember>): void => {
    next = { ...next, cast: next.cast.map((member) => (member.entityId === entityId ? { ...member, ...told } : member)) };
  };
  for (const now of commit.rows) {
    if (now.p === 'skipQuestions' && now.key === open.chat.chatId) next = { ...next, question: now.row };
    if (now.row === null) continue;
    if (now.p === 'chats' && now.key === open.chat.chatId) {
      next = { ...next, chat: now.row };
    } else if (now.p === 'bots') {
      if (next.bot?.botId === now.key) next = { ...next, bot: { ...next.bot, name: now.row.name, avatar: now.row.avatar } };
      called(now.key, { name: now.row.name, avatar: now.row.avatar });
    } else if (now.p === 'personas') {
      if (next.persona?.personaId === now.key) next = { ...next, persona: { ...next.persona, name: now.row.name } };
      called(now.key, { name: now.row.name });
      const other: CastMember = { entityId: now.key, name: now.row.name, hue: hueOf(now.key), avatar: null, kind: 'you' };
      next = { ...next, others: [...next.others.filter(({ entityId }) => entityId !== now.key), other] };
    }
  }
  return next;
}

/** The state with a page of turns put in; undefined when the page is of another path. */
export function withPage(before: ChatState, page: Page): ChatState | undefined {
  const transcript = paged(before.transcript, page);
  return transcript && { ...before, transcript };
}

/** The state with the drawer's rows put in, and the commits that came while they were under way. */
export function withDrawer(before: ChatState, answer: DrawerAnswer, since: readonly Commit[]): ChatState {
  const { chatId, continuityId } = before.open.chat;
  return { ...before, scenery: since.reduce(sceneryAfter, sceneryOf(chatId, continuityId, answer)) };
}

/** The leap in time that waits for an answer where the story now stands (SC-5). */
export function questionOf({ open, transcript }: ChatState): Row<'skipQuestions'> | null {
  return open.question?.turnId === transcript.head ? open.question : null;
}

/** The name of somebody in the story; `Someone` for a stranger. */
export function nameIn(open: ChatOpen, entityId: string | null): string {
  return memberIn(open, entityId)?.name ?? 'Someone';
}

/** The bots that witnessed a turn, and so would read it in a prompt: "Mara and Wren". */
export function readersOf(open: ChatOpen, { witnesses }: Pick<Row<'turns'>, 'witnesses'>): string {
  const bots = witnesses.map((entityId) => memberIn(open, entityId)).filter((member) => member?.kind === 'bot');
  return bots.length === 0 ? nameIn(open, open.bot?.botId ?? null) : bots.map((member) => member?.name).join(' and ');
}

/** Somebody in the story, or another of one's personas. */
export function memberIn({ cast, others }: ChatOpen, entityId: string | null): CastMember | undefined {
  return cast.find((member) => member.entityId === entityId) ?? others.find((member) => member.entityId === entityId);
}

/** The picture of somebody in the story; null for none. */
export function avatarIn(open: ChatOpen, entityId: string | null): string | null {
  return open.cast.find((member) => member.entityId === entityId)?.avatar ?? null;
}

/** True where a commit tells of somebody who is not in the cast yet: a guest has come. */
export function namesStranger(open: ChatOpen, commit: Commit): boolean {
  const known = new Set(open.cast.map(({ entityId }) => entityId));
  return commit.rows.some(({ p, row }) => p === 'stages' && row?.chatId === open.chat.chatId && row.guestId !== null && !known.has(row.guestId));
}

/** The state with its cast read anew. */
export function withCast(before: ChatState, cast: readonly CastMember[]): ChatState {
  return { ...before, open: { ...before.open, cast } };
}

/** Those who are in the story now: you, the host, the guest, and whoever is on stage. Guests who have left are not. */
export function inStory(open: ChatOpen, scenery: Scenery): readonly CastMember[] {
  const { personaId, hostId } = open.chat;
  const now = new Set([personaId, hostId, scenery.stage?.guestId ?? null, ...presentOn(scenery)]);
  return open.cast.filter(({ entityId }) => now.has(entityId));
}
