import type { Frame, Row } from '@offstage/domain';
import { groupKey } from '@offstage/domain/members';

type Commit = Extract<Frame, { type: 'commit' }>;

/** What stands on the stage of a chat beside its words: the drawer's rows, by key. */
export interface Scenery {
  readonly chatId: string;
  readonly continuityId: string;
  readonly stage: Row<'stages'> | null;
  readonly scenes: ReadonlyMap<string, Row<'scenes'>>;
  /** How the meanwhile scene that is open goes on, by scene. */
  readonly meanwhiles: ReadonlyMap<string, Row<'meanwhiles'>>;
  /** What was told of those that are over, by id. */
  readonly digests: ReadonlyMap<string, Row<'digests'>>;
  readonly containers: ReadonlyMap<string, Row<'containers'>>;
  /** By entity. */
  readonly activities: ReadonlyMap<string, Row<'activities'>>;
  /** By `source>target`. */
  readonly edges: ReadonlyMap<string, Row<'edges'>>;
  /** By owner. */
  readonly pins: ReadonlyMap<string, Row<'pins'>>;
  readonly plans: ReadonlyMap<string, Row<'storyEvents'>>;
  readonly threads: ReadonlyMap<string, Row<'threads'>>;
  readonly things: ReadonlyMap<string, Row<'inventory'>>;
  /** How those who were together are together, by `groupKey`. */
  readonly groups: ReadonlyMap<string, Row<'groupNodes'>>;
  /** Which guests came and left, by the turn after which they did. */
  readonly comings: ReadonlyMap<string, Row<'comings'>>;
}

/** What `chats.drawer` answers, as far as it is used here. */
export interface DrawerAnswer {
  readonly stage: Row<'stages'> | null;
  readonly scenes: readonly Row<'scenes'>[];
  readonly meanwhiles: readonly Row<'meanwhiles'>[];
  readonly digests: readonly Row<'digests'>[];
  readonly containers: readonly Row<'containers'>[];
  readonly activities: readonly Row<'activities'>[];
  readonly edges: readonly Row<'edges'>[];
  readonly pins: readonly Row<'pins'>[];
  readonly plans: readonly Row<'storyEvents'>[];
  readonly threads: readonly Row<'threads'>[];
  readonly things: readonly Row<'inventory'>[];
  readonly groups: readonly Row<'groupNodes'>[];
  readonly comings: readonly Row<'comings'>[];
}

/** Everybody who is on stage now, in the order in which they came; empty where nothing stands there yet. */
export function presentOn({ stage, scenes }: Scenery): readonly string[] {
  return (stage?.sceneId == null ? undefined : scenes.get(stage.sceneId))?.present ?? [];
}

/** The name of an edge in `Scenery.edges`. */
export function edgeName(source: string, target: string): string {
  return `${source}>${target}`;
}

/** The scenery as a freshly read drawer tells it. */
export function sceneryOf(chatId: string, continuityId: string, answer: DrawerAnswer): Scenery {
  return {
    chatId,
    continuityId,
    stage: answer.stage,
    scenes: new Map(answer.scenes.map((row) => [row.sceneId, row])),
    meanwhiles: new Map(answer.meanwhiles.map((row) => [row.sceneId, row])),
    digests: new Map(answer.digests.map((row) => [row.digestId, row])),
    containers: new Map(answer.containers.map((row) => [row.containerId, row])),
    activities: new Map(answer.activities.map((row) => [row.entityId, row])),
    edges: new Map(answer.edges.map((row) => [edgeName(row.source, row.target), row])),
    pins: new Map(answer.pins.map((row) => [row.ownerId, row])),
    plans: new Map(answer.plans.map((row) => [row.storyEventId, row])),
    threads: new Map(answer.threads.map((row) => [row.threadId, row])),
    things: new Map(answer.things.map((row) => [row.itemId, row])),
    groups: new Map(answer.groups.map((row) => [groupKey(chatId, row.knownTo), row])),
    comings: new Map(answer.comings.map((row) => [row.turnId, row])),
  };
}

/** The scenery after a commit; the same object when nothing in it changed. */
export function sceneryAfter(before: Scenery, commit: Commit): Scenery {
  let next = before;
  for (const now of commit.rows) next = withRow(next, now);
  return next;
}

