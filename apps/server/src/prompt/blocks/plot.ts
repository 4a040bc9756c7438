import type { Row } from '@offstage/domain';
import type { Block } from '../block.ts';
import { shortened } from '../shorten.ts';
import { timeInWords } from '../words.ts';

/** How many of each a prompt carries, the newest, and characters of one. */
const MOST = 6;
const CHARS = 300;

/** How three or more who are together get on. */
export const group: Block = {
  name: 'group',
  tier: 'should',
  position: 'late',
  label: () => 'How they are together',
  render: ({ group: node }) => {
    const text = node === undefined ? '' : [node.summary.trim(), node.mood.trim() === '' ? '' : `Mood: ${node.mood.trim()}.`].filter((part) => part !== '').join(' ');
    return text === '' ? '' : `# How they are together\n${shortened(text, CHARS * 2)}`;
  },
};

/** What is planned, and what is under way. */
export const plans: Block = {
  name: 'plans',
  tier: 'should',
  position: 'late',
  label: () => 'Planned and under way',
  render: (context) => listed('Planned and under way', context.plans.map(planInWords)),
};

/** What was left open. */
export const threads: Block = {
  name: 'threads',
  tier: 'should',
  position: 'late',
  label: () => 'Left open',
  render: (context) => listed('Left open', context.threads.map(({ title, summary }) => [title, summary].map((part) => part.trim()).filter((part) => part !== '').join(': '))),
};

/** What went on elsewhere, told once. */
export const digests: Block = {
  name: 'digests',
  tier: 'should',
  position: 'late',
  label: ({ you }) => `Meanwhile, while ${you.name} was away`,
  render: (context) => {
    const told = context.digests.map(({ text }) => text.trim()).filter((text) => text !== '');
    return told.length === 0 ? '' : `# Meanwhile, while ${context.you.name} was away\n${told.map((text) => shortened(text, CHARS * 3)).join('\n')}`;
  },
};

function planInWords({ kind, title, plannedFor, status, props }: Row<'storyEvents'>): string {
  const when = status === 'active' ? 'under way' : plannedFor === null ? 'planned' : `planned for ${timeInWords(plannedFor)}`;
  const more = Object.entries(props).flatMap(([what, how]) => (typeof how === 'string' && how.trim() !== '' ? `${what}: ${how.trim()}` : []));
  return [`${title} (${kind}), ${when}`, ...more].join('; ');
}

function listed(heading: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `# ${heading}\n${items.slice(-MOST).map((item) => `- ${shortened(item.replaceAll('\n', ' '), CHARS)}`).join('\n')}`;
}
