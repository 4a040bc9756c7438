import { RotateCw } from 'lucide-react';
import { Button } from '../../components/ui/button.tsx';
import { TrialResult } from './trial-result.tsx';
import type { Settings } from './use-settings-command.ts';
import { useTrial } from './use-trial.ts';

/** Asks providers for their models whose list is not known, as after a start. Nothing to see where all are. */
export function AskOffers({ providers }: Pick<Settings, 'providers'>) {
  return providers.filter(({ models }) => models.length === 0).map((provider) => <AskOne key={provider.id} provider={provider} />);
}

function AskOne({ provider: { id, name, baseUrl } }: { readonly provider: Settings['providers'][number] }) {
  const trial = useTrial([]);
  return (
    <div className="flex flex-col gap-2">
      <Button className="self-start" disabled={trial.running} onClick={() => trial.run({ provider: { id, baseUrl } })}>
        <RotateCw aria-hidden="true" className="size-4" />
        {trial.running ? `Asking ${name}` : `Ask ${name} which models it has`}
      </Button>
      <TrialResult result={trial.result} failure={trial.failure} />
    </div>
  );
}
