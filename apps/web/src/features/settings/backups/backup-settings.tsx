import { Banner } from '#components/ui/banner.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import type { Answers } from '#lib/trpc.ts';
import { queryClient, server, trpc } from '#lib/trpc.ts';
import { useCommand } from '#lib/use-command.ts';
import { Seconds } from '../seconds.tsx';

type BackupSettings = Answers['keeping']['copies']['settings'];

/** How copies make themselves, and how many stay. */
export function BackupSettingsPart({ settings }: { readonly settings: BackupSettings }) {
  const change = useCommand(
    (next: Partial<BackupSettings>, commandId) => server.keeping.set.mutate({ commandId, settings: next }),
    () => void queryClient.invalidateQueries({ queryKey: trpc.keeping.copies.queryKey() }),
  );
  return (
    <Disclosure summary={inWords(settings)}>
      <div className="grid gap-5 mid:grid-cols-2">
        <Seconds label="Copies from while you play" hint="How many stay; 0 makes none." min={0} max={100} value={settings.snapshots} onChange={(snapshots) => change.run({ snapshots })} />
        <Seconds label="Copies from the night" hint="How many stay; 0 makes none." min={0} max={365} value={settings.nightly} onChange={(nightly) => change.run({ nightly })} />
        <Seconds label="Minutes of play" hint="After so many a copy is made." min={5} max={1_440} value={settings.everyMinutes} onChange={(everyMinutes) => change.run({ everyMinutes })} />
        <Seconds label="Changes" hint="Or after so many. A reply makes about seven." min={100} max={1_000_000} value={settings.everyEvents} onChange={(everyEvents) => change.run({ everyEvents })} />
        <Field label="When the night copy is made" hint="By this machine's clock; when it slept, as soon as it is awake.">
          {(control) => <Input {...control} key={settings.at} type="time" defaultValue={settings.at} onBlur={({ target }) => target.value !== '' && target.value !== settings.at && change.run({ at: target.value })} />}
        </Field>
      </div>
      {change.problem !== undefined && <Banner tone="problem">{change.problem.message}</Banner>}
    </Disclosure>
  );
}

function inWords({ snapshots, nightly, everyMinutes, at }: BackupSettings): string {
  const playing = snapshots === 0 ? '' : `Every ${everyMinutes} minutes of play, ${snapshots} of them kept`;
  const night = nightly === 0 ? '' : `${playing === '' ? 'Every' : 'and every'} night at ${at}, ${nightly} kept`;
  return [playing, night].filter((part) => part !== '').join('; ') || 'None are made by themselves';
}
