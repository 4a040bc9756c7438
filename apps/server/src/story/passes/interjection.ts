import { decideInterjection } from '@offstage/domain/commands/interject';
import { z } from 'zod';
import { fromTemplate } from '../../prompt/templates.ts';
import type { PassContext, Person } from './pass.ts';
import { pass } from './pass.ts';

/** TN-10: whether the bot that was there and did not speak breaks in after the reply. */
export const interjection = pass({
  name: 'interjection',
  schema: z.object({ speaks: z.boolean(), to: z.string().nullish(), reason: z.string() }),
  fallback: { speaks: false, to: null, reason: '' },
  asks: (context) => silentOne(context) !== undefined,
  instruct: (context) => fromTemplate('pass-interjection', { char: silentOne(context)?.name ?? '' }),
  toEvents({ speaks, to, reason }, context, before) {
    const silent = silentOne(context);
    // Without an answer there was no decision; and nobody breaks in where the scene has just ended.
    if (silent === undefined || (!speaks && reason.trim() === '')) return [];
    const ended = before.some(({ kind }) => kind === 'scene_closed');
    const target = to == null ? undefined : context.who(to);
    return decideInterjection(context.reply, {
      botId: silent.id,
      speaks: speaks && !ended,
      addresseeId: target === undefined || target.id === silent.id ? null : target.id,
      reason: ended && speaks ? 'The scene has ended.' : reason,
    });
  },
});

/**
 * The one other bot that could break in: where you are there too (what two bots have among themselves is nothing to break
 * into), after an answer to you that was not stopped, and not after a turn that breaks in itself.
 */
function silentOne({ present, reply, breaksIn, scene }: PassContext): Person | undefined {
  if (reply.kind !== 'assistant' || breaksIn || reply.finishReason === 'aborted' || reply.finishReason === 'written') return undefined;
  if (!present.some(({ kind }) => kind === 'you') || scene?.sceneId !== reply.sceneId) return undefined;
  const silent = present.filter(({ id, kind }) => kind === 'bot' && id !== reply.speakerId && scene.present.includes(id));
  return silent.length === 1 ? silent[0] : undefined;
}
