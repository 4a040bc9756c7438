/** The inline forms that prose may take: nothing else is ever drawn as more than its plain characters. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'break' }
  | { readonly kind: 'em' | 'strong' | 'ooc'; readonly children: readonly Inline[] };

/** A run of `*` or `_` that may open or close something, by what stands beside it. */
interface Run {
  readonly kind: 'run';
  readonly char: '*' | '_';
  /** Marks that are left of it, of how many. */
  readonly left: number;
  readonly length: number;
  readonly opens: boolean;
  readonly closes: boolean;
}

type Part = Inline | Run;

/** Above these a paragraph is drawn as it stands: nobody writes so, and deep nesting costs time out of proportion. */
const MAX_LENGTH = 20_000;
const MAX_MARKS = 400;

/** What means something, and may have a backslash before it that says it does not; a backslash before other signs stands. */
const NOTABLE = /\\[!-/:-@[-`{-~\n]| *\n *|\(\(|\*+|_+/g;
const SPACE = /^\s?$/u;
const SIGN = /[\p{P}\p{S}]/u;

/**
 * The inline forms of one paragraph, with the emphasis of CommonMark: links, images, code and tags stay the characters
 * they are, so that a model's or a card's text never becomes markup or an address. Never throws; text that is too
 * tangled comes back plain.
 */
export function inlineOf(paragraph: string): readonly Inline[] {
  const marks = paragraph.match(/[*_]|\(\(/g)?.length ?? 0;
  if (paragraph.length > MAX_LENGTH || marks > MAX_MARKS) return plain(paragraph);
  return merged(paired(partsOf(paragraph)));
}

function plain(paragraph: string): readonly Inline[] {
  return paragraph
    .split('\n')
    .flatMap((text, at): Inline[] => (at === 0 ? [{ kind: 'text', text }] : [{ kind: 'break' }, { kind: 'text', text }]));
}

/** The paragraph cut where something may mean more than its characters. */
function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const { 0: mark, index } of text.matchAll(NOTABLE)) {
    // It stands in a remark that was taken whole.
    if (index < from) continue;
    const remark = mark === '((' ? remarkAt(text, index) : undefined;
    if (mark === '((' && remark === undefined) continue;
    if (index > from) parts.push({ kind: 'text', text: text.slice(from, index) });
    from = index + mark.length;
    if (remark !== undefined) {
      parts.push({ kind: 'ooc', children: inlineOf(remark.words) });
      from = remark.end;
    } else if (mark.includes('\n')) parts.push({ kind: 'break' });
    else if (mark.startsWith('\\')) parts.push({ kind: 'text', text: mark.slice(1) });
    else parts.push(runAt(text, index, mark));
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) });
  return parts;
}

/** The remark that begins at `((`: up to the last two of the next brackets that close. */
function remarkAt(text: string, at: number): { readonly words: string; readonly end: number } | undefined {
  let close = text.indexOf('))', at + 2);
  if (close === -1) return undefined;
  while (text[close + 2] === ')') close += 1;
  return { words: text.slice(at + 2, close).trim(), end: close + 2 };
}

function runAt(text: string, at: number, run: string): Run {
  const before = /.?$/su.exec(text.slice(Math.max(0, at - 2), at))?.[0] ?? '';
  const next = text.codePointAt(at + run.length);
  const after = next === undefined ? '' : String.fromCodePoint(next);
  const ends = !SPACE.test(before) && (!SIGN.test(before) || SPACE.test(after) || SIGN.test(after));
  const begins = !SPACE.test(after) && (!SIGN.test(after) || SPACE.test(before) || SIGN.test(before));
  const { length } = run;
  if (run.startsWith('*')) return { kind: 'run', char: '*', left: length, length, opens: begins, closes: ends };
  // Within a word it is a part of the word.
  return { kind: 'run', char: '_', left: length, length, opens: begins && (!ends || SIGN.test(before)), closes: ends && (!begins || SIGN.test(after)) };
}

/** Every run that closes is paired with the nearest one that opens; what finds no other stays the characters it is. */
function paired(parts: Part[]): Inline[] {
  let at = 0;
  while (at < parts.length) {
    const closer = parts[at];
    const from = closer?.kind === 'run' && closer.closes ? openerOf(closer, parts, at) : -1;
    const opener = parts[from];
    if (closer?.kind !== 'run' || opener?.kind !== 'run') {
      at += 1;
      continue;
    }
    const used = opener.left >= 2 && closer.left >= 2 ? 2 : 1;
    const whole: Inline = { kind: used === 2 ? 'strong' : 'em', children: merged(parts.slice(from + 1, at).map(plainly)) };
    const before = opener.left > used ? [{ ...opener, left: opener.left - used }] : [];
    const after = closer.left > used ? [{ ...closer, left: closer.left - used }] : [];
    parts.splice(from, at - from + 1, ...before, whole, ...after);
    // What is left of the one that closes may close more.
    at = from + before.length + 1;
  }
  return parts.map(plainly);
}

function openerOf(closer: Run, parts: readonly Part[], at: number): number {
  return parts.findLastIndex((part, from) => {
    if (from >= at || part.kind !== 'run' || part.char !== closer.char || !part.opens) return false;
    // One that could do both does not go with one of a length that makes threes: `*a**b*` is one stretch.
    const both = part.closes || closer.opens;
    return !both || (part.length + closer.length) % 3 !== 0 || (part.length % 3 === 0 && closer.length % 3 === 0);
  });
}

function plainly(part: Part): Inline {
  return part.kind === 'run' ? { kind: 'text', text: part.char.repeat(part.left) } : part;
}

/** Text is cut wherever a mark might have stood; joined, it is one run that a screen reader reads in one go. */
function merged(parts: readonly Inline[]): readonly Inline[] {
  const out: Inline[] = [];
  for (const part of parts) {
    const last = out.at(-1);
    if (part.kind === 'text' && last?.kind === 'text') out[out.length - 1] = { kind: 'text', text: last.text + part.text };
    else out.push(part);
  }
  return out;
}
