import type { Row } from '@offstage/domain';
import { DomainError } from '@offstage/domain';
import type { Playable } from '@offstage/domain/commands/send';
import { GROUP_LEAST, groupKey } from '@offstage/domain/members';
import { edgeKey } from '@offstage/domain/projections/edges';
import { pinKey } from '@offstage/domain/projections/pins';
import type { Reads } from '@offstage/store';
import { assemble } from '../prompt/assemble.ts';
import type { Prompt } from '../prompt/assemble.ts';
import type { PromptContext } from '../prompt/block.ts';
import { NARRATIVE_BUDGET } from '../prompt/budget.ts';
import type { HistoryQuery, Line } from '../prompt/history.ts';
import { placeOf } from '../prompt/history.ts';
import type { Recall } from '../prompt/recall.ts';
import type { Kit } from './kit.ts';

/** Accounts of old scenes that a prompt is made from; fewer have room. */
const ACCOUNTS = 40;

export interface PromptWanted {
  readonly at: Pick<Playable, 'chat' | 'head' | 'stage' | 'scene' | 'present'>;
  readonly speakerId: string;
  readonly addresseeId: string | null;
  /** As in `Assembly`. */
  readonly message: string | undefined;
  /** What is asked of this one reply (TL-6). */
  readonly nudge?: string | undefined;
  /** True where the speaker's own last turn is gone on with (TN-6). */
  readonly continuing?: boolean;
  /**
   * For a prompt that nobody will be given: the next one is made as if it had not been (PR-3). It is waited for between
   * two steps, since other work goes first; what it throws ends it.
   */
  readonly rehearsing?: (() => Promise<void>) | undefined;
  /** True where the speaker breaks in (TN-10). */
  readonly interjecting?: boolean;
}

type Tools = Pick<Kit, 'store' | 'people' | 'meanings' | 'counter' | 'history' | 'lore' | 'config'>;

/** The prompt for one bot's turn, from what that bot witnessed. Throws DomainError `too_long` and `not_found`. */
export async function promptFor(kit: Tools, wanted: PromptWanted): Promise<Prompt> {
  const { at, speakerId, message, rehearsing } = wanted;
  const rehearsed = rehearsing !== undefined;
  const { read } = kit.store;
  const { chatId, continuityId } = at.chat;
  const names = await kit.people.names([...at.present, at.chat.personaId, speakerId]);
  const asides = new Set<string>();
  const [context, index] = await Promise.all([readContext(kit, wanted, names, asides), kit.lore.index()]);
  const query: HistoryQuery = {
    chatId,
    readerId: speakerId,
    headDepth: at.head.depth,
    markers: { ooc: kit.config.current.chat.ooc },
    rehearsed,
    read: (limit) => read.witnessed(chatId, speakerId, limit),
  };
  return assemble({
    context,
    chatId,
    budget: NARRATIVE_BUDGET,
    counter: kit.counter,
    message,
    settled: rehearsed ? kit.history.settled.rehearsed(placeOf({ chatId, readerId: speakerId })) : kit.history.settled,
    transcript: {
      async open(most) {
        await rehearsing?.();
        const opened = await kit.history.open(query, most);
        await noteAsides(read, opened.lines, asides);
        return opened;
      },
      async fit(opened, room) {
        const transcript = await kit.history.fit(query, opened, room);
        await noteAsides(read, transcript.lines, asides);
        const gone = transcript.lines.map((line) => line.speakerId).filter((id) => id !== null && !names.has(id));
        for (const [id, name] of await kit.people.names(gone)) names.set(id, name);
        return transcript;
      },
    },
    recall: recallFor(kit, { ownerId: speakerId, continuityId, chatId }, rehearsing),
    lore: (text) => index.find(text, { botId: speakerId, chatId }),
  });
}

