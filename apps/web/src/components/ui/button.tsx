import type { ComponentProps } from 'react';
import { classes } from '../../lib/classes.ts';

const TONES = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong',
  plain: 'border border-edge text-ink hover:bg-raised',
  quiet: 'text-dim hover:bg-raised hover:text-ink',
  danger: 'border border-danger text-danger hover:bg-raised',
} as const;

interface Look {
  readonly tone?: keyof typeof TONES | undefined;
}

/** The class of a button, for links that look like one. */
export function buttonClass(tone: keyof typeof TONES, extra?: string): string {
  return classes(
    'inline-flex min-h-11 mid:min-h-9 items-center justify-center gap-2 rounded-small px-4 text-15 font-medium select-none',
    'transition-colors duration-(--quick) disabled:opacity-55 disabled:pointer-events-none aria-disabled:opacity-55',
    TONES[tone],
    extra,
  );
}

/** A button with words. `primary` stands once on a page, for what one came to do. */
export function Button({ tone = 'plain', className, type = 'button', ...rest }: ComponentProps<'button'> & Look) {
  return <button {...rest} type={type} className={buttonClass(tone, className)} />;
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  /** What it does, in words; shown on hover too. */
  readonly label: string;
}

/** A button with an icon alone. */
export function IconButton({ label, className, type = 'button', ...rest }: IconButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-label={label}
      title={label}
      className={classes(
        'inline-flex size-11 mid:size-9 shrink-0 items-center justify-center rounded-small text-dim transition-colors duration-(--quick) hover:bg-raised hover:text-ink disabled:opacity-55 disabled:pointer-events-none',
        className,
      )}
    />
  );
}
