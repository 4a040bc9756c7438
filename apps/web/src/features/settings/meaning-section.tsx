import { Banner } from '../../components/ui/banner.tsx';
import { offersOf } from '../../lib/model-choice.ts';
import { ModelSelect } from './model-select.tsx';
import { Section } from './section.tsx';
import type { Settings } from './use-settings-command.ts';
import { useSettingsCommand } from './use-settings-command.ts';

/** The model that lets memories be found by their meaning (ME-5). */
export function MeaningSection({ settings }: { readonly settings: Settings }) {
  const change = useSettingsCommand();
  const offers = offersOf(settings, 'vectors');
  return (
    <Section
      id="meaning"
      title="Finding memories by meaning"
      lead="Optional. Memories are found by their words. With an embedding model they are also found when the same is said in other words."
    >
      {offers.length === 0 ? (
        <p className="text-15 text-dim">{settings.providers.length === 0 ? 'Connect a model above' : 'Ask above which models there are'}, then choose one here that makes embeddings.</p>
      ) : (
        <ModelSelect
          label="Embedding model"
          hint="It reads each memory once, and one line before each reply. A model that writes will not do."
          none="None: by their words alone"
          offers={offers}
          value={settings.embedding}
          onChange={(embedding) => change.run({ choices: { embedding } })}
        />
      )}
      {change.problem !== undefined && <Banner tone="problem">{change.problem.message}</Banner>}
    </Section>
  );
}
