/** The words of what is looked for, without case and accents. */
export function wordsOf(sought: string): readonly string[] {
  return fold(sought).split(/\s+/).filter((word) => word !== '');
}

/** Whether every word stands somewhere in the texts. */
export function holdsAll(words: readonly string[], ...texts: readonly string[]): boolean {
  const whole = fold(texts.join('\n'));
  return words.every((word) => whole.includes(word));
}

function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
