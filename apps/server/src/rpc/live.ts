import { tracked } from '@trpc/server';
import { z } from 'zod';
import { procedure, wireId } from './trpc.ts';

/** The one connection of a page (LV-2): what it missed since the last frame it saw, then what happens. */
export const live = procedure
  .meta({ description: 'What a page hears: rows that change, words as they come, who types. Durable frames carry an id to come back to.' })
  .input(z.object({ chatId: wireId.nullable(), tabId: wireId, lastEventId: z.string().max(120).nullish() }))
  .subscription(async function* ({ ctx, input, signal }) {
    const { chatId, tabId } = input;
    const ending = signal ?? new AbortController().signal;
    const subscription = { chatId, tabId, lastEventId: input.lastEventId ?? null, pipe: ctx.pipe };
    for await (const { id, frame } of ctx.live.subscribe(subscription, ending)) {
      // One of the two carries an id that the client sends back when it returns.
      if (id === undefined) yield frame;
      else yield tracked(id, frame);
    }
  });