async function readContext(kit: Tools, { at, speakerId, addresseeId, nudge, continuing = false, interjecting = false }: PromptWanted, names: Map<string, string>, asides: ReadonlySet<string>): Promise<PromptContext> {
  const { read } = kit.store;
  const { chat, stage, scene, present } = at;
  const { chatId, continuityId, personaId } = chat;
  const speaker = await kit.people.bot(speakerId);
  if (speaker === undefined) throw new DomainError('not_found', 'The bot of this chat is no longer there.', ['botId']);
  // What went on while you were away is told to you: it waits for a scene that you are in.
  const youAreHere = personaId !== null && present.includes(personaId);
  const [persona, place, activities, edges, pins, accounts, groups, plans, threads, belongings, digests] = await Promise.all([
    personaId === null ? undefined : kit.people.persona(personaId),
    scene?.containerId == null ? undefined : read.row('containers', scene.containerId),
    read.rows('activities', { chatId }),
    Promise.all(present.filter((target) => target !== speakerId).map((target) => read.row('edges', edgeKey({ continuityId, source: speakerId, target })))),
    read.row('pins', pinKey({ ownerId: speakerId, continuityId })),
    read.sceneMemories(speakerId, chatId, ACCOUNTS),
    present.length < GROUP_LEAST ? [] : read.known('groupNodes', chatId, speakerId),
    read.known('storyEvents', chatId, speakerId),
    read.known('threads', chatId, speakerId),
    read.rows('inventory', { chatId, entityId: speakerId, lost: false }),
    youAreHere ? read.known('digests', chatId, speakerId) : [],
  ]);
  return {
    speaker,
    you: {
      id: personaId ?? '',
      name: persona?.name ?? 'The other',
      pronouns: persona?.pronouns ?? '',
      persona: persona?.persona ?? '',
    },
    names,
    present,
    addresseeId,
    stage,
    place,
    activities: activities.filter((activity) => present.includes(activity.entityId)),
    edges: edges.filter((edge) => edge !== undefined),
    pinned: await pinnedMemories(read, pins),
    accounts,
    group: groups.find(({ knownTo }) => groupKey(chatId, knownTo) === groupKey(chatId, present)),
    plans,
    threads,
    belongings,
    digests,
    alone: scene?.meanwhile === true && addresseeId !== null ? { sceneId: scene.sceneId, withId: addresseeId } : null,
    asides,
    note: chat.tuning.note,
    continuing,
    interjecting,
    nudge: nudge === undefined || nudge === '' ? null : nudge,
  };
}

/** Notes which scenes of a transcript were played without you. Few turns are of many scenes. */
async function noteAsides(read: Reads, lines: readonly Line[], asides: Set<string>): Promise<void> {
  for (const sceneId of new Set(lines.map((line) => line.sceneId))) {
    if (sceneId !== null && !asides.has(sceneId) && (await read.row('scenes', sceneId))?.meanwhile === true) asides.add(sceneId);
  }
}

async function pinnedMemories(read: Reads, pins: Row<'pins'> | undefined): Promise<Row<'memories'>[]> {
  const rows = await Promise.all((pins?.pins ?? []).map((pin) => read.row('memories', pin.memoryId)));
  return rows.filter((row) => row !== undefined);
}

interface Whose {
  readonly ownerId: string;
  readonly continuityId: string;
  readonly chatId: string;
}

/**
 * Seeks among what one bot remembers in one continuity (ME-2, ME-5), but for what the transcript tells. What is only
 * rehearsed finds nothing: its words are looked up, which is most of the work, and the message will add others.
 */
function recallFor({ store: { read }, history, meanings }: Tools, whose: Whose, rehearsing: PromptWanted['rehearsing']): Recall {
  const { ownerId, continuityId } = whose;
  const vector = meanings.latest(whose);
  return async ({ text, k, turnIds, exclude }) => {
    await rehearsing?.();
    const told = await history.remembered.of(ownerId, turnIds, (unknown) => read.memoriesAbout(ownerId, continuityId, unknown));
    if (rehearsing === undefined) return read.searchMemories({ ...whose, text, k, exclude: [...exclude, ...told], ...(vector !== undefined && { vector }) });
    await read.lookUpMemories({ ...whose, text });
    await rehearsing();
    return [];
  };
}
