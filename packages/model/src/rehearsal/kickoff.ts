import { bearingOf, subjectsOf } from './bearing.ts';
import { pronounsIn } from './facts.ts';
import { placeIn, sentenceWith } from './places.ts';
import type { Prompt } from './prompt.ts';
import { anchorIn, weatherIn, whenIn } from './when.ts';

/** How two people stand, by what prose calls them: affinity and trust, and the words for it. The first that fits counts. */
const TIES: readonly (readonly [RegExp, number, number, string])[] = [
  [/\b(?:sworn enem|mortal enem|nemesis|hates? (?:you|him|her)|despises?)/i, 10, 10, 'There is open enmity between them.'],
  [/\b(?:enem(?:y|ies)|foes?|hunting you|betrayed)\b/i, 18, 12, 'They stand on opposite sides.'],
  [/\b(?:captor|prisoner|kidnapp|hostage|interrogat)/i, 25, 18, 'One holds the other against their will.'],
  [/\b(?:rivals?|rivalry|competitor)\b/i, 38, 35, 'They are rivals.'],
  [/\b(?:ex-(?:wife|husband|lover|boyfriend|girlfriend)|former lover|your ex\b|used to be (?:lovers|married))/i, 48, 38, 'They were close once, and it ended.'],
  [/\b(?:wife|husband|spouse|married|fianc)/i, 85, 80, 'They are married, or as good as.'],
  [/\b(?:lovers?|girlfriend|boyfriend|partner of|in love with)\b/i, 82, 72, 'They are lovers.'],
  [/\b(?:best friend|closest friend|oldest friend|childhood friend|old friends?|friends? for years|lifelong friend)\b/i, 80, 78, 'They are old friends.'],
  [/\b(?:brother|sister|sibling|mother|father|daughter|son|aunt|uncle|cousin|twin|grandmother|grandfather)\b/i, 72, 68, 'They are family.'],
  [/\b(?:crush on|smitten|fond of you|secretly loves?)\b/i, 74, 58, 'There is more feeling than has been said.'],
  [/\b(?:friends?|friendly|companions?|comrades?|roommates?)\b/i, 68, 66, 'They are friends.'],
  [/\b(?:distrusts?|suspicious|wary|doesn['’]t trust|suspects?)\b/i, 42, 28, 'There is little trust between them yet.'],
  [/\b(?:mentor|teacher|pupil|student|apprentice|master)\b/i, 60, 64, 'One teaches the other.'],
  [/\b(?:boss|employer|colleagues?|coworkers?|partners?|crew(?:mates?)?|captain|client|customer|regular|neighbou?rs?)\b/i, 55, 55, 'They know each other through their work or their street.'],
  [/\b(?:strangers?|never met|first time|don['’]t know each other|newcomer|new in town|unknown|just arrived|meets? you)\b/i, 50, 40, 'They have only just met.'],
];

const BOT_LABEL = /^\s*(?:bot|character|char|host|their name|bot name|the bot|character's name)\s*:\s*(.+?)\s*$/im;
const YOU_LABEL = /^\s*(?:you|user|player|persona|your name|the user|user's name)\s*:\s*(.+?)\s*$/im;
const PROSE_LABEL = /^\s*(?:#+\s*)?(?:kickoff|kickoff prose|prose|opening|scene|text)\s*:?\s*(?:\n+|$)|^\s*(?:kickoff|kickoff prose|prose|opening|text)\s*:\s+(?=\S)/im;

/** Reads a kickoff (SC-1): place, time, weather, how both are placed, and how they stand to each other. */
export function kickoff(prompt: Prompt): unknown {
  const { bot, you, prose } = readRequest(prompt);
  const pronouns = pronounsIn(prose);
  const place = placeIn(prose, [bot, you]);
  const when = whenIn(prose);
  const [, affinity, trust, tie] = TIES.find(([pattern]) => pattern.test(prose)) ?? [null, 50, 50, 'They do not have much history yet.'];
  const tieWord = TIES.find(([pattern]) => pattern.test(prose))?.[0].exec(prose)?.[0];
  return {
    place,
    time: when,
    weather: weatherIn(prose),
    anchor: anchorIn(prose),
    you: bearingOf(prose, ['you', ...(you === '' ? [] : subjectsOf(you, { ...pronouns, they: '' }))], { posture: 'standing', action: 'arriving', holding: [] }),
    bot: bearingOf(prose, subjectsOf(bot, pronouns), { posture: 'standing', action: 'waiting', holding: [] }),
    edge: { affinity, trust, summary: tieWord === undefined ? tie : `${tie} ${sentenceWith(prose, tieWord)}`.trim().slice(0, 300) },
    title: titleOf(place.name, when.label),
  };
}

/** "Service lift, Thursday evening": six words or so. */
function titleOf(place: string, label: string): string {
  const short = place.split(/\s+/).length > 4 ? (place.split(/\s+(?:of|in|at|above|under|below|beside|behind|near|on)\s+/)[0] ?? place) : place;
  const [first = '', second = ''] = label.split(', ');
  // A date stays as it is; a time of day goes on in the sentence.
  const part = /^\d/.test(first) ? `${first}, ${second.toLowerCase()}` : /^\w+day\b/.test(first) ? first : first.toLowerCase();
  // "A clock shop at dusk" says when by itself.
  const said = part !== '' && short.toLowerCase().includes(part.toLowerCase());
  return (said || part === '' ? short : `${short}, ${part}`).slice(0, 80);
}

/** The prose and both names, out of the last message: labelled lines, then the prose under its own label or as what remains. */
function readRequest(prompt: Prompt): { bot: string; you: string; prose: string } {
  const text = prompt.last;
  const label = PROSE_LABEL.exec(text);
  const head = label ? text.slice(0, label.index) : text;
  const bot = BOT_LABEL.exec(head)?.[1] ?? BOT_LABEL.exec(text)?.[1] ?? prompt.name;
  const you = YOU_LABEL.exec(head)?.[1] ?? YOU_LABEL.exec(text)?.[1] ?? '';
  const prose = (label ? text.slice(label.index + label[0].length) : text)
    .replace(BOT_LABEL, '')
    .replace(YOU_LABEL, '')
    .replace(/^#+\s.*$/gm, '')
    .replaceAll(/\{\{char\}\}/gi, bot)
    .replaceAll(/\{\{user\}\}/gi, 'you')
    .trim();
  return { bot, you, prose };
}
