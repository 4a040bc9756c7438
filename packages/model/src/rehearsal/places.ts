/** Kinds of place and the nouns that name them. */
const KINDS: readonly (readonly [string, string])[] = [
  ['tavern', 'tavern|inn|bar|pub|saloon|taproom|alehouse|nightclub|speakeasy'],
  ['café', 'café|cafe|coffee shop|coffeehouse|teahouse|tearoom|diner|restaurant|bistro|bakery|canteen'],
  ['vehicle', 'ship|boat|ferry|train|carriage|car|bus|truck|van|plane|airship|spaceship|starship|shuttle|submarine|wagon|taxi|cab|lift|elevator|deck|cabin|cockpit|compartment|caravan'],
  ['shore', 'harbour|harbor|dock|docks|pier|quay|beach|shore|jetty|wharf|lighthouse|island|coast|cliff|cliffs|breakwater'],
  ['street', 'street|alley|lane|market|square|plaza|bridge|road|crossroads|avenue|pavement|rooftop|courtyard|fairground|bus stop'],
  ['station', 'station|platform|airport|terminal|waiting room|depot'],
  ['wild', 'forest|wood|woods|clearing|field|meadow|garden|park|camp|campfire|campsite|river|riverbank|lake|desert|cave|swamp|hill|hillside|mountain|mountainside|trail|valley|moor|orchard|graveyard|cemetery|glade|jungle|vineyard'],
  ['study', 'library|office|study|archive|laboratory|lab|classroom|school|academy|museum|gallery|workshop|studio|observatory|newsroom'],
  ['shop', 'shop|store|bookshop|bookstore|apothecary|pharmacy|forge|smithy|stall|boutique|garage|greenhouse'],
  ['hall', 'castle|palace|throne room|great hall|hall|church|chapel|temple|cathedral|monastery|court|courtroom|tower|keep|manor|mansion|ballroom|theatre|theater|arena|crypt|dungeon|prison|cell'],
  ['care', 'hospital|clinic|infirmary|ward|sickroom'],
  ['home', 'kitchen|house|bedroom|living room|parlour|parlor|cottage|apartment|flat|porch|attic|cellar|basement|balcony|bathroom|hallway|corridor|stairwell|hut|farmhouse|barn|stable|home|veranda|doorway|tent'],
  ['room', 'room'],
  ['town', 'town|village|city|port|district|quarter|kingdom|colony|outpost|settlement'],
];

const NOUNS = KINDS.map(([, nouns]) => nouns).join('|');
const PREPOSITION = String.raw`(?:in|at|on|inside|aboard|outside|within|into|behind|beneath|under|near|by|of|through|across|along|down|beside|enters?|from)`;
/** "in the back room of the old inn": preposition, determiner, up to four words, a noun of place, and what it is part of. */
const PLACE = new RegExp(
  String.raw`\b${PREPOSITION}\s+((?:the|a|an|his|her|my|your|our|their|its)\s+(?:[\p{L}'’-]+\s+){0,4}?(?:${NOUNS})(?:\s+(?:room|car|house|stop|yard|shop|hall))?\b(?:\s+(?:of|in|at|called|named|on)\s+(?:the\s+)?(?:\p{Lu}[\p{L}'’]+(?:\s+\p{Lu}[\p{L}'’]+)*|(?:old|ruined|abandoned|royal)?\s*(?:${NOUNS})\b))?)`,
  'giu',
);
/** "at the Drowned Rat", "in Port Verity": a name after a preposition. */
const NAMED = /\b(?:in|at|inside|aboard|outside|near|of(?=\s+the))\s+((?:the\s+)?\p{Lu}[\p{L}'’]+(?:\s+(?:of\s+(?:the\s+)?)?\p{Lu}[\p{L}'’]+){0,3})/gu;

const NO_PLACE = /^(?:the )?(?:january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|christmas|easter|english|french|i)\b/i;

export interface Place {
  readonly name: string;
  readonly type: string;
  readonly description: string;
}

