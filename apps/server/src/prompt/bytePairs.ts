/** The ranks of pieces, as the encoding's tables give them: lines of a mark, the rank of the line's first piece, and pieces in Base64. */
export interface Ranks {
  readonly bpe_ranks: string;
}

/**
 * A function that counts the tokens of one piece of text: bytes that stand side by side are joined, the pair of lowest rank
 * first, until no pair has a rank. Pieces are looked up as they stand in the tables, in Base64: turning a hundred thousand of
 * them into bytes beforehand would hold the server up for a quarter of a second and keep 100 MB that are hardly ever read.
 */
export function countByRanks({ bpe_ranks: table }: Ranks): (piece: string) => number {
  const ranks = new Map<string, number>();
  for (const line of table.split('\n')) {
    const [, first, ...pieces] = line.split(' ');
    for (const [place, piece] of pieces.entries()) ranks.set(piece, Number(first) + place);
  }
  return (piece) => {
    const bytes = Buffer.from(piece);
    const rankOf = (from: number, to: number): number => ranks.get(bytes.toString('base64', from, to)) ?? Infinity;
    if (bytes.length < 2 || rankOf(0, bytes.length) < Infinity) return 1;
    // Where each part begins, and what rank it would have together with the one after it.
    const starts = Array.from({ length: bytes.length + 1 }, (_, at) => at);
    const rankFrom = (part: number): number => rankOf(starts[part] ?? 0, starts[part + 2] ?? bytes.length);
    const joined = Array.from({ length: bytes.length - 1 }, (_, part) => rankFrom(part));
    for (;;) {
      const lowest = joined.reduce((low, rank) => Math.min(low, rank), Infinity);
      if (lowest === Infinity) return starts.length - 1;
      const part = joined.indexOf(lowest);
      starts.splice(part + 1, 1);
      joined.splice(part, 1);
      if (part < joined.length) joined[part] = rankFrom(part);
      if (part > 0) joined[part - 1] = rankFrom(part - 1);
    }
  };
}
