import { holdsAll, wordsOf } from '../../lib/seek.ts';

interface Findable {
  readonly name: string;
  readonly tags: readonly string[];
  readonly persona: string;
}

/** The bots in whose name, tags or first lines every word of what is looked for stands; names that fit come first. */
export function findBots<B extends Findable>(bots: readonly B[], sought: string): readonly B[] {
  const words = wordsOf(sought);
  if (words.length === 0) return bots;
  return bots
    .filter(({ name, tags, persona }) => holdsAll(words, name, ...tags, persona))
    .toSorted((a, b) => Number(holdsAll(words, b.name)) - Number(holdsAll(words, a.name)));
}
