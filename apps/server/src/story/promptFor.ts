import type { Row } from '@offstage/domain';
import { DomainError } from '@offstage/domain';
import type { Playable } from '@offstage/domain/commands/send';
import { edgeKey } from '@offstage/domain/projections/edges';
import { pinKey } from '@offstage/domain/projections/pins';
import type { Reads } from '@offstage/store';
import { assemble } from '../prompt/assemble.ts';
import type { Prompt } from '../prompt/assemble.ts';
import type { PromptContext } from '../prompt/block.ts';
import { NARRATIVE_BUDGET, RECALLED } from '../prompt/budget.ts';
import type { Kit } from './kit.ts';

/** The newest memories that are looked through for those from elsewhere. */
const LOOKED_THROUGH = 60;

export interface PromptWanted {
  readonly at: Pick<Playable, 'chat' | 'head' | 'stage' | 'scene' | 'present'>;
  readonly speakerId: string;
  readonly addresseeId: string | null;
  /** As in `Assembly`. */
  readonly message: string | undefined;
}

type Tools = Pick<Kit, 'store' | 'people' | 'counter' | 'history' | 'config'>;

/** The prompt for one bot's turn, from what that bot witnessed. Throws DomainError `too_long` and `not_found`. */
export async function promptFor(kit: Tools, wanted: PromptWanted): Promise<Prompt> {
  const { at, speakerId, message } = wanted;
  const { read } = kit.store;
  const names = await kit.people.names([...at.present, at.chat.personaId, speakerId]);
  const context = await readContext(kit, wanted, names);
  return assemble({
    context,
    budget: NARRATIVE_BUDGET,
    counter: kit.counter,
    message,
    transcript: async (room) => {
      const history = await kit.history.read({
        ...room,
        chatId: at.chat.chatId,
        readerId: speakerId,
        headDepth: at.head.depth,
        markers: { ooc: kit.config.current.chat.ooc },
        read: (limit) => read.witnessed(at.chat.chatId, speakerId, limit),
      });
      const gone = history.lines.map((line) => line.speakerId).filter((id) => id !== null && !names.has(id));
      for (const [id, name] of await kit.people.names(gone)) names.set(id, name);
      return history;
    },
  });
}

async function readContext(kit: Tools, { at, speakerId, addresseeId }: PromptWanted, names: Map<string, string>): Promise<PromptContext> {
  const { read } = kit.store;
  const { chat, stage, scene, present } = at;
  const speaker = await kit.people.bot(speakerId);
  if (speaker === undefined) throw new DomainError('not_found', 'The bot of this chat is no longer there.', ['botId']);
  const { continuityId } = chat;
  const [persona, place, activities, edges, pins, memories] = await Promise.all([
    chat.personaId === null ? undefined : kit.people.persona(chat.personaId),
    scene?.containerId == null ? undefined : read.row('containers', scene.containerId),
    read.rows('activities', { chatId: chat.chatId }),
    Promise.all(present.filter((target) => target !== speakerId).map((target) => read.row('edges', edgeKey({ continuityId, source: speakerId, target })))),
    read.row('pins', pinKey({ ownerId: speakerId, continuityId })),
    read.memories(speakerId, continuityId, { limit: LOOKED_THROUGH }),
  ]);
  return {
    speaker,
    you: {
      id: chat.personaId ?? '',
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
    recalled: fromElsewhere(memories, chat.chatId),
  };
}

async function pinnedMemories(read: Reads, pins: Row<'pins'> | undefined): Promise<Row<'memories'>[]> {
  const rows = await Promise.all((pins?.pins ?? []).map((pin) => read.row('memories', pin.memoryId)));
  return rows.filter((row) => row !== undefined);
}

/** What the bot brings from its other chats of this continuity (WD-14): what matters most, then what is newest. */
function fromElsewhere(memories: readonly Row<'memories'>[], chatId: string): Row<'memories'>[] {
  return memories
    .filter((memory) => memory.chatId !== chatId)
    .toSorted((a, b) => b.significance - a.significance || b.bornSeq - a.bornSeq)
    .slice(0, RECALLED);
}
