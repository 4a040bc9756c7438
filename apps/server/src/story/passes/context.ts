import type { Row } from '@offstage/domain';
import type { KeptMemory } from '@offstage/domain/commands/memories';
import { edgeKey } from '@offstage/domain/projections/edges';
import type { Reads } from '@offstage/store';
import { isGone } from '../gone.ts';
import type { Kit } from '../kit.ts';
import { isAside } from '../meanwhile/standing.ts';
import type { PassContext, Person } from './pass.ts';

type Tools = Pick<Kit, 'config' | 'people' | 'newId'>;

/** The last events of a row that are looked at for one that came after the reply; more where the reply is an old one. */
const LOOKED_AT = 24;
const LOOKED_AT_AGAIN = 2_000;

/** What was given a name when the model was asked, and keeps it until its answer is taken. */
export interface GivenNames {
  /** The id that the memory of the turn gets, by bot. */
  readonly memoryIds: Map<string, string>;
  /** What a plan is called, by its id. */
  readonly planLabels: Map<string, string>;
}

/**
 * What the passes after a reply are given, as it stands now. Undefined where the reply or its chat is gone.
 */
export async function passContext(kit: Tools, read: Reads, owed: Row<'owed'>, given: GivenNames): Promise<PassContext | undefined> {
  const { memoryIds, planLabels } = given;
  const [reply, chat, stage] = await Promise.all([read.row('turns', owed.subjectId), read.row('chats', owed.chatId), read.row('stages', owed.chatId)]);
  if (reply === undefined || chat === undefined) return undefined;
  const parent = reply.parentId === null ? undefined : await read.row('turns', reply.parentId);
  const present = await presentAt(kit, reply, chat, stage);
  const ids = present.map(({ id }) => id);
  for (const { id, kind } of present) {
    if (kind === 'bot' && !memoryIds.has(id)) memoryIds.set(id, kit.newId());
  }
  const { continuityId, chatId } = chat;
  const again = owed.againSeq !== null;
  const pairs = ids.flatMap((source) => ids.filter((target) => target !== source).map((target) => edgeKey({ continuityId, source, target })));
  const [scene, scenes, places, activities, edges, plans, planned] = await Promise.all([
    openAt(read, reply, stage),
    read.rows('scenes', { chatId }),
    read.rows('containers', { chatId }),
    read.rows('activities', { chatId }),
    Promise.all(pairs.map((key) => read.row('edges', key))),
    reply.speakerId === null ? [] : read.known('storyEvents', chatId, reply.speakerId),
    read.rows('storyEvents', { chatId, status: 'planned' }),
  ]);
  // Those that are planned while the model thinks have no name in its answer.
  if (planLabels.size === 0) plans.forEach(({ storyEventId }, n) => planLabels.set(storyEventId, `plan-${n + 1}`));
  const start = (await read.ofTurn(reply.turnId)).find(({ kind }) => kind === 'assistant_turn_started' || kind === 'skip_started');
  // Nobody speaks in a skip: the first bot that was there knows its way.
  const knowing = reply.speakerId ?? present.find(({ kind }) => kind === 'bot')?.id ?? '';
  const been = new Set(scenes.filter(({ participants }) => participants.includes(knowing)).map(({ containerId }) => containerId));
  return {
    kit,
    read,
    chat,
    reply,
    skip: start?.kind === 'skip_started' ? start.payload : undefined,
    // Who is aside answers nothing of yours.
    message: parent?.kind === 'user' && !(await isAside(read, reply)) ? parent : undefined,
    breaksIn: parent?.kind === 'assistant',
    present,
    stage,
    scene,
    meanwhile: scene?.meanwhile === true ? await read.row('meanwhiles', scene.sceneId) : undefined,
    places,
    familiar: places.filter(({ containerId }) => been.has(containerId)),
    activities: activities.filter(({ entityId }) => ids.includes(entityId)),
    edges: edges.filter((edge) => edge !== undefined),
    memoryIds,
    plans,
    planned,
    planLabels,
    again,
    kept: again ? await keptOf(read, reply.turnId) : [],
    since: async (projection, key) => (again ? (await read.history(projection, key, LOOKED_AT_AGAIN)).filter(({ seq }) => seq > owed.sinceSeq) : []),
    async setSince(projection, key, kinds) {
      const last = await read.history(projection, key, again ? LOOKED_AT_AGAIN : LOOKED_AT);
      // A hand that set something while the reply was being written knew better than its words.
      const began = start?.seq ?? owed.sinceSeq;
      return last.some((event) => event.seq > (event.actor === 'person' ? began : owed.sinceSeq) && kinds.includes(event.kind));
    },
    who: (name) => personCalled(name, present),
  };
}

