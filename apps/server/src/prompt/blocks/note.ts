import { fillMacros } from '@offstage/domain/macros';
import type { Block, PromptContext } from '../block.ts';

/** The author's note where it stands with what changes late: at depth 0 (PR-7). */
export const note: Block = {
  name: 'note',
  tier: 'should',
  position: 'late',
  label: () => "Author's note",
  render: (context) => {
    const text = context.note?.depth === 0 ? noteText(context) : '';
    return text === '' ? '' : `# Author's note\n${text}`;
  },
};

/** The author's note with its names filled in; empty where there is none. */
export function noteText({ note: set, speaker, you }: PromptContext): string {
  return set === null ? '' : fillMacros(set.text, { char: speaker.name, user: you.name }).trim();
}
