import type { Exchange } from './exchange.ts';
import { piecesOf } from './pieces.ts';

/** A plan as the question lists it: `plan-1: Supper at the light (date, planned for ...)`. */
const LISTED = /\b(plan-\d+): (.+?) \(([^(),]+), [^()]*\)(?=[;.])/g;

/** Words of a title that do not tell one plan from another. */
const COMMON = new Set('that this with from what when where then there their your have will some into about together evening meeting journey surprise done being'.split(' '));

const WHAT = [
  ['cancelled', /\b(?:calls?|called) (?:\S+ ){0,4}off\b|\bcancel(?:s|led|ed)?\b|\b(?:won't|will not|is not going to) (?:happen|take place|come to anything)\b|\b(?:is|are) off\b|\bno longer on\b/i],
  ['completed', /\b(?:is|was|are|were|has been|have been) (?:over|done|finished|at an end|behind us|complete|kept|met)\b|\b(?:has|have) (?:come to an end|ended|come to pass)\b|\bcame to (?:an end|pass)\b|\bwe (?:did it|made it|have arrived|kept)\b|\b(?:went|gone) (?:well|badly|as planned)\b|\b(?:finish|finishes|finished|ends) the\b/i],
  ['started', /\b(?:begins|began|has begun|have begun|starts now|started|is under way|gets? under way|sets? out)\b/i],
] as const;

/** Words by which a sentence only speaks of what may come. */
const ONLY_TALK = /\?|\b(?:if|when|until|before|unless|hope|wish|would|could|might|may|should|shall|tomorrow|soon|wait(?:ing)? for|looking forward|almost|nearly|never|not yet)\b/i;

/** Which plans a turn carried on, as far as its words say so of them by name. */
export function plansIn({ turn, sections }: Exchange): { moved: { plan: string; what: (typeof WHAT)[number][0] }[] } {
  const listed = [...(sections.get('what to note') ?? '').matchAll(LISTED)].map(([, plan = '', title = '', kind = '']) => ({ plan, names: namesOf(title, kind) }));
  const pieces = piecesOf(turn).map(({ text }) => text.toLowerCase());
  const moved = listed.flatMap(({ plan, names }) => {
    const about = pieces.filter((text) => names.some((name) => text.includes(name)));
    const found = WHAT.find(([what, pattern]) => about.some((text) => pattern.test(text) && (what === 'cancelled' || !ONLY_TALK.test(text))));
    return found === undefined ? [] : [{ plan, what: found[0] }];
  });
  return { moved };
}

/** Words by which a plan is spoken of: those of its title, and what kind of plan it is. */
function namesOf(title: string, kind: string): string[] {
  const words = title.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
  return [...new Set([...words.filter((word) => !COMMON.has(word)), `the ${kind.toLowerCase()}`])];
}
