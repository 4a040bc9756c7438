import type { ImportedCard } from '../../lib/imported-card.ts';

/** What a card holds, in a few words each, its format first. */
export function contentsOf({ identity, lore, spec }: ImportedCard): readonly string[] {
  const greetings = (identity.alternateGreetings ?? []).length + ((identity.greeting ?? '').trim() === '' ? 0 : 1);
  return [
    `Card ${spec.toUpperCase()}`,
    greetings > 0 && counted(greetings, 'greeting'),
    (identity.voiceSamples ?? []).length > 0 && counted((identity.voiceSamples ?? []).length, 'voice sample'),
    lore.length > 0 && (lore.length === 1 ? '1 knowledge entry' : `${lore.length} knowledge entries`),
    (identity.tags ?? []).length > 0 && counted((identity.tags ?? []).length, 'tag'),
  ].filter((part) => part !== false);
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
