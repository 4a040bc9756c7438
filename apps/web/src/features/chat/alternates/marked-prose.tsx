import { Fragment } from 'react';
import type { ReactNode } from 'react';
import type { Block } from '../prose/blocks.ts';
import { blocksOf } from '../prose/blocks.ts';
import type { Inline } from '../prose/inline.ts';
import { inlineOf } from '../prose/inline.ts';

/** A turn's words as they are read: their paragraphs, and each word of them in order. */
export interface Read {
  readonly blocks: readonly { readonly kind: Block['kind']; readonly parts: readonly Inline[] }[];
  readonly words: readonly string[];
}

/** Reads a text as the story does, so that what means italic is no part of a word. */
export function readOf(text: string): Read {
  const blocks = blocksOf(text).map(({ kind, text: raw }) => ({ kind, parts: inlineOf(raw) }));
  return { blocks, words: blocks.flatMap(({ parts }) => parts.flatMap(wordsOf)) };
}

function wordsOf(part: Inline): readonly string[] {
  if (part.kind === 'text') return wordsIn(part.text);
  return part.kind === 'break' ? [] : part.children.flatMap(wordsOf);
}

/** A word with the space around it. */
function wordsIn(text: string): readonly string[] {
  return text.match(/\s*\S+\s*/g) ?? [];
}

/** Such a text with some of its words marked: `marks` has one for each. */
export function MarkedProse({ read: { blocks }, marks }: { readonly read: Read; readonly marks: readonly boolean[] }) {
  let at = 0;
  const drawn = (part: Inline): ReactNode => {
    switch (part.kind) {
      case 'text':
        return runsIn(part.text).map(({ text, differs }, nth) => (differs ? <mark key={nth}>{text}</mark> : text));
      case 'break':
        return <br />;
      case 'em':
        return <em>{all(part.children)}</em>;
      case 'strong':
        return <strong>{all(part.children)}</strong>;
      case 'ooc':
        return <span className="chat-ooc">{all(part.children)}</span>;
    }
  };
  const all = (parts: readonly Inline[]): ReactNode => parts.map((part, nth) => <Fragment key={nth}>{drawn(part)}</Fragment>);
  /** Neighbours that are both marked, or both not, are one run. */
  const runsIn = (text: string): readonly { text: string; differs: boolean }[] => {
    const runs: { text: string; differs: boolean }[] = [];
    for (const word of wordsIn(text)) {
      const differs = marks[at++] === true;
      const last = runs.at(-1);
      if (last?.differs === differs) last.text += word;
      else runs.push({ text: word, differs });
    }
    return runs.length === 0 ? [{ text, differs: false }] : runs;
  };
  return blocks.map(({ kind, parts }, nth) => {
    const words = <p dir="auto">{all(parts)}</p>;
    return kind === 'quote' ? <blockquote key={nth}>{words}</blockquote> : <Fragment key={nth}>{words}</Fragment>;
  });
}
