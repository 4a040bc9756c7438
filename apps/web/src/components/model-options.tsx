import type { Offer } from '../lib/model-choice.ts';

/** The models on offer as options, under the names of their providers. */
export function ModelOptions({ offers }: { readonly offers: readonly Offer[] }) {
  return offers.map(({ name, models }) => (
    <optgroup key={name} label={name}>
      {models.map(({ key, model }) => (
        <option key={key} value={key}>
          {model}
        </option>
      ))}
    </optgroup>
  ));
}
