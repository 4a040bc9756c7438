import type { ReactNode } from 'react';
import { EditorFrame, ShownValue } from './editable.tsx';
import { Slider } from './slider.tsx';
import { useEditing } from './use-editing.ts';

interface EditableScoreProps {
  readonly name: string;
  /** What it is, in full: "Affinity, Mara towards Ada". */
  readonly label: string;
  /** What the slider itself says: "Affinity". */
  readonly short: string;
  /** 0 to 100 */
  readonly value: number;
  /** What the value means. */
  readonly words: (value: number) => string;
  readonly onKeep: (value: number) => Promise<string | null>;
  readonly className?: string;
  /** How the value is drawn. */
  readonly children: ReactNode;
}

/** A value from 0 to 100 that becomes a slider when it is pressed. */
export function EditableScore({ name, label, short, value, words, onKeep, className, children }: EditableScoreProps) {
  const rounded = Math.round(value);
  const editing = useEditing({ name, value: String(rounded), onKeep: (text) => onKeep(Number(text)) });
  if (editing.text === null) {
    return (
      <ShownValue editing={editing} label={label} value={`${rounded}, ${words(rounded)}`} empty="" className={className}>
        {children}
      </ShownValue>
    );
  }
  return (
    <EditorFrame editing={editing} label={label} keepsOnLeaving buttons>
      <Slider label={short} value={Number(editing.text)} onChange={(next) => editing.change(String(next))} words={words} />
    </EditorFrame>
  );
}
