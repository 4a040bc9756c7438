/** Words that a branch without a name is called by. */
const CALLED_BY = 6;

/**
 * What a branch without a name is called: the first words in which the turn it begins with differs from those beside it,
 * `…` in front where they begin alike; its first words where nothing differs. Empty for a turn without words.
 */
export function firstDiffering(text: string, beside: readonly string[]): string {
  const words = plainWords(text);
  const others = beside.map(plainWords);
  const alike = (at: number): boolean => others.some((other) => other[at]?.toLowerCase() === words[at]?.toLowerCase() && other.slice(0, at).every((word, n) => word.toLowerCase() === words[n]?.toLowerCase()));
  let from = 0;
  while (from < words.length && alike(from)) from++;
  if (from >= words.length) from = 0;
  const shown = words.slice(from, from + CALLED_BY).join(' ');
  return `${from > 0 ? '\u2026' : ''}${shown}${words.length > from + CALLED_BY ? '\u2026' : ''}`;
}

/** Words without the marks of the prose around them. */
function plainWords(text: string): string[] {
  return text.replaceAll(/[*_>`"\u201C\u201D]+/g, '').split(/\s+/).filter((word) => word !== '');
}
