import { wordsOf } from '@offstage/domain/words';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input, Textarea } from '#components/ui/input.tsx';
import { server } from '#lib/trpc.ts';
import { useCommand } from '#lib/use-command.ts';
import { useHeld } from '#lib/use-held.ts';
import type { Turn } from '../model/transcript.ts';
import { Work } from '../turn-menu/work.tsx';

interface AgainPanelProps {
  readonly chatId: string;
  readonly head: string;
  readonly headDepth: number;
  /** The reply to replace, and the message that it answers; null where it answers none of yours. */
  readonly reply: Turn;
  readonly message: Turn | null;
  readonly name: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Another reply in place of one (TL-6): your message opens first, and a line may say how it should go. */
export function AgainPanel({ chatId, head, headDepth, reply, message, name, onDone, onClose }: AgainPanelProps) {
  const words = message === null ? '' : wordsOf(message);
  const [held, setHeld] = useHeld(`again.${reply.turnId}`);
  const [nudge, setNudge] = useState('');
  const text = held ?? words;
  const changed = message !== null && text.trim() !== words.trim();
  const after = headDepth - reply.depth;
  const again = useCommand(
    (_nothing: null, commandId: string) =>
      server.turns.regenerate.mutate({ commandId, chatId, head, turnId: reply.turnId, ...(changed && { text }), ...(nudge.trim() !== '' && { nudge }) }),
    () => {
      setHeld(null);
      onDone();
    },
  );
  const field = again.problem?.fields[0];
  return (
    <Work label="Try again" onClose={onClose}>
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (!changed || text.trim() !== '') again.run(null);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
        }}
      >
        {message !== null && (
          <Field label="Your message" error={field === 'text' ? again.problem?.message : undefined}>
            {(control) => <Textarea {...control} rows={2} className="chat-work-prose" value={text} onChange={(event) => setHeld(event.target.value === words ? null : event.target.value)} />}
          </Field>
        )}
        <Field label="A nudge, in one line" optional error={field === 'nudge' ? again.problem?.message : undefined}>
          {(control) => <Input {...control} value={nudge} maxLength={1_000} onChange={(event) => setNudge(event.target.value)} />}
        </Field>
        <p className="chat-work-dim">
          {changed ? 'Your changed message and a new reply stand beside what was.' : `Only ${name}\u2019s reply is written anew; this one stays beside it.`}
          {after > 0 && ` The story branches here: ${after === 1 ? 'the turn after it stays' : `the ${after} turns after it stay`} on the line you leave.`}
        </p>
        {again.problem !== undefined && field !== 'text' && field !== 'nudge' && <p role="alert">{again.problem.message}</p>}
        <div className="chat-work-buttons">
          <Button type="submit" tone="primary" disabled={again.running || (changed && text.trim() === '')}>
            Try again
          </Button>
          <Button tone="quiet" onClick={onClose}>
            Leave it
          </Button>
        </div>
      </form>
    </Work>
  );
}
