import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { differing } from '../../src/features/chat/alternates/differing.ts';
import { MarkedProse, readOf } from '../../src/features/chat/alternates/marked-prose.tsx';

/** Both texts as they stand side by side. */
function beside(a: string, b: string): readonly [string, string] {
  const [left, right] = [readOf(a), readOf(b)];
  const marks = differing(left.words, right.words);
  const html = (read: typeof left, side: readonly boolean[]) => renderToStaticMarkup(<MarkedProse read={read} marks={side} />).replaceAll(' dir="auto"', '');
  return [html(left, marks[0]), html(right, marks[1])];
}

describe('TL-7 alternates side by side', () => {
  test('words that the other lacks are marked', () => {
    expect(beside('She laughs and sits down.', 'She laughs, then sits down.')).toEqual([
      '<p>She <mark>laughs and </mark>sits down.</p>',
      '<p>She <mark>laughs, then </mark>sits down.</p>',
    ]);
  });

  test('UI-2 they are drawn as in the story: what means italic, bold or a remark is no part of a word', () => {
    const [left, right] = beside('*She turns slowly.* "You **came**."\n\n> so it was', 'She turns. "You **came**."\n\n((a word))');
    expect(left).toBe('<p><em>She <mark>turns slowly.</mark></em> &quot;You <strong>came</strong>.&quot;</p><blockquote><p><mark>so it was</mark></p></blockquote>');
    expect(right).toContain('<span class="chat-ooc"><mark>a word</mark></span>');
    expect(`${left}${right}`).not.toMatch(/[*>]{2}|\(\(/);
  });

  test('texts too long to be compared stand as they are', () => {
    expect(beside('word '.repeat(3_001), 'x')[0]).not.toContain('<mark>');
  });
});
