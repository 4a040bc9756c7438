import type { FormEvent } from 'react';
import { useState } from 'react';
import { Banner } from '../../components/ui/banner.tsx';
import { Button } from '../../components/ui/button.tsx';
import { Disclosure } from '../../components/ui/disclosure.tsx';
import { Field } from '../../components/ui/field.tsx';
import { Input, Select } from '../../components/ui/input.tsx';
import { makesVectors } from '../../lib/model-choice.ts';
import { fieldOf } from '../../lib/problem.ts';
import { toast } from '../../lib/toast.ts';
import type { Answers } from '../../lib/trpc.ts';
import { queryClient, server, trpc } from '../../lib/trpc.ts';
import { useCommand } from '../../lib/use-command.ts';
import { KeyField } from './key-field.tsx';
import { TrialResult } from './trial-result.tsx';
import { useTrial } from './use-trial.ts';

/** A provider as its form opens. */
export interface ProviderStart {
  readonly id?: string;
  readonly name: string;
  readonly baseUrl: string;
  readonly hasKey: boolean;
  readonly maxConcurrent: number;
  /** Models that it is known to offer. */
  readonly models: readonly string[];
}

interface ProviderFormProps {
  readonly start: ProviderStart;
  readonly presets: Answers['settings']['presets'];
  readonly onClose: () => void;
}

/** Connects a provider: its address, its key if it wants one, and which of its models writes. */
export function ProviderForm({ start, presets, onClose }: ProviderFormProps) {
  const [name, setName] = useState(start.name);
  const [baseUrl, setBaseUrl] = useState(start.baseUrl);
  const [concurrent, setConcurrent] = useState(start.maxConcurrent);
  // Undefined keeps the key that is set, null forgets it.
  const [apiKey, setApiKey] = useState<string | null | undefined>(undefined);
  const [picked, setPicked] = useState<string | null>(null);
  const key = apiKey === '' ? undefined : apiKey;
  const provider = { ...(start.id !== undefined && { id: start.id }), baseUrl, ...(key !== undefined && { apiKey: key }) };
  const trial = useTrial(start.models);
  const writers = trial.models.filter((each) => !makesVectors(each));
  // A single model selects itself.
  const model = picked ?? (writers.length === 1 ? (writers[0] ?? '') : '');
  const save = useCommand(
    (_: null, commandId) =>
      server.settings.saveProvider.mutate({
        commandId,
        provider: { ...provider, name: name.trim() === '' ? hostOf(baseUrl) : name, maxConcurrent: concurrent },
        ...(model !== '' && { narrative: model }),
      }),
    () => {
      void queryClient.invalidateQueries({ queryKey: trpc.settings.pathKey() });
      toast(model === '' ? 'The provider is saved.' : `${model} writes from now on.`);
      onClose();
    },
  );
  const at = save.problem && fieldOf(save.problem);
  const errorAt = (field: string): string | undefined => (at === field ? save.problem?.message : undefined);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.run(null);
  };
  return (
    <form onSubmit={submit} noValidate aria-label="Connect a model" className="my-2 flex flex-col gap-5 rounded-box border border-line bg-raised p-5">
      {start.id === undefined && (
        <Field label="Start from">
          {(control) => (
            <Select
              {...control}
              value={presets.find((preset) => preset.baseUrl === baseUrl)?.id ?? ''}
              onChange={(event) => {
                const preset = presets.find(({ id }) => id === event.target.value);
                setBaseUrl(preset?.baseUrl ?? '');
                setName(preset?.name ?? '');
                trial.forget();
              }}
            >
              <option value="">An address of your own</option>
              {[true, false].map((local) => (
                <optgroup key={String(local)} label={local ? 'On this machine' : 'Elsewhere'}>
                  {presets.filter((preset) => preset.local === local).map((preset) => (
                    <option key={preset.id} value={preset.id}>
                      {preset.name}
                    </option>
                  ))}
                </optgroup>
              ))}
            </Select>
          )}
        </Field>
      )}
      <Field label="Address" hint="Usually ends in /v1." error={errorAt('baseUrl')}>
        {(control) => <Input {...control} type="url" dir="ltr" spellCheck={false} value={baseUrl} onChange={(event) => setBaseUrl(event.target.value)} />}
      </Field>
      <KeyField hasKey={start.hasKey} value={apiKey} error={errorAt('apiKey')} onChange={setApiKey} />
      <div className="flex flex-col gap-3">
        <Button className="self-start" disabled={trial.running || baseUrl.trim() === ''} onClick={() => trial.run({ provider, ...(model !== '' && { model }) })}>
          {trial.running ? 'Testing' : 'Test connection'}
        </Button>
        <TrialResult result={trial.result} failure={trial.failure} />
      </div>
      {writers.length > 0 && (
        <Field label="Model that writes the replies" hint={writers.length === 1 ? 'The only one on offer.' : `${writers.length} on offer.`}>
          {(control) => (
            <Select {...control} value={model} onChange={(event) => setPicked(event.target.value)}>
              {writers.length > 1 && <option value="">Choose one</option>}
              {writers.map((each) => (
                <option key={each} value={each}>
                  {each}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      <Disclosure summary="Name and limits">
        <div className="grid gap-5 mid:grid-cols-2">
          <Field label="Name" hint="How it is called here." error={errorAt('name')}>
            {(control) => <Input {...control} value={name} maxLength={120} onChange={(event) => setName(event.target.value)} />}
          </Field>
          <Field label="Calls at once" hint="What the provider allows." error={errorAt('maxConcurrent')}>
            {(control) => (
              <Input {...control} type="number" min={1} max={64} value={concurrent} onChange={(event) => setConcurrent(Math.max(1, Math.min(64, event.target.valueAsNumber || 1)))} />
            )}
          </Field>
        </div>
      </Disclosure>
      {save.problem !== undefined && at === undefined && <Banner tone="problem">{save.problem.message}</Banner>}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" tone="primary" disabled={save.running || baseUrl.trim() === ''}>
          Save
        </Button>
        <Button tone="quiet" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : 'Model server';
}
