import { useId } from 'react';
import { classes } from '../../lib/classes.ts';

interface ChoiceProps<T extends string> {
  readonly legend: string;
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly options: readonly { readonly value: T; readonly label: string; readonly hint?: string }[];
}

/** One of a few, all in sight. With hints the options stand as cards, without as one row. */
export function Choice<T extends string>({ legend, value, onChange, options }: ChoiceProps<T>) {
  const name = useId();
  const cards = options.some((option) => option.hint !== undefined);
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-13 font-semibold">{legend}</legend>
      <div className={cards ? 'grid gap-2 mid:grid-cols-2' : 'inline-flex max-w-full flex-wrap gap-1 rounded-box bg-raised p-1'}>
        {options.map((option) => (
          <label
            key={option.value}
            className={classes(
              'relative cursor-pointer rounded-small has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
              cards
                ? 'flex flex-col gap-0.5 border border-edge px-4 py-3 has-checked:border-accent has-checked:bg-accent-wash'
                : 'flex min-h-11 items-center px-3.5 text-dim has-checked:bg-ground has-checked:font-medium has-checked:text-ink has-checked:ring-1 has-checked:ring-edge mid:min-h-8',
            )}
          >
            <input type="radio" name={name} value={option.value} checked={option.value === value} onChange={() => onChange(option.value)} className="sr-only" />
            <span className={cards ? 'text-15 font-medium' : 'text-13'}>{option.label}</span>
            {option.hint !== undefined && <span className="text-13 text-dim">{option.hint}</span>}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
