import type { Block } from '../block.ts';
import { shortened } from '../shorten.ts';

/** How many things a prompt carries, the newest, and characters of one. */
const MOST = 12;
const CHARS = 160;

/** What the speaker has (WD-12): their own things alone, for who has what is not always seen. */
export const belongings: Block = {
  name: 'belongings',
  tier: 'should',
  position: 'late',
  label: ({ speaker }) => `What ${speaker.name} has`,
  render: ({ belongings: things, speaker }) =>
    things.length === 0
      ? ''
      : `# What ${speaker.name} has\n${things.slice(-MOST).map(({ name, note }) => `- ${shortened([name, note.trim()].filter((part) => part !== '').join(': ').replaceAll('\n', ' '), CHARS)}`).join('\n')}`,
};
