import { MEANWHILE_TURNS, MEANWHILE_TURNS_MOST } from '@offstage/domain/meanwhileTurns';
import { useState } from 'react';
import { Small } from '#components/ui/editable.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { server } from '#lib/trpc.ts';
import { useCommand } from '#lib/use-command.ts';

interface BeginMeanwhileProps {
  readonly chatId: string;
  /** Their names. */
  readonly two: readonly [string, string];
}

/** Leaves the two by themselves: how long, where, and what about. */
export function BeginMeanwhile({ chatId, two }: BeginMeanwhileProps) {
  const [turns, setTurns] = useState(String(MEANWHILE_TURNS));
  const [place, setPlace] = useState('');
  const [nudge, setNudge] = useState('');
  const begin = useCommand((_nothing: null, commandId: string) => server.meanwhile.begin.mutate({ commandId, chatId, turns: turns.trim() === '' ? 0 : Number(turns), place, nudge }));
  const problem = (field: string): string | undefined => (begin.problem?.fields.includes(field) === true ? begin.problem.message : undefined);
  const other = begin.problem !== undefined && !['turns', 'place', 'nudge'].some((field) => begin.problem?.fields.includes(field)) ? begin.problem.message : undefined;
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        begin.run(null);
      }}
    >
      <p className="chat-about">
        {two[0]} and {two[1]} go on without you. You can read along, nudge them, and come back at any time.
      </p>
      <div className="grid grid-cols-[5rem_1fr] gap-3">
        <Field label="Turns" error={problem('turns')}>
          {(control) => <Input {...control} type="number" inputMode="numeric" min={1} max={MEANWHILE_TURNS_MOST} value={turns} onChange={(event) => setTurns(event.target.value)} />}
        </Field>
        <Field label="Where" optional error={problem('place')}>
          {(control) => <Input {...control} value={place} maxLength={200} onChange={(event) => setPlace(event.target.value)} />}
        </Field>
      </div>
      <Field label="What about" optional error={problem('nudge')}>
        {(control) => <Input {...control} value={nudge} maxLength={1_000} onChange={(event) => setNudge(event.target.value)} />}
      </Field>
      {other !== undefined && <p role="alert">{other}</p>}
      <div>
        <Small strong disabled={begin.running} onClick={() => begin.run(null)}>
          Leave them by themselves
        </Small>
      </div>
    </form>
  );
}
