/** What a value of affinity means, in a word. */
export function affinityInWords(value: number): string {
  return inWords(value, ['hostile', 'cool', 'neither warm nor cold', 'warm', 'devoted']);
}

/** What a value of trust means, in a word. */
export function trustInWords(value: number): string {
  return inWords(value, ['none at all', 'wary', 'not sure yet', 'trusting', 'without reserve']);
}

function inWords(value: number, words: readonly string[]): string {
  return words[Math.min(words.length - 1, Math.floor((value / 100) * words.length))] ?? '';
}
