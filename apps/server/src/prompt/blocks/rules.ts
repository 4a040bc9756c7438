import type { Block } from '../block.ts';
import { fromTemplate } from '../templates.ts';

/** How to play. */
export const rules: Block = {
  name: 'rules',
  tier: 'must',
  position: 'head',
  label: () => 'How to play',
  render: ({ speaker, you }) => fromTemplate('rules', { char: speaker.name, user: you.name }),
};
