import { useQuery } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import { Button } from '../../components/ui/button.tsx';
import { Waiting } from '../../components/ui/waiting.tsx';
import type { Answers } from '../../lib/trpc.ts';
import { trpc } from '../../lib/trpc.ts';
import type { ProviderStart } from './provider-form.tsx';

interface FoundLocalProps {
  readonly known: readonly { readonly baseUrl: string }[];
  readonly presets: Answers['settings']['presets'];
  readonly onChoose: (start: ProviderStart) => void;
}

/** Model servers that run on this machine and are not connected yet (MO-2). */
export function FoundLocal({ known, presets, onChoose }: FoundLocalProps) {
  const found = useQuery(trpc.settings.findLocal.queryOptions(undefined, { staleTime: 60_000 }));
  const fresh = (found.data ?? []).filter(({ baseUrl }) => !known.some((provider) => provider.baseUrl === baseUrl));
  if (found.isFetching) return <Waiting>Looking for model servers on this machine</Waiting>;
  return (
    <div className="flex flex-col gap-3">
      {fresh.map(({ presetId, baseUrl, models }) => {
        const name = presets.find(({ id }) => id === presetId)?.name ?? baseUrl;
        return (
          <div key={baseUrl} className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-box border border-accent bg-accent-wash px-4 py-3">
            <p className="min-w-0 flex-1 text-15">
              <strong>{name}</strong> runs on this machine
              <span className="block text-13 text-dim">{models.length === 0 ? 'It has no model loaded yet.' : models.slice(0, 3).join(', ') + (models.length > 3 ? ` and ${models.length - 3} more` : '')}</span>
            </p>
            <Button tone="primary" onClick={() => onChoose({ name, baseUrl, hasKey: false, maxConcurrent: 1, models })}>
              Connect
            </Button>
          </div>
        );
      })}
      {fresh.length === 0 && (
        <p className="flex flex-wrap items-center gap-x-2 text-13 text-dim">
          {found.error === null ? (known.length > 0 ? 'No other model server answers on this machine.' : 'No model server answers on this machine.') : 'This machine could not be searched for model servers.'}
          <Button tone="quiet" className="-ml-2 !px-2 !text-13 mid:ml-0" onClick={() => void found.refetch()}>
            <RotateCw aria-hidden="true" className="size-3.5" />
            Look again
          </Button>
        </p>
      )}
    </div>
  );
}
