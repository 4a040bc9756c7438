import { splitSegments } from '@offstage/domain/segments';

/** A paragraph of prose, or of a quotation; `text` holds its inline marks still. */
export interface Block {
  readonly kind: 'paragraph' | 'quote';
  readonly text: string;
}

const QUOTED = /^ {0,3}> ?/;

/** Prose in blocks: a blank line parts paragraphs, lines that begin with `>` are a quotation. */
export function blocksOf(text: string): readonly Block[] {
  const blocks: Block[] = [];
  let lines: string[] = [];
  let kind: Block['kind'] = 'paragraph';
  const close = (): void => {
    const joined = lines.join('\n').trim();
    if (joined !== '') blocks.push({ kind, text: joined });
    lines = [];
  };
  for (const line of wholeRemarks(text).split('\n')) {
    const next = QUOTED.test(line) ? 'quote' : 'paragraph';
    const bare = next === 'quote' ? line.replace(QUOTED, '') : line;
    if (bare.trim() === '' || next !== kind) close();
    kind = next;
    if (bare.trim() !== '') lines.push(bare);
  }
  close();
  return blocks;
}

/** A remark that runs over several paragraphs, marked in each of them, so that each can be drawn by itself. */
function wholeRemarks(text: string): string {
  if (!text.includes('((')) return text;
  return splitSegments(text)
    .map(({ kind, raw }) => (kind === 'ooc' ? raw.replace(/\s*\n\s*\n\s*/g, '))\n\n((') : raw))
    .join('');
}
