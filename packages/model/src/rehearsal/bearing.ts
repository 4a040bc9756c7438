import type { Pronouns } from './facts.ts';

export interface Bearing {
  readonly posture: string;
  readonly action: string;
  readonly holding: string[];
}

/** Postures by the verbs that show them, strongest first. */
const POSTURES: readonly (readonly [RegExp, string])[] = [
  [/\b(?:lies|lying|lay|sprawl\w*|stretched out|in bed)\b/i, 'lying'],
  [/\b(?:kneels?|kneeling|knelt|on (?:one|his|her|their|your) knees?)\b/i, 'kneeling'],
  [/\b(?:crouch\w*|squat\w*)\b/i, 'crouching'],
  [/\b(?:sits?|sitting|sat|seated|perch\w*|slouch\w*|curled|takes? a seat|rides?|riding|driving|drives?)\b/i, 'sitting'],
  [/\b(?:leans?|leaning|leant|slump\w*|propped)\b/i, 'leaning'],
  [/\b(?:walks?|walking|walked|pac(?:es|ing)|strolls?|wander\w*|running|runs?|hurr(?:y|ies|ying)|climb\w*|steps?|enters?|push(?:es)? (?:open|through))\b/i, 'moving'],
  [/\b(?:stands?|standing|stood|waits?|waiting)\b/i, 'standing'],
];

