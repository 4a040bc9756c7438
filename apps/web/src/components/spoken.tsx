import { splitSegments } from '@offstage/domain/segments';
import { classes } from '../lib/classes.ts';

interface SpokenProps {
  readonly text: string;
  readonly className?: string | undefined;
}

/** Words as they will read in the story: action in italics, its asterisks gone. */
export function Spoken({ text, className }: SpokenProps) {
  return (
    <p className={classes('font-prose wrap-anywhere whitespace-pre-line', className)} dir="auto">
      {splitSegments(text).map((part, index) => (part.kind === 'action' ? <em key={index}>{part.text}</em> : <span key={index}>{part.text}</span>))}
    </p>
  );
}
