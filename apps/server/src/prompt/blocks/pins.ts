import type { Block } from '../block.ts';
import { PINNED_CHARS } from '../budget.ts';
import { onOneLine } from '../shorten.ts';

/** Pinned memories that have stood since the transcript was last trimmed. */
export const pins: Block = {
  name: 'pins',
  tier: 'should',
  position: 'head',
  label: ({ speaker }) => `What ${speaker.name} never forgets`,
  render: ({ speaker }, { pinsSettled }) =>
    pinsSettled.length === 0 ? '' : `# What ${speaker.name} never forgets\n${pinsSettled.map(({ text }) => `- ${onOneLine(text, PINNED_CHARS)}`).join('\n')}`,
};
