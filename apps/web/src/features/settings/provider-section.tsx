import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/ui/button.tsx';
import type { Answers } from '../../lib/trpc.ts';
import { trpc } from '../../lib/trpc.ts';
import { FoundLocal } from './found-local.tsx';
import type { ProviderStart } from './provider-form.tsx';
import { ProviderForm } from './provider-form.tsx';
import { ProviderRow } from './provider-row.tsx';
import { Section } from './section.tsx';

/** Where models answer: servers on this machine first, then any other that speaks the common protocol (MO-1). */
export function ProviderSection({ settings }: { readonly settings: Answers['settings']['get'] }) {
  const { providers } = settings;
  const presets = useQuery(trpc.settings.presets.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }));
  const [open, setOpen] = useState<ProviderStart | null>(null);
  const close = (): void => setOpen(null);
  return (
    <Section id="providers" title="Where models answer" lead="Anything that speaks the OpenAI protocol, on this machine or elsewhere. Offstage asks no other host.">
      {providers.length > 0 && (
        <ul className="flex flex-col">
          {providers.map((provider) =>
            open?.id === provider.id ? (
              <li key={provider.id}>
                <ProviderForm start={open} presets={presets.data ?? []} onClose={close} />
              </li>
            ) : (
              <ProviderRow key={provider.id} provider={provider} onChange={() => setOpen(provider)} />
            ),
          )}
        </ul>
      )}
      {open === null ? (
        <>
          <FoundLocal known={providers} presets={presets.data ?? []} onChoose={setOpen} />
          <Button tone={providers.length === 0 ? 'primary' : 'plain'} className="self-start" onClick={() => setOpen(EMPTY)}>
            <Plus aria-hidden="true" className="size-4" />
            Connect a model
          </Button>
        </>
      ) : (
        open.id === undefined && <ProviderForm key={open.baseUrl} start={open} presets={presets.data ?? []} onClose={close} />
      )}
    </Section>
  );
}

const EMPTY: ProviderStart = { name: '', baseUrl: '', hasKey: false, maxConcurrent: 1, models: [] };
