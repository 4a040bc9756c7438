import { useEffect, useId, useRef, useState } from 'react';
import type { FocusEvent, KeyboardEvent, RefObject } from 'react';
import { useHeld } from '../../lib/use-held.ts';

/** A value that becomes a field when it is clicked. */
export interface EditingOptions {
  /** Names the value on this page: what is written and not yet kept is held under it. */
  readonly name: string;
  readonly value: string;
  /** Keeps a new value. Resolves to why it was refused, in a sentence, or to null. */
  readonly onKeep: (text: string) => Promise<string | null>;
}

export interface Editing {
  /** What stands in the field; null while there is none. */
  readonly text: string | null;
  readonly saving: boolean;
  /** Why the last try was refused. */
  readonly problem: string | null;
  readonly problemId: string;
  readonly open: () => void;
  readonly change: (text: string) => void;
  /** Keeps a text, that of the field unless another is given, and closes the field unless it is refused. */
  readonly keep: (text?: string) => void;
  readonly leave: () => void;
  /** What shows the value, and gets the focus back. */
  readonly shown: RefObject<HTMLButtonElement | null>;
  /** The frame around the field; the first thing in it that can be written in gets the focus. */
  readonly frame: RefObject<HTMLDivElement | null>;
  /** For the frame: Enter keeps (with Shift it breaks a line), Esc leaves. */
  readonly onKeyDown: (event: KeyboardEvent) => void;
  /** For the frame of a short value: going elsewhere keeps it. */
  readonly onBlur: (event: FocusEvent) => void;
}

/** The behaviour of a value that is text until it is clicked. */
export function useEditing({ name, value, onKeep }: EditingOptions): Editing {
  const [text, setText] = useHeld(name);
  const [problem, setProblem] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const next = useRef<'field' | 'value' | null>(null);
  const shown = useRef<HTMLButtonElement>(null);
  const frame = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (next.current === 'field') firstIn(frame.current)?.focus();
    if (next.current === 'value') shown.current?.focus();
    next.current = null;
  });

  const close = (): void => {
    // The focus goes back only from where it would be lost.
    next.current = frame.current?.contains(document.activeElement) === true ? 'value' : null;
    setProblem(null);
    setText(null);
  };
  const keep = (wanted = text ?? value): void => {
    if (saving) return;
    if (wanted.trim() === value.trim()) return close();
    setSaving(true);
    setProblem(null);
    void onKeep(wanted).then((refusal) => {
      setSaving(false);
      if (refusal === null) close();
      else setProblem(refusal);
    });
  };
  return {
    text,
    saving,
    problem,
    problemId: useId(),
    open: () => {
      next.current = 'field';
      setText(value);
    },
    change: (wanted) => {
      setProblem(null);
      setText(wanted);
    },
    keep,
    leave: close,
    shown,
    frame,
    onKeyDown: (event) => {
      if (event.nativeEvent.isComposing) return;
      if (event.key === 'Escape') {
        event.preventDefault();
        event.stopPropagation();
        close();
      } else if (event.key === 'Enter' && !event.shiftKey && !(event.target instanceof HTMLButtonElement)) {
        event.preventDefault();
        keep();
      }
    },
    onBlur: (event) => {
      if (event.currentTarget.contains(event.relatedTarget)) return;
      // A refused value waits where it is, and does not ask again by itself.
      if (problem === null) keep();
    },
  };
}

/** What is written in; where one chooses instead, what is chosen. */
function firstIn(frame: HTMLElement | null): HTMLElement | null {
  return frame?.querySelector<HTMLElement>('input, textarea') ?? frame?.querySelector<HTMLElement>('[aria-pressed=true]') ?? frame?.querySelector('button') ?? null;
}
