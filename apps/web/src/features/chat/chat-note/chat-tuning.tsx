import './chat-note.css';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input, Textarea } from '#components/ui/input.tsx';
import { server } from '#lib/trpc.ts';
import { toast } from '#lib/toast.ts';
import { useCommand } from '#lib/use-command.ts';
import { PanelHead } from '../inspector/panel-head.tsx';
import type { ChatOpen } from '../model/state.ts';
import type { Tuning, TuningDraft } from './draft.ts';
import { draftOf, readDraft } from './draft.ts';
import { PassesPart } from './passes-part.tsx';
import { SamplerPart } from './sampler-part.tsx';

interface ChatTuningProps {
  readonly chat: ChatOpen['chat'];
  readonly onClose: () => void;
}

/** What was typed and not kept yet, by chat: closing the panel loses nothing. */
const drafts = new Map<string, TuningDraft>();

/** What this chat sets for itself: its author's note, sampler settings, and what is noticed after a reply (PR-7). */
export function ChatTuning({ chat: { chatId, tuning }, onClose }: ChatTuningProps) {
  const [draft, setDraft] = useState<TuningDraft | null>(() => drafts.get(chatId) ?? null);
  const [wrong, setWrong] = useState<{ readonly field: string; readonly problem: string } | null>(null);
  const shown = draft ?? draftOf(tuning);
  const put = (next: TuningDraft | null): void => {
    setDraft(next);
    setWrong(null);
    if (next === null) drafts.delete(chatId);
    else drafts.set(chatId, next);
  };
  const save = useCommand(
    (next: Tuning, commandId) => server.tuning.set.mutate({ commandId, chatId, ...next }),
    () => {
      put(null);
      toast('Kept for this chat, from the next reply on.');
    },
  );
  const problemOf = (field: string): string | undefined => {
    if (wrong?.field === field) return wrong.problem;
    return save.problem?.fields.some((one) => one.endsWith(field)) === true ? save.problem.message : undefined;
  };
  const change = (part: Partial<TuningDraft>): void => put({ ...shown, ...part });
  return (
    <form
      className="chat-drawer-body"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const read = readDraft(shown);
        if ('tuning' in read) save.run(read.tuning);
        else setWrong(read);
      }}
    >
      <PanelHead title="This chat" onClose={onClose} />
      <div className="chat-panel chat-tuning">
        <section className="chat-part">
          <Field label={'Author\u2019s note'} hint="Told to whoever speaks, and never shown in the story." error={problemOf('note.text')}>
            {(control) => (
              <Textarea {...control} rows={4} maxLength={8_000} placeholder="For instance: keep replies short; the storm is still a day away." value={shown.note} onChange={(event) => change({ note: event.target.value })} />
            )}
          </Field>
          <div className="chat-sampler">
            <Field label="Turns before the end" hint="0 stands beside the last message, where it weighs most." error={problemOf('depth')}>
              {(control) => <Input {...control} inputMode="numeric" value={shown.depth} onChange={(event) => change({ depth: event.target.value })} />}
            </Field>
          </div>
        </section>
        <SamplerPart sampler={shown.sampler} problemOf={problemOf} onChange={(sampler) => change({ sampler })} />
        <PassesPart passesOff={shown.passesOff} onChange={(passesOff) => change({ passesOff })} />
      </div>
      <div className="chat-tuning-foot">
        {save.problem !== undefined && <p role="alert">{save.problem.message}</p>}
        {draft !== null && (
          <Button tone="quiet" onClick={() => put(null)}>
            Leave as it was
          </Button>
        )}
        <Button type="submit" tone="primary" disabled={draft === null || save.running}>
          Keep
        </Button>
      </div>
    </form>
  );
}
