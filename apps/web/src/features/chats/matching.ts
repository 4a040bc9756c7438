import { holdsAll, wordsOf } from '../../lib/seek.ts';

interface Findable {
  readonly title: string;
  readonly lastLine: string;
  readonly bot: { readonly name: string } | null;
}

/** The chats in which every word of what is looked for stands: in the title, the bot's name or the last line. */
export function matching<C extends Findable>(chats: readonly C[], sought: string): readonly C[] {
  const words = wordsOf(sought);
  return words.length === 0 ? chats : chats.filter(({ title, bot, lastLine }) => holdsAll(words, title, bot?.name ?? '', lastLine));
}
