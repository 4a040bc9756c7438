import { useEffect, useRef, useState } from 'react';
import { Choice } from '#components/ui/choice.tsx';
import { Small } from '#components/ui/editable.tsx';
import { Field } from '#components/ui/field.tsx';
import { Textarea } from '#components/ui/input.tsx';
import { server } from '#lib/trpc.ts';
import { useCommand } from '#lib/use-command.ts';
import { useHeld } from '#lib/use-held.ts';
import type { CastMember } from '../model/state.ts';
import { WEIGHTS, weightOf } from './memory-words.ts';
import { tell } from './use-edit.ts';

/** A memory that is being written by hand. */
export interface AddingMemory {
  /** Null while none is. */
  readonly text: string | null;
  readonly weight: string;
  readonly running: boolean;
  readonly problem: string | undefined;
  readonly open: () => void;
  readonly change: (text: string) => void;
  readonly weigh: (weight: string) => void;
  readonly keep: () => void;
  readonly leave: () => void;
}

/** Writes a memory for a bot; what was typed stays through whatever happens to the page's parts. */
export function useAddMemory(chatId: string, owner: CastMember): AddingMemory {
  const [text, setText] = useHeld(`${chatId}.${owner.entityId}.memory`);
  const [weight, setWeight] = useState('1');
  const add = useCommand(
    (wanted: string, commandId: string) => server.edits.addMemory.mutate({ commandId, chatId, ownerId: owner.entityId, text: wanted, significance: weightOf(weight) }),
    (edited) => {
      setText(null);
      setWeight('1');
      tell(chatId, `${owner.name} remembers it from now on.`, edited);
    },
  );
  return {
    text,
    weight,
    running: add.running,
    problem: add.problem?.message,
    open: () => setText(text ?? ''),
    change: (next) => {
      add.forget();
      setText(next);
    },
    weigh: setWeight,
    keep: () => add.run(text ?? ''),
    leave: () => {
      add.forget();
      setText(null);
    },
  };
}

/** The form of a memory written by hand. */
export function AddMemory({ adding, owner }: { readonly adding: AddingMemory; readonly owner: CastMember }) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <form
      className="chat-add"
      onSubmit={(event) => {
        event.preventDefault();
        adding.keep();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
        event.preventDefault();
        event.stopPropagation();
        adding.leave();
      }}
    >
      <Field label={`What ${owner.name} shall remember`} hint={`As ${owner.name} would tell it.`} error={adding.problem}>
        {(control) => <Textarea {...control} ref={field} value={adding.text ?? ''} readOnly={adding.running} onChange={(event) => adding.change(event.target.value)} />}
      </Field>
      <Choice legend="How much it matters" value={adding.weight} onChange={adding.weigh} options={WEIGHTS.map((label, value) => ({ value: String(value), label }))} />
      <div className="flex flex-wrap gap-1">
        <Small strong onClick={adding.keep} disabled={adding.running}>
          {adding.running ? 'Keeping\u2026' : 'Keep'}
        </Small>
        <Small onClick={adding.leave} disabled={adding.running}>
          Leave it
        </Small>
      </div>
    </form>
  );
}
