import type { Row } from '@offstage/domain';
import type { Block } from '../block.ts';

/** Characters of one memory that a prompt carries. */
const SHOWN = 700;

/** What the speaker remembers: pinned memories first, then those that come to mind. */
export const memories: Block = {
  name: 'memories',
  tier: 'should',
  position: 'late',
  render: ({ speaker, pinned, recalled }, limits) => {
    const held = new Set(pinned.map((memory) => memory.memoryId));
    const further = recalled.filter((memory) => !held.has(memory.memoryId)).slice(0, limits.recalled);
    const told = [...pinned, ...further];
    return told.length === 0 ? '' : `# What ${speaker.name} remembers\n${told.map(line).join('\n')}`;
  },
};

function line(memory: Row<'memories'>): string {
  const text = memory.text.replaceAll('\n', ' / ');
  return `- ${text.length > SHOWN ? `${text.slice(0, SHOWN).toWellFormed()}…` : text}`;
}
