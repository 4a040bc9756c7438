import { Banner } from '../../components/ui/banner.tsx';
import { offersOf } from '../../lib/model-choice.ts';
import { AskOffers } from './ask-offers.tsx';
import { ModelSelect } from './model-select.tsx';
import { Section } from './section.tsx';
import type { Settings } from './use-settings-command.ts';
import { useSettingsCommand } from './use-settings-command.ts';

/** Which model writes. */
export function ModelSection({ settings }: { readonly settings: Settings }) {
  const change = useSettingsCommand();
  const offers = offersOf(settings);
  return (
    <Section id="models" title="Models" lead={settings.scripted ? undefined : 'Who writes. Who keeps the books stands further down.'}>
      {settings.scripted && (
        <Banner>
          The built-in <strong>rehearsal model</strong> answers now. It is scripted: good for trying things out, not for a story. Connect a model below.
        </Banner>
      )}
      {offers.length > 0 && (
        <ModelSelect
          label="Writes the replies"
          hint="One call for every reply."
          none="The rehearsal model (scripted)"
          offers={offers}
          value={settings.narrative}
          onChange={(narrative) => change.run({ choices: { narrative } })}
        />
      )}
      <AskOffers providers={settings.providers} />
      {change.problem !== undefined && <Banner tone="problem">{change.problem.message}</Banner>}
    </Section>
  );
}
