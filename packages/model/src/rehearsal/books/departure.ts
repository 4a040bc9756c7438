import { namesPlace, placeInSentence, placeNamed, type Place } from '../places.ts';
import type { Exchange } from './exchange.ts';
import { escape, happens, piecesOf, type Piece } from './pieces.ts';

/** How a scene ended (SC-2), with the place that follows where there is one. */
export interface Departure {
  readonly ended: boolean;
  readonly how: 'no' | 'left' | 'ended' | 'faded';
  readonly place: Place | null;
}

const NOTHING: Departure = { ended: false, how: 'no', place: null };

/** Ways of going, in the present; and as narration tells them of the past. */
const GOES =
  'walk|go|head|drive|ride|run|climb|hurry|stroll|sail|return|travel|wander|march|trudge|cross|set off|set out|start off|make (?:our|my|their|his|her) way|step|slip|come|row|move|creep|sneak|descend|fly|cycle|dash|rush|take (?:the|a) (?:train|tram|bus|lift|boat|ferry|road|path|stairs|carriage|car|taxi|cab)';
const PRESENT = `(?:${GOES.split('|').map((verb) => `${verb.replace(/^(\w+)/, (word) => (/(?:s|sh|ch|o)$/.test(word) ? `${word}(?:es)?` : word.endsWith('y') && !/[aeiou]y$/.test(word) ? `(?:${word}|${word.slice(0, -1)}ies)` : `${word}s?`))}`).join('|')})`;
const PAST = '(?:walked|went|headed|drove|rode|ran|climbed|hurried|strolled|sailed|returned|travelled|wandered|marched|crossed|set off|set out|made (?:our|my|their|his|her) way|stepped|slipped|came|rowed|moved|crept|descended|flew|rushed|took the \\w+)';
const TO = '(?:(?:back |down |up |out |over |on |across |through |off |away |straight |together |side by side |quietly |slowly )*(?:to|into|onto|towards?|for|in)|across|through|up|down)';
/** "the old harbour at Gull Rock", up to what goes on. */
const WHERE = String.raw`((?:the|a|an|my|your|our|his|her|their|\p{Lu})(?:[\p{L}'-]*)(?:\s+(?!and\b|where\b|while\b|as\b|then\b|to\b|together\b|before\b|after\b|with\b|without\b|in\b|hand\b|again\b|so\b|because\b|but\b|until\b|which\b|that\b|under\b|side\b|slowly\b|quickly\b|quietly\b|at\b|for\b|through\b|by\b|near\b|now\b|on\b|from\b|when\b|arm\b)[\p{L}'-]+){0,4}(?:\s+of\s+(?:the\s+)?[\p{L}'-]+(?:\s+\p{Lu}[\p{L}'-]+)*)?)`;
/** What is done before one goes: "we put on our coats and walk". */
const FIRST = String.raw`(?:[\p{L}',-]+\s+){0,8}?(?<!\bto\s)`;
const HOME = '(home|outside|upstairs|downstairs)';
const BETWEEN = String.raw`(?:\s+(?!to\b|into\b|should\b|would\b|could\b)[\p{L}'-]+){0,5}?`;

/** Parts of a place rather than places: whoever goes to the window stays in the room. */
const SPOT =
  /\b(?:window|door|doorway|table|counter|fire|fireplace|hearth|corner|bed|chair|desk|shelf|shelves|stove|wall|rail|railing|railings|sink|side|end|edge|lamp|bench|toolbox|mirror|piano|cupboard|sofa|couch|step|steps|threshold|floor|panel|doors|seat|stool|middle|centre|center|back|front|spot|grate|board|other|one|way|point|light|dark|air|air's|silence|glass|water's edge|rain|night|distance)$/i;
/** Places that are as often a part of one. */
const PART = /\b(?:bar|deck|cabin|platform|hall|porch|balcony|cell|bridge|court|gallery|cockpit|compartment|stall)$/i;

/** "They arrive an hour later" names no place. */
const TIME = /\b(?:hours?|minutes?|moments?|while|days?|time|later|last|end|night|morning|evening|afternoon|same)\b/i;

