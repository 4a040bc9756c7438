import { escape, type Piece } from './pieces.ts';
import { thirdPerson } from './thirdPerson.ts';

const LONGEST_FACT = 160;

const KIN =
  'brother|sister|mother|father|mum|mom|dad|son|daughter|husband|wife|uncle|aunt|cousin|grandmother|grandfather|grandma|grandpa|parents|children|family|twin|friend|dog|cat|horse|name|birthday|job|work|trade|home|house|village|ship|shop|favou?rite [a-z]+';
const LEAD = String.raw`^(?:(?:well|so|oh|no|yes|ah|and|but|because|you know|you see|the truth is|to be honest|honestly|listen|look|actually|once|my dear|i have to tell you|i confess|i never told (?:anyone|anybody|you)(?: that)?)[,:;.]?\s+){0,2}`;

/** Sentences by which somebody tells what lasts about themselves. */
const TELLING: readonly RegExp[] = [
  new RegExp(`${LEAD}my (?:older |younger |elder |little |big |only |late |first |dead |twin |best )?(?:${KIN})(?: [a-z]+)? (?:is|was|were|are|died|drowned|left|lives?|lived|works?|worked|taught|fell|went|came|comes|used|has|had|hated?|loved?|kept|sold|married|never|always|disappeared|vanished|burned|built|owns?|owned)\\b`, 'i'),
  new RegExp(`${LEAD}i(?:'m| am| was) (?:a|an|the) (?!bit\\b|little\\b|lot\\b|fool\\b|liar\\b|joke\\b|while\\b|moment\\b|few\\b|mess\\b|coward\\b|one who takes\\b|one (?:still|who)\\b|reason\\b)`, 'i'),
  new RegExp(`${LEAD}i(?:'m| am) (?:from\\b|allergic\\b|married\\b|widowed\\b|engaged\\b|an? only child\\b|afraid of (?:the |[a-z]+s\\b)|scared of (?:the |[a-z]+s\\b)|\\w+(?:-\\w+)? years old|in love with\\b)`, 'i'),
  new RegExp(`${LEAD}i (?:was born|was raised|grew up|come from|live (?:in|at|on|above|with|alone)|lived (?:in|at|on|above|with)|work (?:as|in|at|for|on)|worked (?:as|in|at|for|on)|used to (?!it\\b)|lost my|never learned|never knew my|never had|keep (?:a|the|bees|my)\\b|mend|studied|trained|served|play the|speak (?:[A-Z]\\w+)|once (?!more|again)|can(?:'t|not) (?:swim|read|write|dance|sing|cook|ride|drive)|have never learned|have always (?:lived|worked|wanted)|own a|run a|teach|paint|collect|hate (?:the |[a-z]+s\\b)|love (?:the |[a-z]+s\\b)|fear )`, 'i'),
  new RegExp(`${LEAD}i(?:'ve| have) (?:got )?(?:a|an|two|three|four|five|six|no) (?:[a-z]+ )?(?:${KIN})s?\\b`, 'i'),
  new RegExp(`${LEAD}i(?:'ve| have) (?:been (?:married|to prison|a (?!while|long))|lived |worked |never (?:been|seen|left|learned|learnt|told)|always (?:lived|wanted|been afraid))`, 'i'),
];

const NAMED = /^(?:(?:hello|hi|good (?:morning|day|evening))[,.!]?\s+)?(?:my name is|(?:they|people) call me|i(?:'m| am))\s+\p{Lu}[\p{L}'-]*(?:\s+\p{Lu}[\p{L}'-]*)*,?\s+and\s+(?=i\b|my\b)/iu;

/** What the speaker of a sentence tells about themselves that will still be so tomorrow, in the third person; undefined when nothing. */
export function disclosedIn(piece: Piece): string | undefined {
  if (piece.kind === 'done' || piece.text.includes('?')) return undefined;
  // "My name is Ava, and I am a baker": the name is known, the rest may be news.
  const text = piece.text.replace(NAMED, '');
  if (!TELLING.some((pattern) => pattern.test(text))) return undefined;
  const bare = text.replace(new RegExp(LEAD, 'i'), '').replace(/[.!…]+$/, '');
  // "I ran a shop, you know, and you ..." : whom it is told to does not belong to the fact.
  const told = thirdPerson(bare, piece.speaker, undefined);
  // Their name is known.
  if (told !== undefined && new RegExp(`\\bname is ${escape(piece.speaker.split(' ')[0] ?? '')}`, 'i').test(told)) return undefined;
  return told === undefined || told.length > LONGEST_FACT || /\byou\b/i.test(told) ? undefined : told;
}
