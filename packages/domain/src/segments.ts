/** What a stretch of prose is: speech, narration, or a word between the people who write (TN-1). */
export type SegmentKind = 'dialogue' | 'action' | 'ooc';

/**
 * A stretch of a message. `raw` is the source, markers included: all `raw` together are the message. `text` is what a
 * reader sees: asterisks and out-of-character brackets are gone, quotation marks stay, for they are part of the prose.
 */
export interface Segment {
  readonly kind: SegmentKind;
  readonly text: string;
  readonly raw: string;
}

/** The pair of markers that sets a remark off from the story. */
export interface SegmentMarkers {
  readonly ooc: readonly [open: string, close: string];
}

const DEFAULT_MARKERS: SegmentMarkers = { ooc: ['((', '))'] };

/** Quotation marks that open speech, with what closes it. */
const QUOTES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\u201C', '\u201D'],
  ['\u201E', '\u201C\u201D'],
  ['\u00AB', '\u00BB'],
  ['\u300C', '\u300D'],
  ['\u300E', '\u300F'],
]);

const OPENER = /["\u201C\u201E\u00AB\u300C\u300E*]/g;

/** A stretch while it is sought: `open` and `close` are the lengths of its markers. */
interface Span {
  readonly kind: SegmentKind | 'plain';
  readonly from: number;
  readonly to: number;
  readonly open: number;
  readonly close: number;
}

/**
 * Splits a message into speech, action and remarks (TN-1). Deterministic, and linear in the length of the message. A
 * marker that is never closed in its paragraph is plain text. Unmarked text is speech, unless the message quotes its
 * speech: then it is action.
 */
export function splitSegments(text: string, markers: SegmentMarkers = DEFAULT_MARKERS): Segment[] {
  const remarks = findRemarks(text, markers.ooc);
  // Speech may go on behind a remark, so the story is read as if the remarks were not there, and they are put back.
  const story = without(text, remarks);
  const spans = findSpans(story);
  const quoted = spans.some((span) => span.kind === 'dialogue');
  const segments: Segment[] = [];
  const add = (span: Span, raw: string): void => {
    if (raw === '') return;
    const kind = span.kind === 'plain' ? (quoted ? 'action' : 'dialogue') : span.kind;
    segments.push({ kind, raw, text: raw.slice(span.open, raw.length - span.close) });
  };

  let removed = 0;
  let next = 0;
  for (const span of spans) {
    let from = span.from;
    let open = span.open;
    for (let remark = remarks[next]; remark !== undefined && remark.from - removed < span.to; remark = remarks[next]) {
      const at = remark.from - removed;
      if (at > from) {
        add({ ...span, open, close: 0 }, story.slice(from, at));
        open = 0;
      }
      add(remark, text.slice(remark.from, remark.to));
      removed += remark.to - remark.from;
      from = Math.max(from, at);
      next++;
    }
    add({ ...span, open }, story.slice(from, span.to));
  }
  for (const remark of remarks.slice(next)) add(remark, text.slice(remark.from, remark.to));
  return segments;
}

/** A message without its remarks, as a bot may read it: the rest exactly as written, trimmed at its ends. */
export function storyText(text: string, markers: SegmentMarkers = DEFAULT_MARKERS): string {
  return without(text, findRemarks(text, markers.ooc)).replace(/[ \t]+$/gm, '').trim();
}

function without(text: string, remarks: readonly Span[]): string {
  let rest = '';
  let at = 0;
  for (const remark of remarks) {
    rest += text.slice(at, remark.from);
    at = remark.to;
  }
  return rest + text.slice(at);
}

function findRemarks(text: string, [open, close]: readonly [string, string]): Span[] {
  const found: Span[] = [];
  if (open === '' || close === '') return found;
  for (let from = text.indexOf(open); from !== -1; ) {
    let end = text.indexOf(close, from + open.length);
    if (end === -1) break;
    // In `(((so)))` the last brackets are the marker.
    while (text.startsWith(close, end + 1)) end++;
    const to = end + close.length;
    found.push({ kind: 'ooc', from, to, open: open.length, close: close.length });
    from = text.indexOf(open, to);
  }
  return found;
}

function findSpans(text: string): Span[] {
  const spans: Span[] = [];
  const search = new ClosingSearch(text);
  let plainFrom = 0;
  OPENER.lastIndex = 0;
  for (let match = OPENER.exec(text); match !== null; match = OPENER.exec(text)) {
    const from = match.index;
    // Behind a letter or a digit it is no quotation mark but an inch, or closes what was never opened.
    if (match[0] === '"' && /[\p{L}\p{N}]/u.test(text.charAt(from - 1))) continue;
    const end = match[0] === '*' ? search.asterisk(from) : search.quote(from, QUOTES.get(match[0]) ?? match[0]);
    if (end === undefined) continue;
    if (from > plainFrom) spans.push({ kind: 'plain', from: plainFrom, to: from, open: 0, close: 0 });
    const marker = match[0] === '*' ? 1 : 0;
    spans.push({ kind: marker === 1 ? 'action' : 'dialogue', from, to: end, open: marker, close: marker });
    plainFrom = end;
    OPENER.lastIndex = end;
  }
  if (plainFrom < text.length) spans.push({ kind: 'plain', from: plainFrom, to: text.length, open: 0, close: 0 });
  return spans;
}

/** Looks for closing marks, and remembers up to where there is none, so that many open marks cost no more than one. */
class ClosingSearch {
  readonly #text: string;
  readonly #barren = new Map<string, number>();
  #paragraphEnd = -1;

  constructor(text: string) {
    this.#text = text;
  }

  /** The place behind the speech that opens at `from`; undefined when its paragraph does not close it. */
  quote(from: number, closers: string): number | undefined {
    return this.#seek(from, closers, (at) => closers.includes(this.#text.charAt(at)));
  }

  /** The place behind the action that opens at `from`. Two asterisks are emphasis, a lone one among spaces is a star. */
  asterisk(from: number): number | undefined {
    if (this.#isStar(from - 1) || this.#isStar(from + 1) || !/\S/.test(this.#text.charAt(from + 1))) return undefined;
    return this.#seek(from, '*', (at) => {
      if (!this.#isStar(at) || this.#isStar(at + 1)) return false;
      // The end of `*walks **away***` closes both.
      const doubled = this.#isStar(at - 1);
      return doubled ? this.#isStar(at - 2) : /\S/.test(this.#text.charAt(at - 1));
    });
  }

  #isStar(at: number): boolean {
    return this.#text.charAt(at) === '*';
  }

  #seek(from: number, mark: string, closes: (at: number) => boolean): number | undefined {
    const end = this.#endOfParagraph(from);
    if ((this.#barren.get(mark) ?? -1) >= end) return undefined;
    for (let at = from + 1; at < end; at++) if (closes(at)) return at + 1;
    this.#barren.set(mark, end);
    return undefined;
  }

  #endOfParagraph(from: number): number {
    if (from >= this.#paragraphEnd) {
      const end = this.#text.indexOf('\n\n', from);
      this.#paragraphEnd = end === -1 ? this.#text.length : end;
    }
    return this.#paragraphEnd;
  }
}
