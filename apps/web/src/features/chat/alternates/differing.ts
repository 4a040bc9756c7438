/** A run of words as they stand, and whether the other text lacks them. */
export interface Run {
  readonly text: string;
  readonly differs: boolean;
}

/** Words of a text beyond which nothing is compared: the table of the comparison grows with their product. */
const COMPARED_MOST = 3_000;

/** Both texts in runs, what the other lacks marked: the longest common row of words is what they share. */
export function differing(a: string, b: string): readonly [readonly Run[], readonly Run[]] {
  const [left, right] = [wordsIn(a), wordsIn(b)];
  if (left.length > COMPARED_MOST || right.length > COMPARED_MOST) return [[{ text: a, differs: false }], [{ text: b, differs: false }]];
  const shared = common(left.map(key), right.map(key));
  return [runs(left, shared.left), runs(right, shared.right)];
}

/** A word with the space behind it. */
function wordsIn(text: string): string[] {
  return text.match(/\S+\s*/g) ?? [];
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

function runs(words: readonly string[], shared: ReadonlySet<number>): Run[] {
  const found: { text: string; differs: boolean }[] = [];
  for (const [at, word] of words.entries()) {
    const differs = !shared.has(at);
    const last = found.at(-1);
    if (last?.differs === differs) last.text += word;
    else found.push({ text: word, differs });
  }
  return found;
}