const ENDS = /\b(?:the scene (?:ends|is over|closes|comes to an end)|end of (?:the )?scene|scene ends?|end scene|close the scene|the curtain falls)\b|^\(?(?:the )?end\.?\)?$/i;
const FADES = /\bfad(?:e|es|ed|ing) (?:out|to black|away to black)\b|\bfade-out\b|\bthe scene fades\b|\bcuts? to black\b/i;
const FAREWELL = /\b(?:good ?night|goodbye|good-bye|farewell|sleep well|so long|adieu|until (?:tomorrow|next time|we meet again)|see you (?:tomorrow|next|soon|another))\b/i;
const GONE =
  /\b(?:leaves?|walks? (?:out|away|off|home)|go(?:es)? (?:out|home|to bed)|clos(?:es?|ing) the door behind|heads? (?:out|home|off)|steps? out|drives? (?:off|away)|disappears?|is gone|(?:am|is|'m|are) (?:going|heading) (?:home|to bed)|turns? (?:away )?and (?:go|goes|leave|leaves|walk|walks)|turn(?:s)? to leave|slips? (?:out|away)|blows? out the (?:lamp|candle)s?|falls? asleep)\b/i;
const ARRIVES = /\b(?:we|they|you|both(?: of (?:us|them|you))?) (?:(?:finally |soon |at last |eventually |both )?)(?:arrive|arrived|reach|reached|get there|got there|are there|come to|come in sight of|enter|entered|find ourselves)\b(?:\s+(?:at|in|on|inside))?(?:\s+(?:there))?/i;

/** Whether and how the scene ended in this turn. Talk of places, of what was and of what might be, ends nothing. */
export function departureIn(exchange: Exchange): Departure {
  const pieces = piecesOf(exchange.turn);
  // What stands in quotation marks is said in the story, not of it.
  if (pieces.some((piece) => piece.kind !== 'said' && FADES.test(piece.text))) return { ended: true, how: 'faded', place: null };
  const goes = pieces.flatMap((piece) => destinationOf(piece, exchange) ?? []).find((place) => !isHere(place, exchange.place));
  if (goes !== undefined) return { ended: true, how: 'left', place: described(goes, exchange) };
  const arrived = arrivalOf(pieces, exchange);
  if (arrived !== undefined && !isHere(arrived, exchange.place)) return { ended: true, how: 'left', place: described(arrived, exchange) };
  if (pieces.some((piece) => piece.kind !== 'said' && ENDS.test(piece.text))) return { ended: true, how: 'ended', place: null };
  return saysGoodbye(pieces, exchange.person) ? { ended: true, how: 'ended', place: null } : NOTHING;
}

const TO_SPOT = new RegExp(String.raw`\b(?:${PRESENT}|${PAST})${BETWEEN}\s+(?:over |across |back |up |down |closer )*(?:to|towards?)\s+((?:the|my|your|his|her|their|a)\s+(?:[\p{L}'-]+\s+){0,2}?[\p{L}'-]+)\b`, 'iu');

/** Where somebody goes to within the place they are in, by the words for it: "the window". */
export function spotOf(text: string): string | undefined {
  const phrase = TO_SPOT.exec(text)?.[1];
  return phrase !== undefined && (SPOT.test(phrase) || PART.test(phrase)) ? phrase.toLowerCase().replace(/^(?:my|your|his|her|their)\s/, 'the ') : undefined;
}

/** Ways of going, made for the names of those present; the last few casts are kept. */
interface Ways {
  readonly together: Goal;
  readonly togetherTold: Goal;
  readonly led: Goal;
  readonly alone: Goal;
  readonly aloneTold: Goal;
}

/** A way of going, up to a place that is named or up to home. */
interface Goal {
  readonly place: RegExp;
  readonly home: RegExp;
}

const CASTS = 50;
const ways = new Map<string, Ways>();

function waysOf(present: readonly string[]): Ways {
  const names = present.flatMap((name) => [name, name.split(' ')[0] ?? name]).map(escape).join('|') || 'nobody';
  const known = ways.get(names);
  if (known) return known;
  const us = String.raw`(?:we(?: both| all| two)?|(?:you and i|(?:${names}) and i|i and (?:${names})|the (?:two|three) of us|they|both of (?:us|them)))`;
  const told = `(?:${PRESENT}|${PAST})`;
  const made: Ways = {
    together: goal(String.raw`\b${us}\s+${FIRST}${PRESENT}${BETWEEN}`),
    togetherTold: goal(String.raw`\b${us}\s+${FIRST}${told}${BETWEEN}`),
    led: goal(String.raw`\b(?:leads?|takes?|brings?|carr(?:y|ies)|drives?|walks?|drags?|pulls?|guides?|follows?)\s+(?:you|us|me|her|him|them|${names})(?:\s+(?:by the hand|along|out|back|down|up))?`),
    alone: goal(String.raw`(?:\bi\s+${FIRST}|\b(?:he|she|${names})\s+)${PRESENT}${BETWEEN}`),
    aloneTold: goal(String.raw`(?:\bi\s+${FIRST}|^(?:then |and )?|\b(?:he|she|${names})\s+)${told}${BETWEEN}`),
  };
  if (ways.size >= CASTS) ways.clear();
  ways.set(names, made);
  return made;
}

const goal = (going: string): Goal => ({ place: new RegExp(`${going}\\s+${TO}\\s+${WHERE}`, 'iu'), home: new RegExp(`${going}\\s+(?:back |straight |on )?${HOME}\\b`, 'iu') });
const ARRIVED: Goal = { place: new RegExp(`${ARRIVES.source}\\s+${WHERE}`, 'iu'), home: new RegExp(`${ARRIVES.source}\\s+${HOME}`, 'iu') };
const PROPOSED = goal(String.raw`\b(?:let's|let us|shall we|we (?:should|could|must|will|can)|we'll|come with me,? (?:and )?(?:we )?)\s*(?:all |both )?(?:${GOES})?${BETWEEN}`);

/** The place that a sentence takes the story to. */
function destinationOf(piece: Piece, exchange: Exchange): string | undefined {
  const { text, kind, speaker } = piece;
  if (kind === 'said' || !happens(text)) return undefined;
  const going = waysOf(exchange.present);
  const together = reached(text, kind === 'done' ? going.togetherTold : going.together);
  if (together !== undefined) return SPOT.test(together) ? undefined : together;
  const led = reached(text, going.led);
  if (led !== undefined) return isPlace(led, exchange.place) ? led : undefined;
  // The story goes where the one goes who writes it; the others may come and go.
  if (speaker !== exchange.person && exchange.person !== undefined) return undefined;
  const alone = reached(text, kind === 'done' ? going.aloneTold : going.alone);
  return alone !== undefined && isPlace(alone, exchange.place) ? alone : undefined;
}

/** What a text reaches by a way of going: a place named, or home. */
function reached(text: string, way: Goal): string | undefined {
  const to = way.place.exec(text)?.at(-1);
  if (to !== undefined) return TIME.test(to) ? undefined : to;
  return way.home.exec(text)?.at(-1);
}

function isPlace(phrase: string, here: string): boolean {
  if (SPOT.test(phrase)) return false;
  if (PART.test(phrase) && here !== '') return false;
  return namesPlace(phrase) || /^(?:home|outside|upstairs|downstairs)$/i.test(phrase) || /^\p{Lu}/u.test(phrase.replace(/^the\s+/i, ''));
}

/** "We arrive at the harbour"; or "they arrive", where it was said before where to. */
function arrivalOf(pieces: readonly Piece[], exchange: Exchange): string | undefined {
  const at = pieces.findIndex((piece) => piece.kind !== 'said' && ARRIVES.test(piece.text) && !piece.text.includes('?') && !/\b(?:when|if|before|until|should|would|could|will)\b/i.test(piece.text));
  const arrival = pieces[at];
  if (arrival === undefined) return undefined;
  const named = ARRIVED.place.exec(arrival.text)?.at(-1) ?? ARRIVED.home.exec(arrival.text)?.at(-1);
  if (named !== undefined && !TIME.test(named)) return SPOT.test(named) ? undefined : named;
  const said = [...piecesOf(exchange.before), ...pieces.slice(0, at)].toReversed();
  for (const { text } of said) {
    const wanted = reached(text, PROPOSED);
    if (wanted !== undefined) return wanted;
  }
  return undefined;
}

function isHere(phrase: string, here: string): boolean {
  const bare = (text: string): string => text.toLowerCase().replace(/^(?:the|a|an|my|your|our|his|her|their)\s+/, '').trim();
  const name = bare(here.split(',')[0] ?? '');
  return name !== '' && (name === bare(phrase) || name.endsWith(` ${bare(phrase)}`) || bare(phrase).endsWith(` ${name}`));
}

function described(phrase: string, exchange: Exchange): Place {
  const { name, type } = placeNamed(phrase);
  const from = exchange.place.split(',')[0]?.trim() ?? '';
  const who = exchange.present.length > 2 ? `${exchange.present.slice(0, -1).join(', ')} and ${exchange.present.at(-1)}` : exchange.present.join(' and ');
  const description = from === '' || who === '' ? '' : `${who} came here from ${placeInSentence(from)}.`;
  return { name, type: /^(?:home)$/i.test(name) ? 'home' : type, description };
}

/** Goodbye said and gone: both, by the same one; where somebody writes, by them. */
function saysGoodbye(pieces: readonly Piece[], person: string | undefined): boolean {
  const leaving = pieces.filter((piece) => piece.kind !== 'said' && happens(piece.text) && GONE.test(piece.text) && (person === undefined || piece.speaker === person));
  return leaving.some((gone) => pieces.some((piece) => piece.speaker === gone.speaker && piece.kind !== 'done' && FAREWELL.test(piece.text) && !piece.text.includes('?')));
}
