import type { ReactNode } from 'react';
import { ModelOptions } from '../../components/model-options.tsx';
import { Field } from '../../components/ui/field.tsx';
import { Select } from '../../components/ui/input.tsx';
import type { Choice, Offer } from '../../lib/model-choice.ts';
import { choiceFrom, choiceKey } from '../../lib/model-choice.ts';

interface ModelSelectProps {
  readonly label: string;
  readonly hint: ReactNode;
  /** What it is called when nothing is chosen. */
  readonly none: string;
  readonly offers: readonly Offer[];
  readonly value: Choice | null;
  readonly onChange: (choice: Choice | null) => void;
}

/** One of the models on offer, or none. */
export function ModelSelect({ label, hint, none, offers, value, onChange }: ModelSelectProps) {
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <Select {...control} value={choiceKey(value)} onChange={(event) => onChange(choiceFrom(event.target.value))}>
          <option value="">{none}</option>
          <ModelOptions offers={offers} />
        </Select>
      )}
    </Field>
  );
}
