import type { Block } from '../block.ts';
import { nameOf } from '../block.ts';
import { fromTemplate } from '../templates.ts';

/** That you are not there, and that the two are by themselves. */
export const aside: Block = {
  name: 'aside',
  tier: 'must',
  position: 'late',
  label: (context) => `Without ${context.you.name}`,
  render: (context) =>
    context.alone === null ? '' : fromTemplate('meanwhile', { char: context.speaker.name, other: nameOf(context, context.alone.withId), user: context.you.name }),
};
