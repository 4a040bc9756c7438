import './skip.css';
import type { Row } from '@offstage/domain';
import { useEffect, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Textarea } from '#components/ui/input.tsx';
import { Waiting } from '#components/ui/waiting.tsx';
import { server } from '#lib/trpc.ts';
import { useCommand } from '#lib/use-command.ts';
import { storyMoment } from '../model/times.ts';
import { useDraft } from '../use-draft.ts';
import { notableDraft } from './use-left-over.ts';

interface SkipQuestionProps {
  readonly question: Row<'skipQuestions'>;
  /** Gets the words of the message that asked for the skip, when it is taken back. */
  readonly onTakenBack: (words: string) => void;
}

/** SC-5: before a leap in time: is anything in between worth telling? Every tab shows it, and any may answer. */
export function SkipQuestion({ question, onTakenBack }: SkipQuestionProps) {
  const { chatId, turnId: head, to } = question;
  const draft = useDraft(notableDraft(chatId));
  const [kept] = useState(draft.text !== '');
  const card = useRef<HTMLFormElement>(null);
  const forget = (): void => draft.hands.put({ text: '', pending: null });
  const answer = useCommand((notable: string, commandId) => server.skips.answer.mutate({ commandId, chatId, head, notable }), forget);
  const cancel = useCommand(
    (_nothing: null, commandId: string) => server.skips.cancel.mutate({ commandId, chatId }),
    // What was typed stays for the next time.
    ({ words }) => onTakenBack(words),
  );
  useEffect(() => {
    card.current?.scrollIntoView({ block: 'nearest' });
    if (matchMedia('(pointer: fine)').matches) card.current?.querySelector('textarea')?.focus({ preventScroll: true });
  }, []);
  const problem = answer.problem ?? cancel.problem;
  const nothing = draft.text.trim() === '';
  return (
    <form
      ref={card}
      className="chat-skip-ask"
      aria-label="Skip ahead"
      onSubmit={(event) => {
        event.preventDefault();
        answer.run(draft.text);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
        event.preventDefault();
        cancel.run(null);
      }}
    >
      <h2>
        Skip ahead{to !== null && <span>{` to ${storyMoment(to) ?? to}`}</span>}
      </h2>
      <Field label="Anything notable in between?" hint={`${kept ? 'Your words from before are still here. ' : ''}Everyone here will remember it. Leave it empty, and only the time goes on.`} error={problem?.message}>
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            value={draft.text}
            maxLength={4_000}
            readOnly={answer.running}
            onChange={(event) => draft.hands.setText(event.target.value)}
            onBlur={draft.hands.keepTyped}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
              event.preventDefault();
              answer.run(draft.text);
            }}
          />
        )}
      </Field>
      {answer.running || cancel.running ? (
        <Waiting>{answer.running ? 'Skipping ahead' : 'Taking it back'}</Waiting>
      ) : (
        <div className="chat-skip-acts">
          <Button type="submit" tone="primary">
            {nothing ? 'Nothing, skip ahead' : 'Skip ahead'}
          </Button>
          <Button tone="quiet" onClick={() => cancel.run(null)}>
            Not now
          </Button>
        </div>
      )}
    </form>
  );
}
