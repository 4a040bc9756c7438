import { z } from 'zod';
import { kind } from '../event.ts';
import { edgeChanges, id, instant, score, significance } from '../shapes.ts';
import { text } from '../text.ts';

const pair = z.object({ continuityId: id, source: id, target: id });
const both = (edge: { source: string; target: string }): readonly string[] => [edge.source, edge.target];
const fact = text(1_000);

const memoryRef = z.object({ memoryId: id, ownerId: id, continuityId: id });
const owner = (memory: { ownerId: string }): readonly string[] => [memory.ownerId];
const memoryText = text(100_000);
const remembered = {
  kind: z.enum(['turn', 'scene', 'told', 'synthesized', 'manual']),
  text: memoryText,
  witnesses: z.array(id).max(64),
  clock: instant.nullable(),
  sceneId: id.nullable(),
  source: z.string().max(120),
  reliability: z.number().min(0).max(1),
  significance,
};
const quotes = z.array(text(200)).max(3);

/** Whether a memory was pinned, and how: by itself, or by hand. */
const pinned = z.enum(['none', 'auto', 'hand']);
/** The pin that went to make room for another by hand. */
const gaveWay = id.optional();
/** The memory is another chat's: its pin counts while `memory_held`, which hangs there, is in force. */
const held = z.literal(true).optional();

/**
 * What the bots feel and remember. Everything here but a seed goes when its owner is reset. `prior` is what a hand
 * changed, so that it can be undone.
 */
export const feelingEvents = {
  edge_seeded: kind({
    meaning: 'How one entity stood to another before the first word.',
    version: 1,
    belongs: 'story',
    payload: pair.extend({ affinity: score, trust: score, summary: text(4_000), knowledge: z.array(fact).max(500) }),
  }),
  edge_update: kind({
    meaning: 'A turn moved how one entity feels about another, or taught it a fact.',
    version: 1,
    belongs: 'story',
    payload: pair.extend({
      affinity: z.number().min(-100).max(100),
      trust: z.number().min(-100).max(100),
      facts: z.array(fact).max(50),
      at: instant.nullable(),
    }),
    owners: both,
  }),
  edge_summarized: kind({
    meaning: 'What one entity makes of another was put in words anew.',
    version: 1,
    belongs: 'story',
    payload: pair.extend({ summary: text(4_000), prior: text(4_000) }),
    owners: both,
  }),
  edge_edited: kind({
    meaning: 'An edge was set by hand.',
    version: 1,
    belongs: 'story',
    payload: pair.extend({
      changes: edgeChanges,
      prior: edgeChanges,
    }),
    owners: both,
  }),
  memory_written: kind({
    meaning: 'A bot remembers something.',
    version: 1,
    belongs: 'story',
    payload: memoryRef.extend({
      ...remembered,
      aboutTurnId: id.nullable(),
      quotes: quotes.default([]),
      gaveWay,
      /** Where it stood before it was deleted: it comes back to its place. */
      restored: z.object({ chatId: id, bornSeq: z.number().int().min(1) }).optional(),
    }),
    owners: owner,
  }),
  memory_edited: kind({
    meaning: "A memory's words were changed: by hand, or since its turn was learned from anew.",
    version: 1,
    belongs: 'story',
    payload: memoryRef.extend({ text: memoryText, prior: memoryText }),
    owners: owner,
  }),
  memory_scored: kind({
    meaning: 'How much a memory matters was judged.',
    version: 1,
    belongs: 'story',
    payload: memoryRef.extend({
      significance,
      by: z.enum(['pass', 'hand']),
      prior: z.object({ significance, pinned }).optional(),
      gaveWay,
      held,
    }),
    owners: owner,
  }),
  memory_held: kind({
    meaning: 'A memory was pinned from another chat: hangs from where the memory does, so that the pin takes a place only while there is something to pin.',
    version: 1,
    belongs: 'story',
    payload: memoryRef,
    owners: owner,
  }),
  memory_pinned: kind({
    meaning: 'A memory was pinned by hand.',
    version: 1,
    belongs: 'story',
    payload: memoryRef.extend({ significance, prior: pinned.optional(), gaveWay, held }),
    owners: owner,
  }),
  memory_unpinned: kind({
    meaning: 'A pin was taken off.',
    version: 1,
    belongs: 'story',
    payload: memoryRef.extend({ prior: pinned.optional() }),
    owners: owner,
  }),
  memory_covered: kind({
    meaning: 'A scene memory now tells what these memories told one by one.',
    version: 1,
    belongs: 'story',
    payload: z.object({ ownerId: id, sceneMemoryId: id, memoryIds: z.array(id).max(5_000) }),
    owners: owner,
  }),
  memory_deleted: kind({
    meaning: 'A memory was deleted by hand.',
    version: 1,
    belongs: 'story',
    payload: memoryRef.extend({
      prior: z
        .object({
          ...remembered,
          chatId: id,
          turnId: id,
          quotes,
          coveredBy: id.nullable(),
          bornSeq: z.number().int().min(1),
          pinned,
        })
        .optional(),
    }),
    owners: owner,
  }),
};
