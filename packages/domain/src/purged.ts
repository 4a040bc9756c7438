import { declarationOf } from './catalogue.ts';
import type { LogEvent } from './catalogue.ts';
import { edgeKey } from './projections/edges.ts';

/** What is to be deleted for good (TL-12). */
export interface Purged {
  readonly chats: ReadonlySet<string>;
  /** Turns of chats that stay. */
  readonly turns: ReadonlySet<string>;
  readonly bots: ReadonlySet<string>;
  /** Those of the bots whose turns stand in chats that stay: their resets stay in force there. */
  readonly named: ReadonlySet<string>;
}

/** Every trace that what is purged has left in a log. */
export interface Traces {
  /** Places in the log of the events that go, rising. */
  readonly places: readonly number[];
  /** What stays, but quoted in its `prior` words that go: without them. No row is changed by that. */
  readonly rewritten: readonly LogEvent<'edge_summarized' | 'edge_edited'>[];
  /** Commands of which nothing stays. */
  readonly commands: ReadonlySet<string>;
  /** Ids of chats, turns, bots and memories that go. */
  readonly ids: ReadonlySet<string>;
  readonly memories: ReadonlySet<string>;
  /** Pictures that are shown nowhere any longer. */
  readonly files: ReadonlySet<string>;
  /** Chats that stay and shared a continuity with what goes: their prompts may have told of it. */
  readonly sharing: ReadonlySet<string>;
  /** When the first of what goes happened, real time; null where there is nothing. */
  readonly since: string | null;
}

type MemoryEvent = Extract<LogEvent, { readonly payload: { readonly memoryId: string } }>;
type EdgeEvent = LogEvent<'edge_seeded' | 'edge_update' | 'edge_summarized' | 'edge_edited'>;

/** Finds every trace; reads the log twice, in order. The work can be laid down after every event. */
export function* tracesOf(log: () => Iterable<LogEvent>, purged: Purged): Generator<void, Traces> {
  const first = yield* firstLook(log(), purged);
  const places: number[] = [];
  const commands = new Set<string>();
  const [shown, hidden] = [new Set<string>(), new Set<string>()];
  const ids = new Set([...purged.chats, ...purged.turns, ...purged.bots, ...first.memories]);
  const continuities = new Set<string>();
  const quotes = new Quotes();
  let since: string | null = null;
  let command: { readonly id: string; stays: boolean } | undefined;

  const over = (): void => {
    if (command !== undefined && !command.stays) commands.add(command.id);
  };
  for (const event of log()) {
    yield;
    const goes = first.goes(event);
    // The events of one command stand together.
    if (command?.id !== event.commandId) {
      over();
      command = { id: event.commandId, stays: false };
    }
    if (!goes) command.stays = true;
    if (event.kind === 'bot_authored' && event.payload.identity.avatar !== null) (goes ? hidden : shown).add(event.payload.identity.avatar);
    if (isEdgeEvent(event)) quotes.note(event, goes);
    if (!goes) continue;
    places.push(event.seq);
    if (since === null || event.at < since) since = event.at;
    if (event.turnId !== null && isOf(event, purged)) ids.add(event.turnId);
    const continuityId = event.chatId === null ? undefined : first.continuities.get(event.chatId);
    if (continuityId !== undefined) continuities.add(continuityId);
  }
  over();
  const sharing = [...first.continuities].filter(([chatId, continuityId]) => continuities.has(continuityId) && !purged.chats.has(chatId));
  return {
    places,
    rewritten: quotes.withoutWhatGoes(),
    commands,
    ids,
    memories: first.memories,
    files: new Set([...hidden].filter((file) => !shown.has(file))),
    sharing: new Set(sharing.map(([chatId]) => chatId)),
    since,
  };
}

/** What has to be known before it can be said of an event whether it goes. */
interface FirstLook {
  readonly memories: ReadonlySet<string>;
  readonly continuities: ReadonlyMap<string, string>;
  goes(event: LogEvent): boolean;
}

