import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Input } from '#components/ui/input.tsx';
import { toast } from '#lib/toast.ts';
import { server } from '#lib/trpc.ts';
import { useCommand } from '#lib/use-command.ts';

interface BranchNameProps {
  readonly chatId: string;
  /** The turn that carries the name. */
  readonly tipId: string;
  readonly name: string | null;
}

/** A branch's name, given, changed or taken away (TL-9). */
export function BranchName({ chatId, tipId, name }: BranchNameProps) {
  const [text, setText] = useState<string | null>(null);
  const give = useCommand(
    (next: string, commandId: string) => server.timeline.name.mutate({ commandId, chatId, tipId, name: next.trim() === '' ? null : next.trim() }),
    (_nothing, next) => {
      setText(null);
      toast(next.trim() === '' ? 'The branch has no name now.' : `This branch is called ${next.trim()}.`);
    },
  );
  if (text === null) {
    return (
      <Button tone="quiet" className="-ml-4" onClick={() => setText(name ?? '')}>
        {name === null ? 'Name this branch' : `Rename ${name}`}
      </Button>
    );
  }
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        give.run(text);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
        event.preventDefault();
        event.stopPropagation();
        setText(null);
      }}
    >
      <Input
        // What was pressed to get here asked to write in it.
        ref={(field) => {
          if (field !== null && document.activeElement === document.body) field.focus();
        }}
        aria-label="Name of the branch"
        aria-invalid={give.problem !== undefined || undefined}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {give.problem !== undefined && <p role="alert">{give.problem.message}</p>}
      <div className="flex gap-2">
        <Button type="submit" tone="primary" disabled={give.running}>
          Keep
        </Button>
        <Button tone="quiet" onClick={() => setText(null)}>
          Leave it
        </Button>
      </div>
    </form>
  );
}
