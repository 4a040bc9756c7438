import { Fragment, memo } from 'react';
import type { ReactNode } from 'react';
import type { Block } from './blocks.ts';
import { blocksOf } from './blocks.ts';
import type { Inline } from './inline.ts';
import { inlineOf } from './inline.ts';
import { mend } from './mend.ts';

interface ProseProps {
  readonly text: string;
  /** True while words still come, or where they broke off: marks left open are closed for the eye. */
  readonly unfinished?: boolean;
  /** What stands behind the last word: the caret of a reply that streams. */
  readonly tail?: ReactNode;
}

/** A turn's words as React elements: paragraphs, quotations, italic, bold, remarks, line breaks. No HTML string. */
export const Prose = memo(function Prose({ text, unfinished = false, tail }: ProseProps) {
  const blocks = blocksOf(text);
  if (blocks.length === 0 && tail !== undefined) return <p>{tail}</p>;
  return blocks.map((block, at) => {
    const last = at === blocks.length - 1;
    const shown = last && unfinished ? mend(block.text) : block.text;
    return (
      <Paragraph key={at} kind={block.kind} text={shown}>
        {last ? tail : undefined}
      </Paragraph>
    );
  });
});

interface ParagraphProps extends Block {
  readonly children?: ReactNode;
}

/** Remembered by its text: while a reply streams only its last paragraph is read anew. */
const Paragraph = memo(function Paragraph({ kind, text, children }: ParagraphProps) {
  const words = (
    <p dir="auto">
      <Inlines parts={inlineOf(text)} />
      {children}
    </p>
  );
  return kind === 'quote' ? <blockquote>{words}</blockquote> : words;
});

function Inlines({ parts }: { readonly parts: readonly Inline[] }) {
  return parts.map((part, at) => <Fragment key={at}>{drawn(part)}</Fragment>);
}

function drawn(part: Inline): ReactNode {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'break':
      return <br />;
    case 'em':
      return <em><Inlines parts={part.children} /></em>;
    case 'strong':
      return <strong><Inlines parts={part.children} /></strong>;
    case 'ooc':
      return <span className="chat-ooc"><Inlines parts={part.children} /></span>;
  }
}
