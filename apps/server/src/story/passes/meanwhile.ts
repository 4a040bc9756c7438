import { inTurn } from '@offstage/domain';
import { z } from 'zod';
import { fromTemplate } from '../../prompt/templates.ts';
import { pass } from './pass.ts';
import { endOf } from './scene.ts';

/** MW-2: who of two that are by themselves goes on, where each may decline or take the initiative; else nothing is asked. */
export const meanwhile = pass({
  name: 'meanwhile',
  schema: z.object({ next: z.string(), reason: z.string() }),
  // Nobody can say: then the other one answers.
  fallback: { next: '', reason: '' },
  asks: ({ meanwhile: course }) => course?.mode === 'initiative',
  instruct: ({ present }) => fromTemplate('pass-meanwhile', { names: present.map(({ name }) => name).join(', ') }),
  async toEvents({ next }, context, before) {
    const { reply, scene, meanwhile: course } = context;
    const ended = before.some(({ kind }) => kind === 'scene_closed');
    if (course === undefined || course.mode !== 'initiative' || ended || scene?.meanwhile !== true) return [];
    if (next.trim().toLowerCase() === NOBODY) return endOf(scene, context, before);
    return context.who(next)?.id === reply.speakerId && reply.speakerId !== null
      ? [inTurn(reply.chatId, reply.turnId, 'meanwhile_steered', { sceneId: course.sceneId, nextId: reply.speakerId })]
      : [];
  },
});

/** The answer where neither has anything more to say. */
const NOBODY = 'nobody';
