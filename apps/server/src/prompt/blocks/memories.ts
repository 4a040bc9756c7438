import type { Row } from '@offstage/domain';
import type { Block } from '../block.ts';
import { PINNED_CHARS, RECALLED_CHARS } from '../budget.ts';
import { onOneLine } from '../shorten.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** What the speaker remembers now: memories pinned of late first, then those that come to mind. */
export const memories: Block = {
  name: 'memories',
  tier: 'should',
  position: 'late',
  label: ({ speaker }) => `What ${speaker.name} remembers`,
  render: ({ speaker, stage }, { pinsLate, recalled }) => {
    const lines = [
      ...pinsLate.map(({ text }) => `- ${onOneLine(text, PINNED_CHARS)}`),
      ...recalled.map((memory) => `- ${ago(memory, stage?.clock ?? null)}${onOneLine(memory.text, RECALLED_CHARS)}`),
    ];
    return lines.length === 0 ? '' : `# What ${speaker.name} remembers\n${lines.join('\n')}`;
  },
};

/** How long ago it was by the story's clock, from a day on: "(3 days ago) ". */
function ago({ clock }: Row<'memories'>, now: string | null): string {
  if (clock === null || now === null) return '';
  const days = Math.floor((Date.parse(now) - Date.parse(clock)) / DAY_MS);
  if (!(days >= 1)) return '';
  if (days < 14) return days === 1 ? '(a day ago) ' : `(${days} days ago) `;
  if (days < 60) return `(${Math.floor(days / 7)} weeks ago) `;
  return days < 730 ? `(${Math.floor(days / 30)} months ago) ` : `(${Math.floor(days / 365)} years ago) `;
}
