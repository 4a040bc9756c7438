import { useQuery } from '@tanstack/react-query';
import { trpc } from '#lib/trpc.ts';
import type { PassName, TuningDraft } from './draft.ts';
import { PASSES } from './draft.ts';

interface PassesPartProps {
  readonly passesOff: TuningDraft['passesOff'];
  readonly onChange: (passesOff: TuningDraft['passesOff']) => void;
}

/** What is noticed after a reply in this chat. All of it takes one question to the model, and none where none is left. */
export function PassesPart({ passesOff, onChange }: PassesPartProps) {
  const { data: settings } = useQuery(trpc.settings.get.queryOptions());
  const off: readonly PassName[] = passesOff ?? settings?.bookkeeping.off ?? [];
  return (
    <section className="chat-part">
      <fieldset className="chat-passes">
        <legend className="chat-beside-title">Noticed after a reply</legend>
        <label>
          <input type="checkbox" checked={passesOff === null} onChange={(event) => onChange(event.target.checked ? null : off)} />
          As in the settings
        </label>
        {PASSES.map(({ name, words }) => (
          <label key={name} data-follows={passesOff === null || undefined}>
            <input
              type="checkbox"
              checked={!off.includes(name)}
              onChange={(event) => onChange(event.target.checked ? off.filter((one) => one !== name) : [...off, name])}
            />
            {words}
          </label>
        ))}
      </fieldset>
    </section>
  );
}
