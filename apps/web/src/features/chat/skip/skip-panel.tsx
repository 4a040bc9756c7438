import './skip.css';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Small } from '#components/ui/editable.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Waiting } from '#components/ui/waiting.tsx';
import { server } from '#lib/trpc.ts';
import { useCommand } from '#lib/use-command.ts';
import { storyMoment } from '../model/times.ts';

/** Skips that are one click away, with the words in which they are asked for. */
const PRESETS = [
  ['An hour', 'an hour'],
  ['This evening', 'this evening'],
  ['Next morning', 'next morning'],
  ['A week', 'a week later'],
] as const;

type When = { readonly words: string } | { readonly moment: string };

interface SkipPanelProps {
  readonly chatId: string;
  /** Where the chat stands, and story time there (ISO 8601 UTC). */
  readonly head: string | null;
  readonly clock: string | null;
  /** True while something is being written. */
  readonly busy: boolean;
  /** The story is where it shows. */
  readonly onBegun: () => void;
}

/** SC-4, SC-5 by hand: skips ahead by one of the usual spans, to when something has happened, or to an exact moment. */
export function SkipPanel({ chatId, head, clock, busy, onBegun }: SkipPanelProps) {
  const [words, setWords] = useState('');
  const [moment, setMoment] = useState('');
  const skip = useCommand(
    ({ at, when }: { at: string; when: When }, commandId: string) => server.skips.begin.mutate({ commandId, chatId, head: at, when }),
    () => {
      setWords('');
      setMoment('');
      onBegun();
    },
  );
  const go = (when: When): void => {
    if (head !== null) skip.run({ at: head, when });
  };
  const shut = busy || skip.running || head === null;
  const then = Date.parse(`${moment}Z`);
  return (
    <div className="chat-skip-panel">
      {clock !== null && <p className="chat-none">{`It is ${storyMoment(clock) ?? clock}.`}</p>}
      <div className="chat-skip-presets" role="group" aria-label="How far">
        {PRESETS.map(([name, asked]) => (
          <Small key={name} strong disabled={shut} onClick={() => go({ words: asked })}>
            {name}
          </Small>
        ))}
      </div>
      <form
        className="chat-skip-line"
        onSubmit={(event) => {
          event.preventDefault();
          if (!shut && words.trim() !== '') go({ words: words.trim() });
        }}
      >
        <Field label="To when …">
          {(control) => <Input {...control} value={words} placeholder="we arrive; in 3 days; Friday 18:00" maxLength={400} onChange={(event) => setWords(event.target.value)} />}
        </Field>
        <Button type="submit" disabled={shut || words.trim() === ''}>
          Skip
        </Button>
      </form>
      <form
        className="chat-skip-line"
        onSubmit={(event) => {
          event.preventDefault();
          if (!shut && !Number.isNaN(then)) go({ moment: new Date(then).toISOString() });
        }}
      >
        <Field label="To a day and hour">
          {(control) => <Input {...control} type="datetime-local" min={clock?.slice(0, 16)} max="9998-12-31T23:59" value={moment} onChange={(event) => setMoment(event.target.value)} />}
        </Field>
        <Button type="submit" disabled={shut || Number.isNaN(then)}>
          Skip
        </Button>
      </form>
      {skip.running && <Waiting>Working out when that is</Waiting>}
      {skip.problem !== undefined && <p role="alert" className="text-13 text-danger">{skip.problem.message}</p>}
      {busy && <p className="chat-none">Once what is being written has ended.</p>}
    </div>
  );
}
