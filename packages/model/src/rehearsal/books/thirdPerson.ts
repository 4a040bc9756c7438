const IRREGULAR: Readonly<Record<string, string>> = {
  am: 'is', "'m": 'is', have: 'has', "'ve": 'has', do: 'does', go: 'goes', "don't": "doesn't", "haven't": "hasn't", "'ll": 'will', "'d": 'would', are: 'is',
};
/** Words after "I" that stay as they are: helpers, adverbs, and what was. */
const UNCHANGED = new Set(
  ('was were had did can could will would must should may might shall cannot never always still only also once just really used not ' +
    'lost grew came went saw took left kept told heard found made knew felt met won ran fell fought swore gave bought sold stole broke wrote spent swam drove rode slept sat stood held lay ate ' +
    'drank sang thought brought taught caught began drew flew rose spoke woke wore led put hit cut set shut hurt understood became forgot chose hid paid said sent lent built dug hung struck stuck ' +
    "threw can't couldn't won't wouldn't didn't wasn't hadn't mustn't").split(' '),
);

/** "am" is "is", "work" is "works", "worked" stays. */
function third(verb: string): string {
  const low = verb.toLowerCase();
  const known = IRREGULAR[low];
  if (known !== undefined) return known;
  if (UNCHANGED.has(low) || low.endsWith('ed')) return low;
  if (/(?:ch|sh|ss|x|z|o)$/.test(low)) return `${low}es`;
  return /[^aeiou]y$/.test(low) ? `${low.slice(0, -1)}ies` : `${low}s`;
}

/**
 * A sentence told by somebody else: "My brother drowned, and I was there" of Ada is "Ada's brother drowned, and they were there". `hearer` is whom "you"
 * means; without one a sentence that needs it gives undefined.
 */
export function thirdPerson(sentence: string, speaker: string, hearer: string | undefined): string | undefined {
  let named = false;
  let called = false;
  let lacking = false;
  const own = (first: string, later: string): string => {
    const word = named ? later : first;
    named = true;
    return word;
  };
  const other = (first: string, later: string): string => {
    lacking ||= hearer === undefined;
    const word = called ? later : first;
    called = true;
    return word;
  };
  const told = sentence.replaceAll(/’/g, "'").replaceAll(
    /\b(?:(I)('m|'ve|'ll|'d|\s+(?:never|always|still|only|also|once|just|really)(?=\s)|)(?:\s+([a-z']+))?|(my|mine|me|myself)|(you)('re|'ve|'ll|'d| are| were| have|)|(your|yours|yourself))\b/gi,
    (whole, i: string | undefined, joint: string | undefined, verb: string | undefined, mine: string | undefined, you: string | undefined, areYou: string | undefined, yours: string | undefined) => {
      if (i !== undefined) {
        const first = !named;
        const subject = own(speaker, 'they');
        const helper = joint === undefined || joint === '' ? '' : joint.trim();
        if (helper.startsWith("'")) return `${subject} ${first ? third(helper) : plural(helper)}${verb === undefined ? '' : ` ${verb}`}`;
        const adverb = helper === '' ? '' : ` ${helper}`;
        return `${subject}${adverb}${verb === undefined ? '' : ` ${first ? third(verb) : plural(verb)}`}`;
      }
      if (mine !== undefined) return /^my$/i.test(mine) ? own(possessive(speaker), 'their') : /^mine$/i.test(mine) ? own(possessive(speaker), 'theirs') : /^me$/i.test(mine) ? own(speaker, 'them') : 'themself';
      if (you !== undefined) {
        const first = !called;
        const be = (areYou ?? '').trim();
        const form: Readonly<Record<string, string>> = { "'re": 'is', are: 'is', were: 'was', "'ve": 'has', have: 'has', "'ll": 'will', "'d": 'would' };
        return `${other(hearer ?? '', be === '' ? 'them' : 'they')}${be === '' ? '' : ` ${first ? (form[be.toLowerCase()] ?? be) : plural(be)}`}`;
      }
      if (yours !== undefined) return /^your$/i.test(yours) ? other(possessive(hearer ?? ''), 'their') : other(hearer ?? '', 'theirs');
      return whole;
    },
  );
  if (lacking || /\b(?:we|us|our|ours)\b/i.test(told)) return undefined;
  return told.charAt(0).toUpperCase() + told.slice(1);
}

function plural(verb: string): string {
  const low = verb.toLowerCase();
  const known: Readonly<Record<string, string>> = { am: 'are', "'m": 'are', was: 'were', is: 'are', has: 'have', "'ve": 'have', "'ll": 'will', "'d": 'would', "'re": 'are' };
  return known[low] ?? low;
}

const possessive = (name: string): string => `${name}${name.endsWith('s') ? "'" : "'s"}`;
