import { fillMacros } from '@offstage/domain/macros';
import type { Block } from '../block.ts';

/** Dialogue from the bot's card, to show how it talks. */
export const examples: Block = {
  name: 'examples',
  tier: 'nice',
  position: 'head',
  label: ({ speaker }) => `Examples of how ${speaker.name} talks`,
  render: ({ speaker, you }) => {
    const text = fillMacros(speaker.exampleDialogue, { char: speaker.name, user: you.name }).replaceAll(/^<START>\s*$/gim, '---').trim();
    return text === '' ? '' : `# Examples of how ${speaker.name} talks\n${text}`;
  },
};
