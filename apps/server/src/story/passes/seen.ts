import type { SeenDoing } from '@offstage/domain/commands/learning';
import { z } from 'zod';
import type { PassContext } from './pass.ts';

const words = z.string().nullish();

/** What a model says that somebody does now. */
export const seen = z.object({
  name: z.string(),
  place: words,
  posture: words,
  action: words,
  holding: z.array(z.string()).nullish(),
  attention: words,
});

/** The same for the story, with places that it knows: going somewhere new is what ends a scene. */
export function seenDoing(one: z.infer<typeof seen>, { places }: Pick<PassContext, 'places'>): SeenDoing {
  const place = one.place == null ? undefined : places.find(({ name }) => name.toLowerCase() === one.place?.trim().toLowerCase());
  return {
    containerId: place?.containerId ?? null,
    posture: one.posture ?? null,
    action: one.action ?? null,
    holding: one.holding ?? null,
    attention: one.attention ?? null,
  };
}