/** Where a piece of prose is set. Falls back to "Somewhere quiet". `people` are names that are no places. */
export function placeIn(prose: string, people: readonly string[]): Place {
  const isPerson = (text: string): boolean => people.some((name) => name !== '' && text.toLowerCase().includes(name.toLowerCase()));
  const described = [...prose.matchAll(PLACE)].map((found) => found[1] ?? '').filter((text) => !isPerson(text));
  const named = [...prose.matchAll(NAMED)].map((found) => found[1] ?? '').filter((text) => !NO_PLACE.test(text) && !isPerson(text));
  // A street or a room says more than the town it is in.
  const told = described.filter((text) => typeOf(text) !== 'town');
  // "the old library" says more than a name, a name more than "the bar".
  const best = headline(prose, isPerson) ?? told.find((text) => text.split(/\s+/).length > 2) ?? named[0] ?? told[0] ?? described[0] ?? bareNoun(prose);
  if (best === undefined) return { name: 'Somewhere quiet', type: 'place', description: '' };
  const name = title(best.trim().replace(/^(?:[Tt]he|[Aa]n?|[Ii]ts)\s+(?!\p{Lu})/u, '').replace(/^(?:his|her|my|your|our|their)\s+/i, ''));
  const type = typeOf(best);
  return { name, type: type === 'place' && told[0] !== undefined ? typeOf(told[0]) : type, description: sentenceWith(prose, best) };
}

/** A place by the words that lead to it: "to the old harbour" is "Old harbour", a shore. */
export function placeNamed(phrase: string): { name: string; type: string } {
  const name = phrase.trim().replace(/^(?:[Tt]he|[Aa]n?|[Ii]ts)\s+(?!\p{Lu})/u, '').replace(/^(?:his|her|my|your|our|their)\s+/i, '');
  return { name: title(name), type: typeOf(phrase) };
}

/** Whether a phrase holds a noun that names a place. */
export function namesPlace(phrase: string): boolean {
  return ANY_NOUN.test(phrase);
}

/** "The back room of the inn, late in the evening." Many openings begin with a place and no verb. */
function headline(prose: string, isPerson: (text: string) => boolean): string | undefined {
  const phrase = /^[*_"\s]*((?:the|a|an|inside)\s[^,.;:!?]{3,80})[,.;:]/i.exec(prose)?.[1] ?? '';
  const isPlace = new RegExp(String.raw`\b(?:${NOUNS})\b`, 'i').test(phrase);
  const hasVerb = /\b(?:is|are|was|were|has|had|have|hangs?|falls?|stands?|sits?|stood|sat|hammers?|drums?|lies|lay|comes?|came|goes|went|opens?|closes?|burns?|smells?|waits?|looks?)\b/i.test(phrase);
  return isPlace && !hasVerb && !isPerson(phrase) && phrase.split(/\s+/).length <= 12 ? phrase : undefined;
}

function bareNoun(prose: string): string | undefined {
  return new RegExp(String.raw`\b(?:(?:the|a|an)\s+)(?:[\p{L}-]+\s+)?(?:${NOUNS})\b`, 'iu').exec(prose)?.[0];
}

const ANY_NOUN = new RegExp(String.raw`\b(?:${NOUNS})\b`, 'i');
const ONE_NOUN = new RegExp(`^(?:${NOUNS})$`, 'i');

/** The name of a place as it is said within a sentence: "Back room of the inn" is "the back room of the inn", "Port Verity" itself. */
export function placeInSentence(name: string): string {
  const common = /^\p{Lu}\S*\s+\p{Ll}/u.test(name) || ONE_NOUN.test(name);
  if (!common || /^(?:the|a|an|my|your|his|her|their|our)\s/i.test(name)) return name.replace(/^(?:The|A|An)\s/, (article) => article.toLowerCase());
  return `the ${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

function typeOf(text: string): string {
  // The last noun is the head of the phrase, unless "of" hangs another one from it.
  const head = text.toLowerCase().split(/\s+(?:of|in|at|called|named|on|above|under|below|beside|behind|over|near)\s+/)[0] ?? '';
  const named = KINDS.find(([, nouns]) => new RegExp(String.raw`\b(?:${nouns})$`, 'i').test(head));
  // "room" alone says little: what it is a room of says more.
  const known = named && named[0] !== 'room' ? named : KINDS.find(([, nouns]) => new RegExp(String.raw`\b(?:${nouns})\b`, 'i').test(text));
  return known?.[0] ?? 'place';
}

/** The sentence of a text that holds a phrase, at most 240 characters. */
export function sentenceWith(prose: string, phrase: string): string {
  const sentence = prose.split(/(?<=[.!?][*"”]*)\s+/).find((one) => one.includes(phrase)) ?? '';
  return sentence.replaceAll(/[*"]/g, '').trim().slice(0, 240);
}

function title(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1).replaceAll(/\s+/g, ' ').trim();
}
