/** Words of a text beyond which nothing is compared: the table of the comparison grows with their product. */
const COMPARED_MOST = 3_000;

/** Of each word of both texts, whether the other lacks it: the longest common row of words is what they share. */
export function differing(a: readonly string[], b: readonly string[]): readonly [readonly boolean[], readonly boolean[]] {
  if (a.length > COMPARED_MOST || b.length > COMPARED_MOST) return [a.map(() => false), b.map(() => false)];
  const shared = common(a.map(key), b.map(key));
  return [a.map((_word, at) => !shared.left.has(at)), b.map((_word, at) => !shared.right.has(at))];
}

function key(word: string): string {
  return word.trim().toLowerCase();
}

function common(a: readonly string[], b: readonly string[]): { readonly left: ReadonlySet<number>; readonly right: ReadonlySet<number> } {
  const width = b.length + 1;
  // longest[i * width + j]: how many words a from i on and b from j on share.
  const longest = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number): number => longest[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      longest[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const left = new Set<number>();
  const right = new Set<number>();
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      left.add(i++);
      right.add(j++);
    } else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return { left, right };
}
