import type { Block } from '../block.ts';
import { factKey, nameOf } from '../block.ts';
import { shortened } from '../shorten.ts';

/** Characters of what the speaker makes of someone. */
const SUMMARY = 500;
/** Facts that were learned since the head of the prompt was settled, the newest. */
const FACTS = 8;

/** How the speaker stands to those present, and what was learned of late. What they feel in return stays theirs. */
export const feelings: Block = {
  name: 'feelings',
  tier: 'should',
  position: 'late',
  label: ({ speaker }) => `How ${speaker.name} feels`,
  render: (context, { factsSettled }) => {
    const lines = context.edges.map((edge) => {
      const whom = nameOf(context, edge.target);
      const facts = edge.knowledge.filter((fact) => !factsSettled.has(factKey(edge.target, fact))).slice(-FACTS);
      return [
        `Towards ${whom}: affinity ${Math.round(edge.affinity)} of 100, trust ${Math.round(edge.trust)} of 100.`,
        shortened(edge.summary, SUMMARY),
        facts.length === 0 ? '' : `Known about ${whom}: ${facts.map((fact) => fact.replace(/\.$/, '')).join('; ')}.`,
      ].filter((part) => part !== '').join(' ');
    });
    return lines.length === 0 ? '' : `# How ${context.speaker.name} feels\n${lines.join('\n')}`;
  },
};
