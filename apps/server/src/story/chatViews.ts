import { openQuestion } from '@offstage/domain/commands/skip';
import type { ChatRow } from '@offstage/domain/projections/chats';
import type { Row } from '@offstage/domain';
import { DomainError, keyOf } from '@offstage/domain';
import { hueOf } from '@offstage/domain/hue';
import { edgeKey } from '@offstage/domain/projections/edges';
import { pinKey } from '@offstage/domain/projections/pins';
import { wordsOf } from '@offstage/domain/words';
import { presentIn } from '@offstage/domain/presence';
import { storyText } from '@offstage/domain/segments';
import type { SegmentMarkers } from '@offstage/domain/segments';
import type { Core } from '../core.ts';
import type { Live } from '../live/hub.ts';
import type { People } from './people.ts';

/** A bot as pages name it. */
export interface BotFace {
  readonly botId: string;
  readonly name: string;
  readonly avatar: string | null;
  readonly hue: number;
}

/** One who is in a chat. */
export interface CastMember {
  readonly entityId: string;
  readonly name: string;
  readonly hue: number;
  readonly avatar: string | null;
  readonly kind: 'you' | 'bot';
}

export interface ChatSummary {
  readonly chatId: string;
  readonly title: string;
  readonly bot: BotFace | null;
  /** At most 140 characters, without markup. */
  readonly lastLine: string;
  readonly lastSpeaker: string | null;
  readonly touchedAt: string;
  readonly turns: number;
  readonly streaming: boolean;
}

/** What a page needs to show a chat, in one answer. */
export interface ChatOpen {
  /** The place from which to listen on. */
  readonly cursor: string;
  readonly chat: ChatRow;
  readonly bot: BotFace | null;
  readonly persona: { readonly personaId: string; readonly name: string } | null;
  readonly cast: readonly CastMember[];
  /** Your other personas, any of whom may have written a turn. */
  readonly others: readonly CastMember[];
  readonly head: string;
  readonly headDepth: number;
  /** The name of the branch that ends here. */
  readonly branch: string | null;
  readonly streaming: { readonly turnId: string; readonly speakerId: string; readonly text: string } | null;
  readonly modelName: string;
  readonly scripted: boolean;
  /** The leap in time that waits to hear what is worth telling of it (SC-5). */
  readonly question: Row<'skipQuestions'> | null;
  /** The last turns of the path. */
  readonly turns: readonly Row<'turns'>[];
}

/** The state beside the transcript. Edges are those between the cast, in this continuity. */
export interface Drawer {
  readonly stage: Row<'stages'> | null;
  readonly scene: Row<'scenes'> | null;
  readonly container: Row<'containers'> | null;
  readonly scenes: readonly Row<'scenes'>[];
  /** The meanwhile scene that is open, if one is, and what was told of those that are over (MW-1, MW-4). */
  readonly meanwhiles: readonly Row<'meanwhiles'>[];
  readonly digests: readonly Row<'digests'>[];
  readonly containers: readonly Row<'containers'>[];
  readonly activities: readonly Row<'activities'>[];
  readonly edges: readonly Row<'edges'>[];
  readonly pins: readonly Row<'pins'>[];
  readonly plans: readonly Row<'storyEvents'>[];
  readonly threads: readonly Row<'threads'>[];
  readonly things: readonly Row<'inventory'>[];
  /** How those who were together are together, for each three of them. */
  readonly groups: readonly Row<'groupNodes'>[];
  /** Which guests came and left, by the turn after which they did. */
  readonly comings: readonly Row<'comings'>[];
  /** By bot; 300 means 300 or more. */
  readonly memoryCounts: Readonly<Record<string, number>>;
}

/** A stretch of the active path. */
export interface TranscriptPage {
  readonly head: string;
  readonly headDepth: number;
  /** The place in the log up to which the rows are known. */
  readonly seq: number;
  readonly turns: readonly Row<'turns'>[];
}

type Tools = Pick<Core, 'store' | 'models' | 'config'> & { readonly live: Live; readonly story: { readonly people: People } };

/** Turns that come with an opened chat. */
const OPENED_WITH = 40;
const LAST_LINE = 140;
/** Memories are counted up to here: a count of everything would make opening slower with every turn. */
const COUNTED_MOST = 300;

