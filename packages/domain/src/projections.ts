import type { Kind } from './catalogue.ts';
import type { Projection } from './projection.ts';
import { activities } from './projections/activities.ts';
import { bots } from './projections/bots.ts';
import { branches } from './projections/branches.ts';
import { chats } from './projections/chats.ts';
import { comings } from './projections/comings.ts';
import { containers } from './projections/containers.ts';
import { continuities } from './projections/continuities.ts';
import { digests } from './projections/digests.ts';
import { edges } from './projections/edges.ts';
import { groupNodes } from './projections/groupNodes.ts';
import { inventory } from './projections/inventory.ts';
import { lore } from './projections/lore.ts';
import { meanwhiles } from './projections/meanwhiles.ts';
import { memories } from './projections/memories.ts';
import { owed } from './projections/owed.ts';
import { personas } from './projections/personas.ts';
import { pins } from './projections/pins.ts';
import { scenes } from './projections/scenes.ts';
import { skipQuestions } from './projections/skipQuestions.ts';
import { stages } from './projections/stages.ts';
import { storyEvents } from './projections/storyEvents.ts';
import { threads } from './projections/threads.ts';
import { turns } from './projections/turns.ts';

/** Every projection there is, by name. */
export const projections = {
  personas,
  bots,
  continuities,
  lore,
  chats,
  turns,
  branches,
  stages,
  containers,
  activities,
  scenes,
  meanwhiles,
  edges,
  memories,
  pins,
  groupNodes,
  comings,
  digests,
  storyEvents,
  threads,
  inventory,
  skipQuestions,
  owed,
};

export type ProjectionName = keyof typeof projections;
export type Row<N extends ProjectionName> = (typeof projections)[N] extends Projection<infer R> ? R : never;

/** The names, in the order in which they are declared. */
export const projectionNames = Object.keys(projections) as readonly ProjectionName[];

const byKind = new Map<Kind, readonly ProjectionName[]>();

/** The projections that an event of this kind touches. */
export function projectionsOf(kind: Kind): readonly ProjectionName[] {
  let names = byKind.get(kind);
  if (names === undefined) {
    names = projectionNames.filter((name) => projections[name].on[kind] !== undefined);
    byKind.set(kind, names);
  }
  return names;
}
