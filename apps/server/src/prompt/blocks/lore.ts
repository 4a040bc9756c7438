import { fillMacros } from '@offstage/domain/macros';
import type { Block, PromptContext } from '../block.ts';
import type { LoreFound } from '../lore.ts';

/** Entries that always stand. */
export const loreAlways: Block = {
  name: 'lore-always',
  tier: 'should',
  position: 'head',
  label: () => 'About this world',
  render: (context, { lore }) => worded('About this world', lore.filter(({ key }) => key === null), context),
};

/** Entries that what was said calls for. */
export const loreCalled: Block = {
  name: 'lore',
  tier: 'should',
  position: 'late',
  label: () => 'About what was spoken of',
  render: (context, { lore }) => worded('About what was spoken of', lore.filter(({ key }) => key !== null), context),
};

/** One entry as it stands in a prompt. */
export function loreText({ entry }: LoreFound, { speaker, you }: PromptContext): string {
  return fillMacros(entry.content, { char: speaker.name, user: you.name }).trim();
}

function worded(heading: string, found: readonly LoreFound[], context: PromptContext): string {
  return found.length === 0 ? '' : `# ${heading}\n${found.map((one) => loreText(one, context)).join('\n\n')}`;
}