/** All chats, last touched first. */
export async function listChats({ store, story, live, config }: Tools): Promise<ChatSummary[]> {
  const list = await store.read.chatList();
  const markers = { ooc: config.current.chat.ooc };
  return Promise.all(
    list.map(async ({ chat, headTurn }) => {
      const [bot, last] = await Promise.all([faceOf(story.people, chat.hostId), lastWithWords(store, headTurn)]);
      const names = await story.people.names([last?.speakerId ?? null]);
      return {
        chatId: chat.chatId,
        title: chat.title,
        bot,
        lastLine: last === undefined ? '' : lastLine(wordsOf(last), markers),
        lastSpeaker: names.get(last?.speakerId ?? '') ?? null,
        touchedAt: chat.touchedAt,
        turns: headTurn?.depth ?? 0,
        streaming: headTurn?.status === 'streaming' && live.active(chat.chatId)?.turnId === headTurn.turnId,
      };
    }),
  );
}

/** A chat as it opens. Throws DomainError `not_found`. */
export async function openChat(tools: Tools, chatId: string): Promise<ChatOpen> {
  const { store, story, live, models } = tools;
  // Read first: what changes while the rest is read is then told again, never missed.
  const cursor = await live.cursor();
  const chat = await chatOf(tools, chatId);
  const head = await store.read.head(chatId);
  if (head === undefined) throw notThere();
  const [turns, branch, stage, persona, bot, question] = await Promise.all([
    store.read.path(chatId, Math.max(0, head.depth + 1 - OPENED_WITH), head.depth + 1),
    store.read.row('branches', keyOf(chatId, head.turnId)),
    store.read.row('stages', chatId),
    chat.personaId === null ? undefined : story.people.persona(chat.personaId),
    chat.hostId === null ? undefined : story.people.bot(chat.hostId),
    store.read.row('skipQuestions', chatId),
  ]);
  const named = models.name('narrative', chat.model, bot?.model);
  const stream = live.active(chatId);
  return {
    cursor,
    chat,
    bot: await faceOf(story.people, chat.hostId),
    persona: persona === undefined ? null : { personaId: persona.personaId, name: persona.name },
    cast: await castOf(tools, chat, stage),
    others: await othersOf(tools, chat),
    head: head.turnId,
    headDepth: head.depth,
    branch: branch?.name ?? null,
    streaming:
      stream !== undefined && turns.at(-1)?.turnId === stream.turnId && turns.at(-1)?.status === 'streaming'
        ? { turnId: stream.turnId, speakerId: stream.speakerId, text: stream.shown }
        : null,
    question: openQuestion(question, head.turnId) ?? null,
    modelName: named.model,
    scripted: named.scripted,
    turns,
  };
}

/** What stands in the drawer. Throws DomainError `not_found`. */
export async function readDrawer(tools: Tools, chatId: string): Promise<Drawer> {
  const { read } = tools.store;
  const chat = await chatOf(tools, chatId);
  const { continuityId } = chat;
  const stage = await read.row('stages', chatId);
  const cast = await castOf(tools, chat, stage);
  const bots = cast.filter((one) => one.kind === 'bot').map((one) => one.entityId);
  const pairs = cast.flatMap((source) => cast.filter((target) => target !== source).map((target) => edgeKey({ continuityId, source: source.entityId, target: target.entityId })));
  const [scenes, meanwhiles, digests, containers, activities, groups, comings, edges, pins, plans, threads, things, counts] = await Promise.all([
    read.rows('scenes', { chatId }),
    read.rows('meanwhiles', { chatId }),
    read.rows('digests', { chatId }),
    read.rows('containers', { chatId }),
    read.rows('activities', { chatId }),
    read.rows('groupNodes', { chatId }),
    read.rows('comings', { chatId }),
    Promise.all(pairs.map((key) => read.row('edges', key))),
    Promise.all(bots.map((ownerId) => read.row('pins', pinKey({ ownerId, continuityId })))),
    read.rows('storyEvents', { chatId }),
    read.rows('threads', { chatId }),
    read.rows('inventory', { chatId }),
    Promise.all(bots.map(async (ownerId) => [ownerId, await read.count('memories', { ownerId, continuityId }, COUNTED_MOST)] as const)),
  ]);
  const scene = scenes.find((one) => one.sceneId === stage?.sceneId);
  return {
    stage: stage ?? null,
    scene: scene ?? null,
    container: containers.find((one) => one.containerId === scene?.containerId) ?? null,
    scenes,
    meanwhiles,
    digests,
    containers,
    activities,
    edges: edges.filter((edge) => edge !== undefined),
    pins: pins.filter((row) => row !== undefined),
    plans,
    threads,
    things,
    groups,
    comings,
    memoryCounts: Object.fromEntries(counts),
  };
}

