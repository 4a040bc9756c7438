import type { Block } from '../block.ts';
import { nameOf } from '../block.ts';

/** Facts about someone that a prompt carries, the newest. */
const FACTS = 12;

/** How the speaker stands to those present. What they feel in return stays theirs. */
export const feelings: Block = {
  name: 'feelings',
  tier: 'should',
  position: 'late',
  render: (context) => {
    const lines = context.edges.map((edge) => {
      const whom = nameOf(context, edge.target);
      const facts = edge.knowledge.slice(-FACTS);
      return [
        `Towards ${whom}: affinity ${Math.round(edge.affinity)} of 100, trust ${Math.round(edge.trust)} of 100.`,
        edge.summary.trim(),
        facts.length === 0 ? '' : `Known about ${whom}: ${facts.join('; ')}.`,
      ].filter((part) => part !== '').join(' ');
    });
    return lines.length === 0 ? '' : `# How ${context.speaker.name} feels\n${lines.join('\n')}`;
  },
};
