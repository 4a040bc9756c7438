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
  toEvents({ score }, { reply, chat, kept }, before) {
    const written = score === ORDINARY ? [] : before.flatMap((event) => (event.kind === 'memory_written' ? [event.payload] : []));
    const other = kept.filter(({ text, judged, significance: was }) => text !== null && !judged && was !== score);
    return [...written, ...other].map(({ memoryId, ownerId }) =>
      inTurn(reply.chatId, reply.turnId, 'memory_scored', { memoryId, ownerId, continuityId: chat.continuityId, significance: score, by: 'pass' }),
    );
  },
});