/** A bot's memories in the chat's continuity, newest first. Throws DomainError `not_found`. */
export async function readMemories(
  tools: Tools,
  { chatId, ownerId, before, limit }: { chatId: string; ownerId: string; before?: number | undefined; limit: number },
): Promise<readonly Row<'memories'>[]> {
  const { continuityId } = await chatOf(tools, chatId);
  return tools.store.read.memories(ownerId, continuityId, { limit, ...(before !== undefined && { before }) });
}

/** Turns of the active path with `from <= depth < to`. Throws DomainError `not_found`. */
export async function readPage({ store }: Tools, { chatId, from, to }: { chatId: string; from: number; to: number }): Promise<TranscriptPage> {
  const seq = await store.read.seq();
  const head = await store.read.head(chatId);
  if (head === undefined) throw notThere();
  return { head: head.turnId, headDepth: head.depth, seq, turns: await store.read.path(chatId, from, to) };
}

async function chatOf({ store }: Tools, chatId: string): Promise<Row<'chats'>> {
  const chat = await store.read.row('chats', chatId);
  if (chat === undefined) throw notThere();
  return chat;
}

function notThere(): DomainError {
  return new DomainError('not_found', 'This chat is no longer there.', ['chatId']);
}

async function faceOf(people: People, botId: string | null): Promise<BotFace | null> {
  const bot = botId === null ? undefined : await people.bot(botId);
  return bot === undefined ? null : { botId: bot.botId, name: bot.name, avatar: bot.avatar, hue: hueOf(bot.botId) };
}

/** Everyone in a chat by name and face. Throws DomainError `not_found`. */
export async function readCast(tools: Tools, chatId: string): Promise<CastMember[]> {
  const chat = await chatOf(tools, chatId);
  return castOf(tools, chat, await tools.store.read.row('stages', chatId));
}

/** Everyone in a chat: you, the host, the guest, whoever else the open scene names, and guests who have left. */
async function castOf({ store, story }: Tools, chat: Row<'chats'>, stage: Row<'stages'> | undefined): Promise<CastMember[]> {
  const { chatId } = chat;
  const [scene, comings] = await Promise.all([stage?.sceneId == null ? undefined : store.read.row('scenes', stage.sceneId), store.read.rows('comings', { chatId })]);
  const whole = { personaId: chat.personaId, hostId: chat.hostId, guestId: stage?.guestId ?? null };
  const came = comings.flatMap(({ steps }) => steps.map(({ entityId }) => entityId));
  const ids = [...new Set([...presentIn(undefined, whole), ...(scene?.participants ?? []), ...came])];
  const names = await story.people.names(ids);
  return Promise.all(
    ids.map(async (entityId) => ({
      entityId,
      name: names.get(entityId) ?? 'Someone',
      hue: hueOf(entityId),
      avatar: (await story.people.bot(entityId))?.avatar ?? null,
      kind: entityId === chat.personaId ? ('you' as const) : ('bot' as const),
    })),
  );
}

async function othersOf({ store }: Tools, chat: Row<'chats'>): Promise<CastMember[]> {
  const personas = await store.read.rows('personas', {});
  return personas.filter(({ personaId }) => personaId !== chat.personaId).map(({ personaId, name }) => ({ entityId: personaId, name, hue: hueOf(personaId), avatar: null, kind: 'you' }));
}

/** The last turn that says something: the head, or what it answers while it has no words. */
async function lastWithWords(store: Core['store'], head: Row<'turns'> | undefined): Promise<Row<'turns'> | undefined> {
  if (head === undefined || wordsOf(head).trim() !== '' || head.parentId === null) return head;
  return store.read.row('turns', head.parentId);
}

function lastLine(words: string, markers: SegmentMarkers): string {
  const plain = storyText(words.slice(0, LAST_LINE * 8), markers).replaceAll(/[*_>`]+/g, '').replaceAll(/\s+/g, ' ').trim();
  return plain.length <= LAST_LINE ? plain : `${plain.slice(0, LAST_LINE - 1).toWellFormed().trimEnd()}…`;
}