/** The open scene that a reply belongs to: the one played aside, else the one you are in. */
async function openAt(read: Reads, reply: Row<'turns'>, stage: Row<'stages'> | undefined): Promise<Row<'scenes'> | undefined> {
  const sceneId = stage?.meanwhileId != null && stage.meanwhileId === reply.sceneId ? stage.meanwhileId : stage?.sceneId;
  return sceneId == null ? undefined : read.row('scenes', sceneId);
}

/** The memories of a turn that were left when it was to be learned from anew. */
async function keptOf(read: Reads, turnId: string): Promise<KeptMemory[]> {
  const written = (await read.ofTurn(turnId)).flatMap((event) => (event.kind === 'memory_written' && event.payload.kind === 'turn' ? [event.payload] : []));
  return Promise.all(
    written.map(async ({ memoryId, ownerId, significance }): Promise<KeptMemory> => {
      const [row, history] = await Promise.all([read.row('memories', memoryId), read.history('memories', memoryId, LOOKED_AT_AGAIN)]);
      const byHand = (kind: string): boolean => history.some((event) => event.kind === kind && event.actor === 'person');
      return { memoryId, ownerId, text: row?.text ?? null, significance: row?.significance ?? significance, reworded: byHand('memory_edited'), judged: byHand('memory_scored') };
    }),
  );
}

/** The witnesses of a turn who have a name, and of whom something may be kept. */
export async function presentAt({ people }: Pick<Tools, 'people'>, reply: Row<'turns'>, chat: Row<'chats'>, stage: Row<'stages'> | undefined): Promise<Person[]> {
  const names = await people.names(reply.witnesses);
  // Another of your personas may have spoken in the stead of the chat's.
  const personas = await Promise.all(reply.witnesses.map((id) => people.persona(id)));
  const yours = new Set([chat.personaId, ...personas.map((persona) => persona?.personaId)]);
  const gone = await Promise.all(reply.witnesses.map((id) => isGone(people, chat, stage, id)));
  return reply.witnesses.flatMap((id, n) => {
    const name = names.get(id);
    return name === undefined || gone[n] === true ? [] : { id, name, kind: yours.has(id) ? ('you' as const) : ('bot' as const) };
  });
}

/** Words by which models call the one who writes. */
const PERSON = /^(?:you|user|the user|person|the person|player|the player)$/;

/** How the person is marked in a list of those present. */
const MARKED = /\(the person\)/i;

/** Whom a name means: a whole name, else a first name that only one of them bears. */
export function personCalled(raw: string, present: readonly Person[]): Person | undefined {
  const name = plain(raw);
  if (name === '') return undefined;
  const whole = present.filter((person) => plain(person.name) === name);
  // A bot may be called as the person is, who is then marked as such wherever people are named.
  if (whole.length > 0) return whole.find(({ kind }) => (kind === 'you') === MARKED.test(raw)) ?? whole[0];
  if (PERSON.test(name)) return present.find(({ kind }) => kind === 'you');
  const first = present.filter((person) => plain(person.name).split(' ')[0] === name || name.split(' ')[0] === plain(person.name));
  return first.length === 1 ? first[0] : undefined;
}

const plain = (name: string): string => name.slice(0, 400).replaceAll(/\([^)]*\)|["'*@]/g, '').replaceAll(/\s+/g, ' ').trim().toLowerCase();
