import { pick } from './chance.ts';

const SYLLABLES = 'ba bel bor ca cor da den dor el en fa fen gar hal har il ka kel lan lor ma mar mer mor na nel no or pel ra ren ro sa sel sha ta tel tor va vel wen yar'.split(' ');
const COMMON =
  'the a and of to in it is was he she they you I not but with on at by from as that this what when where who how all one out up down over under again still never always before after'.split(' ');

/** Words of a made-up tongue between common ones: about as many different ones as a long story has. */
function word(chance: () => number): string {
  if (chance() < 0.45) return pick(COMMON, chance);
  // Squared, so that a few words come often and most come rarely, as words do.
  const rank = Math.floor(chance() ** 2 * 3_000);
  const [first, second, third] = [rank % 41, Math.floor(rank / 41) % 41, rank % 7];
  return `${SYLLABLES[first] ?? ''}${SYLLABLES[second] ?? ''}${third < 3 ? (SYLLABLES[third * 11] ?? '') : ''}`;
}

function sentence(chance: () => number): string {
  const words = Array.from({ length: 6 + Math.floor(chance() * 12) }, () => word(chance)).join(' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

/** Prose of about `length` characters: what is said, what is done between asterisks, paragraphs. */
export function prose(length: number, chance: () => number): string {
  let text = '';
  while (text.length < length) {
    const one = sentence(chance);
    const kind = chance();
    text += kind < 0.35 ? `"${one}" ` : kind < 0.6 ? `*${one}* ` : `${one} `;
    if (chance() < 0.15) text = `${text.trimEnd()}\n\n`;
  }
  return text.trim();
}
