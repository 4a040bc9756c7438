import { CircleAlert } from 'lucide-react';
import type { MouseEvent, ReactNode } from 'react';
import { classes } from '../../lib/classes.ts';
import type { Editing } from './use-editing.ts';

interface ShownValueProps {
  readonly editing: Editing;
  readonly label: string;
  /** What the value says. */
  readonly value: string;
  /** Says what could stand here; shown where nothing does. */
  readonly empty: string;
  readonly className?: string | undefined;
  /** How the value is drawn where it is more than text. */
  readonly children?: ReactNode;
}

/** Characters up to which a value is read out with its label before it; longer ones speak for themselves. */
const READ_OUT = 200;

/** A value as it is read: text that becomes a field when it is pressed. */
export function ShownValue({ editing, label, value, empty, className, children }: ShownValueProps) {
  const { shown, open } = editing;
  const bare = value === '';
  const drawn = !bare && children !== undefined;
  // What is drawn is hidden from those who listen, and said in words: a label would have to repeat what is seen.
  const said = drawn ? {} : value.length > READ_OUT ? { 'aria-description': label } : { 'aria-label': `${label}: ${bare ? empty : value}` };
  return (
    <button
      ref={shown}
      type="button"
      dir="auto"
      title="Change"
      {...said}
      onClick={open}
      className={classes(
        'relative -mx-1.5 inline-flex min-h-11 max-w-[calc(100%+0.75rem)] items-center rounded-small px-1.5 text-start wrap-anywhere whitespace-pre-line transition-[background-color] duration-(--quick) hover:bg-raised mid:min-h-6',
        bare && 'text-dim italic',
        className,
      )}
    >
      <span aria-hidden={drawn || undefined} className="min-w-0 grow">
        {bare ? empty : (children ?? value)}
      </span>
      {drawn && <span className="sr-only">{`${label}: ${value}`}</span>}
    </button>
  );
}

interface EditorFrameProps {
  readonly editing: Editing;
  readonly label: string;
  /** Going elsewhere keeps the value: for short ones. */
  readonly keepsOnLeaving?: boolean;
  /** Shows what keeps and what leaves, for hands without an Enter key. */
  readonly buttons?: boolean;
  /** More buttons, behind the two. */
  readonly more?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of a value while it is a field: the field, why it was refused, and how to end. */
export function EditorFrame({ editing, label, keepsOnLeaving = false, buttons = false, more, children }: EditorFrameProps) {
  const { frame, problem, problemId, saving, keep, leave, onKeyDown, onBlur } = editing;
  return (
    <div ref={frame} role="group" aria-label={label} onKeyDown={onKeyDown} onBlur={keepsOnLeaving ? onBlur : undefined} className="flex min-w-0 grow flex-col gap-1.5 py-1">
      {children}
      {problem !== null && (
        <p id={problemId} role="alert" className="flex items-start gap-1.5 text-13 text-danger">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          {problem}
        </p>
      )}
      {buttons && (
        <div className="flex flex-wrap gap-1" onMouseDown={holdFocus}>
          <Small onClick={() => keep()} disabled={saving} strong>
            {saving ? 'Keeping\u2026' : 'Keep'}
          </Small>
          <Small onClick={leave} disabled={saving}>
            Leave it
          </Small>
          {more}
        </div>
      )}
    </div>
  );
}

/** For what is pressed beside a field: the field keeps the focus, and does not take the press for going elsewhere. */
export function holdFocus(event: MouseEvent): void {
  event.preventDefault();
}

interface SmallProps {
  readonly onClick: () => void;
  readonly disabled?: boolean;
  readonly strong?: boolean;
  readonly pressed?: boolean;
  readonly children: ReactNode;
}

/** A button with words for the margins of a page. */
export function Small({ onClick, disabled = false, strong = false, pressed, children }: SmallProps) {
  return (
    <button
      type="button"
      onClick={onClick}
      disabled={disabled}
      aria-pressed={pressed}
      className={classes(
        'inline-flex min-h-11 items-center gap-1.5 rounded-small px-2.5 text-13 transition-[background-color] duration-(--quick) hover:bg-raised disabled:opacity-55 aria-pressed:bg-raised aria-pressed:text-ink mid:min-h-7',
        strong ? 'border border-edge font-medium text-ink' : 'text-dim hover:text-ink',
      )}
    >
      {children}
    </button>
  );
}
