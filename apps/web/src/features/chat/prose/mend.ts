type Mark = '***' | '**' | '*' | '_' | '((';

const CLOSER: Record<Mark, string> = { '***': '***', '**': '**', '*': '*', _: '_', '((': '))' };

const isSpace = (char: string | undefined): boolean => char === undefined || /\s/.test(char);
const isWord = (char: string | undefined): boolean => char !== undefined && /[\p{L}\p{N}]/u.test(char);

/**
 * A paragraph that is still being written, with the marks closed that stand open in it and half-written ones left out:
 * what it will most likely be, so that no mark is ever seen raw (an unclosed `*` is italic in progress).
 */
export function mend(paragraph: string): string {
  // What may be the first half of a mark, or the whole of one that opens nothing yet, waits for what comes next.
  let text = paragraph.replace(/\\$/, '');
  const open: Mark[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text[at];
    if (char === '\\') {
      at += 2;
      continue;
    }
    const run = char === '*' || char === '_' ? runAt(text, at, char) : 0;
    if (run > 0) {
      if (at + run === text.length) {
        text = text.slice(0, at);
        break;
      }
      follow(open, text, at, run, char === '_');
      at += run;
      continue;
    }
    if (text.startsWith('((', at)) {
      open.push('((');
      at += 2;
      continue;
    }
    if (text.startsWith('))', at) && open.includes('((')) {
      open.splice(open.lastIndexOf('(('));
      at += 2;
      continue;
    }
    at += 1;
  }
  if (open.at(-1) !== '((' && text.endsWith('((')) open.push('((');
  text = text.replace(open.includes('((') ? /\)$/ : /\($/, '');
  return closed(text, open);
}

function runAt(text: string, at: number, char: string): number {
  let end = at;
  while (text[end] === char) end++;
  return end - at;
}

/** A run of marks opens or closes by what stands beside it, as in CommonMark, told more simply. */
function follow(open: Mark[], text: string, at: number, run: number, under: boolean): void {
  const before = text[at - 1];
  const after = text[at + run];
  const mark = markOf(run, under);
  if (mark === undefined) return;
  const closes = !isSpace(before) && !(under && isWord(after));
  if (closes && shut(open, mark)) return;
  if (!isSpace(after) && !(under && isWord(before))) open.push(mark);
}

function markOf(run: number, under: boolean): Mark | undefined {
  if (under) return run === 1 ? '_' : undefined;
  return run === 1 ? '*' : run === 2 ? '**' : run === 3 ? '***' : undefined;
}

/** Takes what `mark` closes off the open ones; `***` may close `*` and `**` that were opened apart. */
function shut(open: Mark[], mark: Mark): boolean {
  const at = open.lastIndexOf(mark);
  if (at !== -1) {
    open.splice(at);
    return true;
  }
  if (mark === '***' && open.includes('*') && open.includes('**')) {
    open.splice(Math.min(open.lastIndexOf('*'), open.lastIndexOf('**')));
    return true;
  }
  const three = open.lastIndexOf('***');
  if (three === -1 || mark === '_') return false;
  open.splice(three, open.length, mark === '*' ? '**' : '*');
  return true;
}

function closed(text: string, open: readonly Mark[]): string {
  if (open.length === 0) return text;
  const body = text.trimEnd();
  let end = body;
  const closers: string[] = [];
  for (const mark of open.toReversed()) {
    // A mark with nothing behind it yet would close on itself and be seen raw.
    if (end.endsWith(mark)) end = end.slice(0, -mark.length).trimEnd();
    else closers.push(CLOSER[mark]);
  }
  return end + closers.join('') + (end === body ? text.slice(body.length) : '');
}
