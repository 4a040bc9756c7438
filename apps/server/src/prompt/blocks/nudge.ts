import type { Block } from '../block.ts';

/** What is asked of this reply alone. */
export const nudge: Block = {
  name: 'nudge',
  tier: 'must',
  position: 'late',
  label: () => 'Your nudge',
  render: (context) => (context.nudge === null ? '' : `This time: ${context.nudge}`),
};
