import { fillMacros } from '@offstage/domain/macros';
import type { Block } from '../block.ts';

/** Who writes with the bot, and how the two began. */
export const you: Block = {
  name: 'you',
  tier: 'should',
  position: 'head',
  label: ({ you: person }) => `About ${person.name}`,
  render: ({ speaker, you: person }) => {
    const filled = (text: string): string => fillMacros(text, { char: speaker.name, user: person.name }).trim();
    const lines = [
      person.pronouns.trim() === '' ? '' : `Pronouns: ${person.pronouns.trim()}`,
      filled(person.persona),
      filled(speaker.relationship),
    ].filter((line) => line !== '');
    return lines.length === 0 ? '' : `# About ${person.name}\n${lines.join('\n')}`;
  },
};
