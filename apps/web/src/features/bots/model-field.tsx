import { useQuery } from '@tanstack/react-query';
import { ModelOptions } from '../../components/model-options.tsx';
import { Field } from '../../components/ui/field.tsx';
import { Select } from '../../components/ui/input.tsx';
import { choiceFrom, offersOf } from '../../lib/model-choice.ts';
import { trpc } from '../../lib/trpc.ts';

interface ModelFieldProps {
  /** The choice as one string; empty for none. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A model of a bot's own (MO-1). Nothing to see while there is nothing to choose from. */
export function ModelField({ value, onChange }: ModelFieldProps) {
  const settings = useQuery(trpc.settings.get.queryOptions());
  if (settings.data === undefined) return null;
  const own = choiceFrom(value);
  const offers = offersOf({ ...settings.data, narrative: own ?? settings.data.narrative });
  if (offers.length === 0) return null;
  return (
    <Field label="A model of their own" hint="Writes their replies in place of the one in the settings.">
      {(control) => (
        <Select {...control} value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">As in the settings</option>
          {own !== null && !settings.data.providers.some(({ id }) => id === own.endpointId) && <option value={value}>{own.model} (no longer connected)</option>}
          <ModelOptions offers={offers} />
        </Select>
      )}
    </Field>
  );
}
