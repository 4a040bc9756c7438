import { moveEdge } from '@offstage/domain/commands/learning';
import { edgeKey } from '@offstage/domain/projections/edges';
import { z } from 'zod';
import { fromTemplate } from '../../prompt/templates.ts';
import type { PassContext, Person } from './pass.ts';
import { pass } from './pass.ts';

/** How the feelings of one for another moved, as a model says it. */
export const move = z.object({
  from: z.string(),
  to: z.string(),
  affinity: z.number().min(-100).max(100),
  trust: z.number().min(-100).max(100),
  facts: z.array(z.string()),
});

/** ED-1: how the exchange moved what those present feel for each other, and what they learned about each other. */
export const edges = pass({
  name: 'edges',
  schema: z.object({ moves: z.array(move) }),
  fallback: { moves: [] },
  instruct: (context) => {
    const call = ({ name, kind }: Person): string => (kind === 'you' && context.present.some((other) => other.kind !== 'you' && other.name === name) ? `${name} (the person)` : name);
    const pairs = movedBetween(context).map(([from, to]) => `${call(from)} to ${call(to)}`);
    return fromTemplate('pass-edges', { pairs: pairs.join('; ') });
  },
  async toEvents({ moves }, context) {
    const { chat, reply } = context;
    const found = movedBetween(context).map(async ([from, to]) => {
      const own = moves.filter((one) => context.who(one.from)?.id === from.id && context.who(one.to)?.id === to.id);
      if (own.length === 0) return [];
      const pair = { continuityId: chat.continuityId, source: from.id, target: to.id };
      const known = context.edges.find((edge) => edge.source === from.id && edge.target === to.id)?.knowledge ?? [];
      // A pair that is named twice moves once, by all that was said of it.
      const sum = (pick: (one: z.infer<typeof move>) => number): number => own.reduce((total, one) => total + pick(one), 0);
      const byHand = await handsSince(context, edgeKey(pair));
      const facts = own.flatMap((one) => one.facts).filter((fact) => !byHand.forgotten.has(fact));
      return moveEdge(reply, { ...pair, affinity: byHand.affinity ? 0 : sum((one) => one.affinity), trust: byHand.trust ? 0 : sum((one) => one.trust), facts }, known);
    });
    return (await Promise.all(found)).flat();
  },
});

/** What a hand has set of an edge since a reply that is learned from anew (TL-8): it knew what the reply had led to. */
async function handsSince(context: PassContext, key: string) {
  const edits = (await context.since('edges', key)).flatMap((event) => (event.kind === 'edge_edited' ? [event.payload] : []));
  return {
    affinity: edits.some(({ changes }) => changes.affinity !== undefined),
    trust: edits.some(({ changes }) => changes.trust !== undefined),
    forgotten: new Set(edits.flatMap(({ changes, prior }) => (prior.knowledge ?? []).filter((fact) => changes.knowledge?.includes(fact) === false))),
  };
}

/** The pairs whose feelings may move: every ordered pair present; without those whose source is the person where the settings say so. */
export function movedBetween({ present, kit }: PassContext): (readonly [Person, Person])[] {
  const sources = present.filter(({ kind }) => kind === 'bot' || kit.config.current.passes.your_feelings);
  return sources.flatMap((from) => present.filter((to) => to.id !== from.id).map((to) => [from, to] as const));
}
