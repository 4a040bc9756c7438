import { hearerOf, piecesOf, type Piece } from './pieces.ts';
import type { Exchange } from './exchange.ts';
import { thirdPerson } from './thirdPerson.ts';

const MOST = 5;
const LONGEST_FACT = 240;

/** Sentences that carry news or a secret; the group is what is told, where that is not the whole. */
const NEWS: readonly RegExp[] = [
  /\b\p{Lu}[\p{L}']+(?: \p{Lu}[\p{L}']+)? (?:told|warned|confessed to) (?:me|us)\b/u,
  /\b\p{Lu}[\p{L}']+(?: \p{Lu}[\p{L}']+)? (?:says|said|claims|swears|admitted) that\b/u,
  /^(?:well,? |so,? |listen[,:] )?(?:i(?:'ve)? (?:just )?heard (?:that|from|about|they|the \w+ (?:is|are|was|were|has|have|will)|\w+ (?:is|are|was|were|has|have) )|(?:they|people) say (?:that |the |there )|word is|rumou?r has it|the news is)\b/i,
  /^(?:don't tell (?:anyone|anybody|a soul)|between (?:us|you and me)|nobody knows(?: this| it)?|here is a secret|it's a secret|keep this to yourself)\b[,:;]?\s*(?:but |that )?(.{8,})/i,
  /^(?:i have (?:to tell you|news)|i must tell you|you should know|there is something you should know|have you heard)\b[,:;.]?\s*(?:that |but )?(.{8,})/i,
  /\b(?:is|are|was|were|has been|have been|had been) (?:dead|murdered|killed|arrested|on fire|burning|burned down|gone missing|missing|stolen|robbed|flooded|closed for good|sold|hanged|sunk)\b/i,
  /\b(?:have|has) (?:died|vanished|disappeared|escaped|burned|burnt|sunk|run away|gone missing|arrived in)\b/i,
  /^i saw .{0,60}\b(?:steal|stealing|kill|killing|kiss|kissing|leave|leaving|hide|hiding|bury|burying|burn|burning|die|dying|fall|drown|drowning|with a)\b/i,
  /\b(?:they|soldiers|the police|the army|the guards|the king's men) (?:are|is) (?:coming|on (?:their|its|the) way|looking for)\b/i,
];

/** Who told whom a piece of news or a secret in this turn. What people tell about themselves is no news: those present have heard it. */
export function toldIn(exchange: Exchange): { teller: string; hearer: string; fact: string }[] {
  const found = exchange.turn.flatMap((line) => {
    const hearer = hearerOf(line, exchange.turn, exchange.present);
    if (hearer === undefined) return [];
    return piecesOf([line]).flatMap((piece) => {
      const fact = newsIn(piece, hearer);
      return fact === undefined ? [] : [{ teller: line.speaker, hearer, fact }];
    });
  });
  return found.filter((one, n) => found.findIndex((other) => other.fact === one.fact) === n).slice(0, MOST);
}

function newsIn(piece: Piece, hearer: string): string | undefined {
  if (piece.kind === 'done' || piece.text.includes('?') || /\b(?:if|would|could|might|wish|hope)\b/i.test(piece.text)) return undefined;
  for (const pattern of NEWS) {
    const found = pattern.exec(piece.text);
    if (found === null) continue;
    const told = thirdPerson((found[1] ?? piece.text).replace(/[.!…]+$/, '').trim(), piece.speaker, hearer);
    if (told !== undefined && told.length <= LONGEST_FACT && told.split(' ').length >= 3) return told;
  }
  return undefined;
}
