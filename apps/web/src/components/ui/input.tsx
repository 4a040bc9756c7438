import type { ComponentProps } from 'react';
import { classes } from '../../lib/classes.ts';

// 16 px on phones: below that, phones zoom into the field.
const CONTROL =
  'w-full rounded-small border border-edge bg-ground text-[1rem] mid:text-15 text-ink aria-invalid:border-danger disabled:opacity-55 focus-visible:outline-offset-0';

/** A field of one line. */
export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input dir="auto" autoComplete="off" {...rest} className={classes(CONTROL, 'min-h-11 px-3 mid:min-h-9', className)} />;
}

/** A field of many lines that grows with what it holds, up to a good part of the page. */
export function Textarea({ className, rows = 3, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      dir="auto"
      rows={rows}
      {...rest}
      className={classes(CONTROL, 'field-sizing-content max-h-[60vh] min-h-[calc(var(--rows)*1.5em+1.25rem)] resize-y px-3 py-2 leading-normal', className)}
      style={{ '--rows': rows } as React.CSSProperties}
    />
  );
}

/** A choice of one out of several, as the system draws it. */
export function Select({ className, children, ...rest }: ComponentProps<'select'>) {
  return (
    <select {...rest} className={classes(CONTROL, 'min-h-11 px-2.5 mid:min-h-9', className)}>
      {children}
    </select>
  );
}
