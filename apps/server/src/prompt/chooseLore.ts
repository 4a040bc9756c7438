import type { PromptContext } from './block.ts';
import { loreText } from './blocks/lore.ts';
import { LORE_ALWAYS_MOST, LORE_MOST } from './budget.ts';
import type { LoreFound } from './lore.ts';
import type { TokenCounter } from './tokens.ts';

/** Lore that fits its room; where not all does, entries of a higher order go first, as they come closer to the end. */
export function chooseLore(found: readonly LoreFound[], context: PromptContext, counter: TokenCounter): { readonly all: readonly LoreFound[]; readonly shown: readonly LoreFound[] } {
  const room = { always: LORE_ALWAYS_MOST, called: LORE_MOST };
  const kept = new Set<LoreFound>();
  for (const one of found.toReversed()) {
    const which = one.key === null ? 'always' : 'called';
    const tokens = counter.count(loreText(one, context)) + 1;
    if (tokens > room[which]) continue;
    room[which] -= tokens;
    kept.add(one);
  }
  return { all: found, shown: found.filter((one) => kept.has(one)) };
}
