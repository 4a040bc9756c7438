import { inTurn } from '@offstage/domain';
import { z } from 'zod';
import { fromTemplate } from '../../prompt/templates.ts';
import { pass } from './pass.ts';

/** What a memory is written with: a score that says the same is no news. */
const ORDINARY = 1;

/** ME-4: how much the exchange matters to those who were there. */
export const significance = pass({
  name: 'significance',
  schema: z.object({ score: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]) }),
  fallback: { score: ORDINARY },
  instruct: () => fromTemplate('pass-significance', {}),
  toEvents({ score }, { reply, chat }, before) {
    if (score === ORDINARY) return [];
    return before.flatMap((event) => {
      if (event.kind !== 'memory_written') return [];
      const { memoryId, ownerId } = event.payload;
      return inTurn(reply.chatId, reply.turnId, 'memory_scored', { memoryId, ownerId, continuityId: chat.continuityId, significance: score, by: 'pass' });
    });
  },
});
