import { useState } from 'react';
import { Field } from '../../components/ui/field.tsx';
import { Input } from '../../components/ui/input.tsx';

interface SecondsProps {
  readonly label: string;
  readonly hint: string;
  readonly min: number;
  readonly max: number;
  readonly value: number;
  readonly onChange: (seconds: number) => void;
}

/** A number of seconds; kept on leaving the field or with Enter, Esc leaves it as it was. */
export function Seconds({ label, hint, min, max, value, onChange }: SecondsProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const keep = (): void => {
    const seconds = Number(typed ?? '');
    setTyped(null);
    if (typed === null || typed.trim() === '' || !Number.isFinite(seconds)) return;
    const fits = Math.max(min, Math.min(max, seconds));
    if (fits !== value) onChange(fits);
  };
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <Input
          {...control}
          type="number"
          inputMode="decimal"
          min={min}
          max={max}
          value={typed ?? value}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={keep}
          onKeyDown={(event) => {
            if (event.key === 'Enter') keep();
            if (event.key === 'Escape') setTyped(null);
          }}
        />
      )}
    </Field>
  );
}