/** Reads what has to be known beforehand. */
function* firstLook(log: Iterable<LogEvent>, purged: Purged): Generator<void, FirstLook> {
  /** Memories by where they were first written: in what goes, or in what stays. */
  const [memories, others] = [new Set<string>(), new Set<string>()];
  const lore = new Set<string>();
  /** The continuity of each chat, and those that a chat which stays is in, or that chats share. */
  const continuities = new Map<string, string>();
  const used = new Set<string>();
  for (const event of log) {
    yield;
    if (event.kind === 'memory_written' && !others.has(event.payload.memoryId)) {
      (isOf(event, purged) ? memories : others).add(event.payload.memoryId);
    } else if (event.kind === 'lore_written') {
      const { loreId, botId, chatId } = event.payload;
      if ((botId !== null && purged.bots.has(botId)) || (chatId !== null && purged.chats.has(chatId))) lore.add(loreId);
    } else if (event.kind === 'chat_created' && event.chatId !== null) {
      continuities.set(event.chatId, event.payload.continuityId);
      if (!purged.chats.has(event.chatId)) used.add(event.payload.continuityId);
    }
  }
  const left = new Set([...continuities].filter(([chatId, continuityId]) => purged.chats.has(chatId) && !used.has(continuityId)).map(([, id]) => id));

  const goes = (event: LogEvent): boolean => {
    if (isOf(event, purged) || (isAboutMemory(event) && memories.has(event.payload.memoryId))) return true;
    switch (event.kind) {
      case 'lore_written':
      case 'lore_removed':
        return lore.has(event.payload.loreId);
      case 'continuity_created':
        return !event.payload.shared && left.has(event.payload.continuityId);
      case 'bot_authored':
      case 'bot_removed':
        return purged.bots.has(event.payload.botId);
      case 'bot_reset':
      case 'bot_reset_undone':
        return purged.bots.has(event.payload.botId) && !purged.named.has(event.payload.botId);
      case 'branch_named':
        return purged.turns.has(event.payload.tipId);
      case 'head_moved':
        return purged.turns.has(event.payload.to) || purged.turns.has(event.payload.from);
      default:
        return false;
    }
  };
  return { memories, continuities, goes };
}

/** True for what hangs from a chat or a turn that goes, and for what a bot that goes remembered and felt. */
function isOf(event: LogEvent, { chats, turns, bots }: Purged): boolean {
  if (event.chatId !== null && chats.has(event.chatId)) return true;
  if (event.turnId !== null && turns.has(event.turnId)) return true;
  if (bots.size === 0) return false;
  if (isEdgeEvent(event)) return bots.has(event.payload.source);
  return 'ownerId' in event.payload && bots.has(event.payload.ownerId);
}

function isAboutMemory(event: LogEvent): event is MemoryEvent {
  return 'memoryId' in event.payload;
}

function isEdgeEvent(event: LogEvent): event is EdgeEvent {
  return event.kind === 'edge_seeded' || event.kind === 'edge_update' || event.kind === 'edge_summarized' || event.kind === 'edge_edited';
}

/** Words about edges: what a hand or a summary took the place of is quoted beside it, and may be of what goes. */
class Quotes {
  readonly #said = { goes: new Map<string, Set<string>>(), stays: new Map<string, Set<string>>() };
  readonly #quoting: LogEvent<'edge_summarized' | 'edge_edited'>[] = [];

  note(event: EdgeEvent, goes: boolean): void {
    const key = edgeKey(event.payload);
    const said = goes ? this.#said.goes : this.#said.stays;
    const words = said.get(key) ?? new Set<string>();
    said.set(key, words);
    for (const text of wordsIn(event)) words.add(text);
    if (!goes && (event.kind === 'edge_summarized' || event.kind === 'edge_edited')) this.#quoting.push(event);
  }

  withoutWhatGoes(): LogEvent<'edge_summarized' | 'edge_edited'>[] {
    return this.#quoting.flatMap((event): LogEvent<'edge_summarized' | 'edge_edited'>[] => {
      const key = edgeKey(event.payload);
      const isLeft = (text: string): boolean => this.#said.goes.get(key)?.has(text) !== true || this.#said.stays.get(key)?.has(text) === true;
      const { version } = declarationOf(event.kind);
      if (event.kind === 'edge_summarized') return isLeft(event.payload.prior) ? [] : [{ ...event, version, payload: { ...event.payload, prior: '' } }];
      const { summary, knowledge } = event.payload.prior;
      const known = knowledge?.filter(isLeft);
      const isQuoted = summary !== undefined && !isLeft(summary);
      if (!isQuoted && known?.length === knowledge?.length) return [];
      const prior = { ...event.payload.prior, ...(isQuoted && { summary: '' }), ...(known !== undefined && { knowledge: known }) };
      return [{ ...event, version, payload: { ...event.payload, prior } }];
    });
  }
}

function wordsIn(event: EdgeEvent): readonly string[] {
  switch (event.kind) {
    case 'edge_seeded':
      return [event.payload.summary, ...event.payload.knowledge];
    case 'edge_update':
      return event.payload.facts;
    case 'edge_summarized':
      return [event.payload.summary];
    case 'edge_edited':
      return [event.payload.changes.summary ?? [], event.payload.changes.knowledge ?? []].flat();
  }
}
