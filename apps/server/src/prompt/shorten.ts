/** A text cut to at most `most` characters at the end of a word, with a mark where it was cut. */
export function shortened(text: string, most: number): string {
  const whole = text.trim();
  if (whole.length <= most) return whole;
  const cut = whole.slice(0, most - 1).toWellFormed();
  const space = cut.lastIndexOf(' ');
  return `${(space > most / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}

/** A memory on one line of at most `most` characters; of one that has several lines, each keeps its share. */
export function onOneLine(text: string, most: number): string {
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const all = lines.join(' / ');
  if (all.length <= most) return all;
  let left = most;
  // The short ones first: what they do not need is for the others.
  const shares = new Map<number, string>();
  const order = lines.map((line, n) => ({ line, n })).toSorted((a, b) => a.line.length - b.line.length);
  for (const [done, { line, n }] of order.entries()) {
    const kept = shortened(line, Math.max(20, Math.floor(left / (order.length - done)) - 3));
    left -= kept.length + 3;
    shares.set(n, kept);
  }
  return lines.map((_line, n) => shares.get(n) ?? '').join(' / ');
}