function withRow(scenery: Scenery, now: Commit['rows'][number]): Scenery {
  const { chatId, continuityId } = scenery;
  switch (now.p) {
    case 'stages':
      return now.key === chatId ? { ...scenery, stage: now.row } : scenery;
    case 'scenes':
      return now.row === null || now.row.chatId === chatId ? { ...scenery, scenes: put(scenery.scenes, now.key, now.row) } : scenery;
    case 'meanwhiles':
      return now.row === null || now.row.chatId === chatId ? { ...scenery, meanwhiles: put(scenery.meanwhiles, now.key, now.row) } : scenery;
    case 'digests':
      return now.row === null || now.row.chatId === chatId ? { ...scenery, digests: put(scenery.digests, now.key, now.row) } : scenery;
    case 'containers':
      return now.row === null || now.row.chatId === chatId
        ? { ...scenery, containers: put(scenery.containers, now.key, now.row) }
        : scenery;
    case 'storyEvents':
      return now.row === null || now.row.chatId === chatId ? { ...scenery, plans: put(scenery.plans, now.key, now.row) } : scenery;
    case 'threads':
      return now.row === null || now.row.chatId === chatId ? { ...scenery, threads: put(scenery.threads, now.key, now.row) } : scenery;
    case 'inventory':
      return now.row === null || now.row.chatId === chatId ? { ...scenery, things: put(scenery.things, now.key, now.row) } : scenery;
    case 'activities':
      return now.key.startsWith(`${chatId}/`)
        ? { ...scenery, activities: put(scenery.activities, now.key.slice(chatId.length + 1), now.row) }
        : scenery;
    case 'edges': {
      const [continuity, source, target] = now.key.split('/');
      return continuity === continuityId && source !== undefined && target !== undefined
        ? { ...scenery, edges: put(scenery.edges, edgeName(source, target), now.row) }
        : scenery;
    }
    case 'pins': {
      const [continuity, owner] = now.key.split('/');
      return continuity === continuityId && owner !== undefined
        ? { ...scenery, pins: put(scenery.pins, owner, now.row) }
        : scenery;
    }
    case 'groupNodes':
      return now.key.startsWith(`${chatId}/`) ? { ...scenery, groups: put(scenery.groups, now.key, now.row) } : scenery;
    case 'comings':
      return now.row === null || now.row.chatId === chatId ? { ...scenery, comings: put(scenery.comings, now.key, now.row) } : scenery;
    default:
      return scenery;
  }
}

function put<V>(rows: ReadonlyMap<string, V>, key: string, row: V | null): ReadonlyMap<string, V> {
  if (row === null && !rows.has(key)) return rows;
  const next = new Map(rows);
  if (row === null) next.delete(key);
  else next.set(key, row);
  return next;
}

/** The scenes that are over, the last first. */
export function scenesBefore({ scenes }: Scenery): readonly Row<'scenes'>[] {
  const past = [...scenes.values()].filter((scene) => scene.closed);
  return past.toSorted((a, b) => (b.endedAt ?? '').localeCompare(a.endedAt ?? '') || (a.sceneId < b.sceneId ? 1 : -1));
}

/** The scene in which a turn was played without you; undefined where you were there (MW-1). */
export function asideOf(scenery: Scenery | null, sceneId: string | null | undefined): Row<'scenes'> | undefined {
  const scene = sceneId == null ? undefined : scenery?.scenes.get(sceneId);
  return scene?.meanwhile === true ? scene : undefined;
}

/** The meanwhile scene that is open now, and how it goes on. */
export function openAside(scenery: Scenery): { readonly scene: Row<'scenes'>; readonly course: Row<'meanwhiles'> } | undefined {
  const scene = asideOf(scenery, scenery.stage?.meanwhileId);
  const course = scene && scenery.meanwhiles.get(scene.sceneId);
  return scene === undefined || course === undefined ? undefined : { scene, course };
}

/** What was told of a meanwhile scene; undefined while nothing is. */
export function toldOf({ digests }: Scenery, sceneId: string): string | undefined {
  for (const digest of digests.values()) if (digest.sceneId === sceneId) return digest.text;
  return undefined;
}
