const COMMON = new Set(
  'what when where which who whom whose that this these those there their they them then than have has had was were will would could should does did with from your yours about into been being every each ever never know knew tell told said says you her him his hers our ours the and for back here all any some'.split(' '),
);

/** The words of a text that tell one matter from another. */
export function wordsOf(text: string): string[] {
  return [...new Set(text.toLowerCase().match(/\p{L}{3,}/gu) ?? [])].filter((word) => !COMMON.has(word));
}

/** How many of some words are among others. */
export function shared(some: readonly string[], others: readonly string[]): number {
  return some.filter((word) => others.includes(word)).length;
}
