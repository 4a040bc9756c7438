import type { Row } from '@offstage/domain';
import type { Block } from '../block.ts';
import { shortened } from '../shorten.ts';
import { timeInWords } from '../words.ts';

/** Characters of one account. */
const TOLD = 1_000;

/** The story so far, as the speaker tells it: the scenes that the transcript no longer reaches. */
export const accounts: Block = {
  name: 'accounts',
  tier: 'nice',
  position: 'head',
  label: ({ speaker }) => `Earlier scenes, as ${speaker.name} remembers them`,
  render: ({ speaker }, shown) =>
    shown.accounts.length === 0 ? '' : `# Earlier, as ${speaker.name} remembers it\n${shown.accounts.map(accountText).join('\n')}`,
};

/** One account as it stands in a prompt. */
export function accountText({ text, quotes, clock }: Row<'memories'>): string {
  const when = clock === null ? '' : `${timeInWords(clock)}: `;
  const kept = quotes.map((quote) => ` "${quote.replaceAll('\n', ' ')}"`).join('');
  return `- ${when}${shortened(text.replaceAll(/\s*\n\s*/g, ' '), TOLD)}${kept}`;
}
