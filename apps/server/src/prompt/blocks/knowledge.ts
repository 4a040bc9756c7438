import type { Block } from '../block.ts';
import { factKey, nameOf } from '../block.ts';

/** What the speaker has learned about those present, as far as it stands still. */
export const knowledge: Block = {
  name: 'knowledge',
  tier: 'should',
  position: 'head',
  label: ({ speaker }) => `What ${speaker.name} knows about the others`,
  render: (context, { factsSettled }) =>
    context.edges
      .map(({ target, knowledge: facts }) => {
        const settled = facts.filter((fact) => factsSettled.has(factKey(target, fact)));
        return settled.length === 0 ? '' : `# What ${context.speaker.name} knows about ${nameOf(context, target)}\n${settled.map((fact) => `- ${fact}`).join('\n')}`;
      })
      .filter((text) => text !== '')
      .join('\n\n'),
};