const ACTING =
  /\b((?:polish|clean|wip|pour|read|writ|cook|stir|mend|repair|sharpen|play|watch|look|star|gaz|wait|hum|sing|smok|drink|eat|sort|count|pack|unpack|lock|sweep|scrubb?|draw|paint|carv|knit|sew|feed|tend|check|stud|argu|talk|whisper|listen|search|fix|fold|stack|arrang|shuffl|work|sleep|rest|practi[sc]|train|guard|fish|row|steer|driv|brew|bak|chopp?|bandag|inspect|scribbl|light|hold|clos|open|turn|tun|trimm?|cutt?|warm|load|rins|dry)(?:s|es|ing|ies|ying))\b((?:\s+(?!and\b|when\b|while\b|as\b|but\b|until\b)[\p{L}'’-]+){0,8})/iu;

/** What is done beside: "sits on her toolbox, unscrewing the lid". */
const DOING = /,\s+((?!having|being|during|nothing|something|anything|everything|evening|morning|according)[a-z]{2,}ing)\b((?:\s+(?!and\b|when\b|while\b|as\b|but\b|until\b)[\p{L}'’-]+){0,8})/u;
/** Where someone is, for want of a deed: "stands by the doors". */
const WHERE = /\b(?:stands?|standing|sits?|sitting|sat|stood|leans?|leaning|kneels?|kneeling|lies|lying|is|are|waits?|waiting)\s+(?:\w+ly\s+|upright\s+)?((?:at|by|on|behind|beside|in|near|against|over|under)\s+(?:(?!with\b|and\b|while\b|as\b)[\p{L}'’-]+\s?){1,7})/iu;

const HOLDING = /\b(?:hold(?:s|ing)?|carr(?:y|ies|ying)|clutch(?:es|ing)?|grip(?:s|ping)?|cradl(?:es?|ing)|grasp(?:s|ing)?|brandish(?:es|ing)?|wield(?:s|ing)?|polish(?:es|ing)?|with)\s+((?:a|an|the|his|her|their|your|my|two|three)\s+(?:[\p{L}-]+\s+){0,2}[\p{L}-]+)(?:\s+(?:in|under|over|between)\s+(?:one\s+|the\s+|both\s+)?(?:his|her|their|your|my|one)?\s*(?:hands?|arms?|fingers|fist|lap|shoulder))?/giu;

const IN_HAND = /\b((?:a|an|the|his|her|their|your|my)\s+(?:[\p{L}-]+\s+){0,2}[\p{L}-]+)\s+(?:in|under|over)\s+(?:(?:his|her|their|your|my|one|the)\s+)?(?:other\s+)?(?:hands?|arm|fist|shoulder|lap)\b/giu;

const NO_OBJECT = /\b(?:eyes?|hands?|arms?|face|voice|smile|grin|breath|head|gaze|hair|look|way|others?|world|night|back|door|something|nothing|everything|you|friend|man|woman)$/i;

/** How someone is placed in a piece of prose: `subjects` are the words that mean them ("you", a name, a pronoun). */
export function bearingOf(prose: string, subjects: readonly string[], otherwise: Bearing): Bearing {
  const own = clausesOf(prose, subjects);
  const posture = POSTURES.find(([pattern]) => pattern.test(own))?.[1] ?? otherwise.posture;
  const act = ACTING.exec(own) ?? DOING.exec(own);
  const action = act ? `${gerund(act[1] ?? '')}${trimmed(act[2] ?? '')}` : (WHERE.exec(own)?.[1]?.trim() ?? otherwise.action);
  const held = [...own.matchAll(HOLDING), ...own.matchAll(IN_HAND)].map((found) => (found[1] ?? '').replace(/\s+(?:in|on|at|over|under|across|round|around|to|and|for|from|with|by|gone)(?:\s.*)?$/i, '').trim());
  const holding = [...new Set(held.map((thing) => thing.replace(/^(?:his|her|their|your|my)\s+/i, 'the ')))].filter((thing) => !NO_OBJECT.test(thing) && !/(?:ed|ing)$/.test(thing) && thing.includes(' ')).slice(0, 3);
  return { posture, action, holding };
}

/** The words that mean the bot and the words that mean you, for `bearingOf`. */
export function subjectsOf(name: string, pronouns: Pronouns): string[] {
  return [name, name.split(' ')[0] ?? '', pronouns.they].filter(Boolean);
}

/** The parts of a text whose subject is one of the given words; a part without any subject goes with the one before. */
function clausesOf(prose: string, subjects: readonly string[]): string {
  const mine = new RegExp(String.raw`^\W*(?:(?:and|but|while|when|as|then|where|there|now|today|tonight|behind [\w ]+|at [\w ]+|in [\w ]+|on [\w ]+),?\s+)*(?:\p{Lu}\p{Ll}+\.?\s+)?(?:${subjects.map((one) => one.replaceAll(/[.*+?^$()|[\]\\{}]/g, '')).join('|')})\b`, 'iu');
  const others = /^\W*(?:(?:and|but|while|when|as|then|where)\s+)*(?:you|i|he|she|they|it|we|the|a|an|rain|snow|\p{Lu}\p{Ll}+)\b/iu;
  const kept: string[] = [];
  let belongs = false;
  for (const clause of prose.replaceAll(/[*"“”]/g, ' ').split(/(?<=[.!?;])\s+|,\s+(?=(?:and |but |while |as |when )?(?:you|he|she|they|it|\p{Lu}\p{Ll}+)\b)|\s+(?=(?:while|when|as)\s+(?:you|he|she|they|\p{Lu}\p{Ll}+)\b)/u)) {
    const text = clause.trim();
    if (mine.test(text)) belongs = true;
    else if (others.test(text)) belongs = false;
    if (belongs) kept.push(text);
  }
  return kept.join('. ');
}

/** "polishes" is "polishing". */
export function gerund(verb: string): string {
  const low = verb.toLowerCase();
  if (low.endsWith('ing')) return low;
  if (/[^aeiou]ies$/.test(low)) return `${low.slice(0, -3)}ying`;
  const stem = /(?:ches|shes|sses|xes)$/.test(low) ? low.slice(0, -2) : low.slice(0, -1);
  return `${/[^e]e$/.test(stem) ? stem.slice(0, -1) : stem}ing`;
}

function trimmed(words: string): string {
  const text = words.replace(/\s+(?:in|on|at|with|the|a|an|his|her|their|your|to|of|by|from|for|near|behind)$/i, '').replace(/\s+(?:in|on|at|with|by|for|near|behind|from|a|the)$/i, '');
  return text.trim() === '' ? '' : ` ${text.trim()}`;
}
