import { useQuery } from '@tanstack/react-query';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { trpc } from '#lib/trpc.ts';
import type { TuningDraft } from './draft.ts';
import { SAMPLERS } from './draft.ts';

interface SamplerPartProps {
  readonly sampler: TuningDraft['sampler'];
  readonly problemOf: (field: string) => string | undefined;
  readonly onChange: (sampler: TuningDraft['sampler']) => void;
}

/** How the model chooses its words here. An empty field follows the settings, and says what they are. */
export function SamplerPart({ sampler, problemOf, onChange }: SamplerPartProps) {
  const { data: settings } = useQuery(trpc.settings.get.queryOptions());
  return (
    <section className="chat-part">
      <h3 className="chat-beside-title">How the model chooses its words</h3>
      <p className="chat-none">What is left empty follows the settings.</p>
      <div className="chat-sampler">
        {SAMPLERS.map(({ name, label, hint }) => {
          const usual = settings?.sampler[name];
          return (
            <Field key={name} label={label} hint={usual === undefined ? hint : `${hint} In the settings: ${usual}.`} error={problemOf(name)}>
              {(control) => (
                <Input {...control} inputMode="decimal" value={sampler[name]} onChange={(event) => onChange({ ...sampler, [name]: event.target.value.replace(',', '.') })} />
              )}
            </Field>
          );
        })}
      </div>
    </section>
  );
}
