import { Field } from '../../components/ui/field.tsx';
import { Textarea } from '../../components/ui/input.tsx';
import { Slider } from '../../components/ui/slider.tsx';
import { affinityInWords, trustInWords } from '../../lib/feelings.ts';
import type { PartProps } from './parts.ts';

interface FeelingFieldsProps extends PartProps {
  readonly botName: string;
}

/** How the bot feels about you before the first word. */
export function FeelingFields({ form, botName, errorOf, onChange }: FeelingFieldsProps) {
  const { edge } = form;
  const set = (part: Partial<typeof edge>): void => onChange({ edge: { ...edge, ...part } });
  return (
    <section aria-labelledby="opening-feeling" className="flex flex-col gap-4">
      <h2 id="opening-feeling" className="text-15 font-semibold">
        How {botName} feels about you
      </h2>
      <div className="grid gap-x-8 gap-y-3 mid:grid-cols-2">
        <Slider label="Affinity" value={edge.affinity} onChange={(affinity) => set({ affinity })} words={affinityInWords} />
        <Slider label="Trust" value={edge.trust} onChange={(trust) => set({ trust })} words={trustInWords} />
      </div>
      <Field label="In words" error={errorOf('edge.summary')}>
        {(control) => <Textarea {...control} rows={2} value={edge.summary} onChange={(event) => set({ summary: event.target.value })} />}
      </Field>
    </section>
  );
}
