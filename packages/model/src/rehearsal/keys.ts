/** Words that say nothing of what a text is about. */
const STOP = new Set(
  ('a an and are as at be been but by can could did do does doing for from had has have having he her hers herself him himself his how i if in into is it its itself just me mine my myself no nor not now of off on one ones only or ' +
    'our ours out over own same shall she should so some such than that the their theirs them then there these they this those to too under until up upon us very was we were what when where which while who whom whose why will ' +
    'with without would yes you your yours yourself am any anyone anything about after again all also another around away back because before both came come comes each ever every everyone everything few first get go goes got ' +
    'know known last let like long look made make many may might more most much must never next nothing nobody often once other people perhaps put quite really right said say says see seem still take tell than thank thing things ' +
    'think though through time today together told turn two use used want way well went whole word years year keep keeps kept new old little big good great give gave name called down sit sits stand side beside floor inside outside here eyes face something somebody someone thank thanks please sorry yes idea mean means find found want wanted').split(' '),
);

/** Words that ask for the same: who asks of fear wants to hear what somebody is afraid of. */
const GROUPS: readonly (readonly [key: string, words: string])[] = [
  ['=fear', 'afraid fear fears feared scared frightened terrified frighten'],
  ['=child', 'child children daughter daughters son sons kids'],
  ['=parents', 'mother father parents mum dad'],
  ['=siblings', 'brother sister siblings brothers sisters'],
  ['=married', 'married wife husband marriage wed marry'],
  ['=young', 'childhood born grew grow young child boy girl apprenticed raised'],
  ['=death', 'die died dies dead death kill killed murder murdered shot drowned'],
  ['=sleep', 'sleep slept sleepless tired asleep bed'],
  ['=lie', 'lie lies lied lying false untrue mistranslate mistranslated'],
  ['=work', 'work works job trade profession living employ'],
  ['=home', 'home live lives lived house'],
  ['=hate', 'hate hates dislike dislikes despise'],
  ['=want', 'wants wish wishes hope hopes dream dreams goal'],
  ['=visit', 'visit visited visiting'],
  ['=letter', 'letter letters write writes wrote'],
  ['=book', 'book books notebook copybook'],
];
const GROUP_OF: ReadonlyMap<string, string> = new Map(GROUPS.flatMap(([key, words]) => words.split(' ').map((word) => [word, key] as const)));

/** What a text is about: its telling words, stemmed, those that ask for the same as one. */
export function keysOf(text: string): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const word of text.toLowerCase().match(/\p{L}{3,}/gu) ?? []) {
    const group = GROUP_OF.get(word);
    if (group !== undefined) keys.add(group);
    else if (!STOP.has(word)) keys.add(stem(word));
  }
  return keys;
}

/** A word without its commonest endings: "boats", "walked" and "walking" meet "boat" and "walk". */
export function stem(word: string): string {
  if (word.length < 4) return word;
  const bare = word.replace(/(?:'s|ies)$/, (ending) => (ending === 'ies' ? 'y' : '')).replace(/(?:ingly|edly|ing|ed|ly|es|s)$/, '');
  const short = bare.length < 3 ? word : bare;
  return short.replace(/([^aeiouls])\1$/, '$1').replace(/e$/, '');
}

/** Those of a list that share what was asked for, the nearest first; what many share weighs little. `least` is how near they must be. */
export function nearest<T extends { readonly keys: ReadonlySet<string> }>(list: readonly T[], asked: ReadonlySet<string>, least = 0.2): T[] {
  const shares = new Map<string, number>();
  for (const { keys } of list) for (const key of keys) shares.set(key, (shares.get(key) ?? 0) + 1);
  const near = list.map((one) => ({ one, score: [...one.keys].reduce((total, key) => total + (asked.has(key) ? 1 / (shares.get(key) ?? 1) : 0), 0) }));
  return near.filter(({ score }) => score >= least).toSorted((a, b) => b.score - a.score).map(({ one }) => one);
}
