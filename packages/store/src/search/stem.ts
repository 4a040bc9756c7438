/** Stems held at hand: the words of a language that a story uses often. Beyond it the oldest go. */
const HELD = 20_000;
const held = new Map<string, string>();

/** A word in small letters, without its ending: M. F. Porter's stemmer of 1980, for English. Other words stay as they are. */
export function stem(word: string): string {
  const known = held.get(word);
  if (known !== undefined) return known;
  const made = /^[a-z]{3,40}$/.test(word) ? porter(word) : word;
  if (held.size >= HELD) held.delete(held.keys().next().value ?? '');
  held.set(word, made);
  return made;
}

const C = '[^aeiou]';
const V = '[aeiouy]';
const CC = `${C}[^aeiouy]*`;
const VV = `${V}[aeiou]*`;
/** Porter's m: how often a vowel is followed by a consonant, above nought, one, and more than one. */
const M_ABOVE_0 = new RegExp(`^(${CC})?${VV}${CC}`);
const M_IS_1 = new RegExp(`^(${CC})?${VV}${CC}(${VV})?$`);
const M_ABOVE_1 = new RegExp(`^(${CC})?${VV}${CC}${VV}${CC}`);
const HAS_VOWEL = new RegExp(`^(${CC})?${V}`);
const ENDS_CVC = new RegExp(`^${CC}${V}[^aeiouwxy]$`);

const STEP_2: readonly (readonly [string, string])[] = [
  ['ational', 'ate'], ['tional', 'tion'], ['enci', 'ence'], ['anci', 'ance'], ['izer', 'ize'], ['bli', 'ble'], ['alli', 'al'],
  ['entli', 'ent'], ['eli', 'e'], ['ousli', 'ous'], ['ization', 'ize'], ['ation', 'ate'], ['ator', 'ate'], ['alism', 'al'],
  ['iveness', 'ive'], ['fulness', 'ful'], ['ousness', 'ous'], ['aliti', 'al'], ['iviti', 'ive'], ['biliti', 'ble'], ['logi', 'log'],
];
const STEP_3: readonly (readonly [string, string])[] = [
  ['icate', 'ic'], ['ative', ''], ['alize', 'al'], ['iciti', 'ic'], ['ical', 'ic'], ['ful', ''], ['ness', ''],
];
const STEP_4 = [
  'ement', 'ance', 'ence', 'able', 'ible', 'ment', 'ant', 'ent', 'ism', 'ate', 'iti', 'ous', 'ive', 'ize', 'ion', 'al', 'er', 'ic', 'ou',
];

function porter(word: string): string {
  // A y that begins a word is a consonant; a capital keeps it from being taken for a vowel.
  let w = word.startsWith('y') ? `Y${word.slice(1)}` : word;
  if (w.endsWith('sses') || w.endsWith('ies')) w = w.slice(0, -2);
  else if (w.endsWith('s') && !w.endsWith('ss')) w = w.slice(0, -1);
  w = withoutPast(w);
  if (w.endsWith('y') && HAS_VOWEL.test(w.slice(0, -1))) w = `${w.slice(0, -1)}i`;
  w = exchanged(w, STEP_2);
  w = exchanged(w, STEP_3);
  w = withoutEnding(w);
  if (w.endsWith('e')) {
    const rest = w.slice(0, -1);
    if (M_ABOVE_1.test(rest) || (M_IS_1.test(rest) && !ENDS_CVC.test(rest))) w = rest;
  }
  if (w.endsWith('ll') && M_ABOVE_1.test(w)) w = w.slice(0, -1);
  return w.toLowerCase();
}

function withoutPast(w: string): string {
  if (w.endsWith('eed')) return M_ABOVE_0.test(w.slice(0, -3)) ? w.slice(0, -1) : w;
  const ending = w.endsWith('ed') ? 2 : w.endsWith('ing') ? 3 : 0;
  const rest = w.slice(0, w.length - ending);
  if (ending === 0 || !HAS_VOWEL.test(rest)) return w;
  if (/(?:at|bl|iz)$/.test(rest)) return `${rest}e`;
  if (/([^aeiouylsz])\1$/.test(rest)) return rest.slice(0, -1);
  return ENDS_CVC.test(rest) ? `${rest}e` : rest;
}

function exchanged(w: string, endings: readonly (readonly [string, string])[]): string {
  const found = endings.find(([ending]) => w.endsWith(ending));
  if (found === undefined) return w;
  const rest = w.slice(0, w.length - found[0].length);
  return M_ABOVE_0.test(rest) ? rest + found[1] : w;
}

function withoutEnding(w: string): string {
  const ending = STEP_4.find((candidate) => w.endsWith(candidate));
  if (ending === undefined) return w;
  const rest = w.slice(0, w.length - ending.length);
  if (ending === 'ion' && !/[st]$/.test(rest)) return w;
  return M_ABOVE_1.test(rest) ? rest : w;
}
