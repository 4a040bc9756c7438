import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Textarea } from '#components/ui/input.tsx';
import type { Answers } from '#lib/trpc.ts';
import { queryClient, server, trpc } from '#lib/trpc.ts';
import { toast } from '#lib/toast.ts';
import { useCommand } from '#lib/use-command.ts';

type Template = Answers['templates']['list'][number];

/** What was typed and not kept yet, by name: folding a text away, or going elsewhere, loses nothing. */
const drafts = new Map<string, string>();

function useAgain(): () => void {
  return () => void queryClient.invalidateQueries({ queryKey: trpc.templates.list.queryKey() });
}

/** One text: what it is for, the words, and the way back to those that came with Offstage. */
export function PromptText({ template }: { readonly template: Template }) {
  const { name, what, own, problem } = template;
  return (
    <details className="group/text py-1">
      <summary className="flex min-h-11 items-center gap-2 rounded-small text-15 mid:min-h-9 [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden="true" className="size-4 shrink-0 text-dim transition-transform duration-(--quick) group-open/text:rotate-90" />
        <span className="min-w-0 flex-1">{what}</span>
        <span className="shrink-0 text-13 text-dim">{problem === null ? (own === null ? `${name}.txt` : 'your own') : 'not used'}</span>
      </summary>
      <Editor key={own} template={template} />
    </details>
  );
}

function Editor({ template: { name, shipped, own, problem, placeholders } }: { readonly template: Template }) {
  const stands = own ?? shipped;
  const [text, setText] = useState(() => drafts.get(name) ?? stands);
  const again = useAgain();
  const put = (next: string): void => {
    setText(next);
    if (next === stands) drafts.delete(name);
    else drafts.set(name, next);
  };
  const save = useCommand(
    (words: string, commandId) => server.templates.save.mutate({ commandId, name, text: words }),
    () => {
      drafts.delete(name);
      toast('Kept, from the next prompt on.');
      again();
    },
  );
  const reset = useCommand(
    (_: string, commandId) => server.templates.reset.mutate({ commandId, name }),
    (_, before) => {
      drafts.delete(name);
      setText(shipped);
      toast('Back to the text that comes with Offstage.', own === null ? undefined : { label: 'Undo', run: () => save.run(before) });
      again();
    },
  );
  const changed = text.trim() !== stands.trim();
  return (
    <div className="flex flex-col gap-3 pt-2 pb-5">
      {problem !== null && <Banner tone="problem">{problem} Until it is mended, the text that comes with Offstage is used.</Banner>}
      <Field
        label={`${name}.txt`}
        hint={placeholders.length === 0 ? undefined : <>These must stay; they are filled in: {placeholders.map((one) => `{{${one}}}`).join(', ')}</>}
        error={save.problem?.message}
      >
        {(control) => <Textarea {...control} rows={6} spellCheck={false} value={text} onChange={(event) => put(event.target.value)} />}
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button disabled={!changed || save.running} onClick={() => save.run(text)}>
          Keep
        </Button>
        {changed && (
          <Button tone="quiet" onClick={() => put(stands)}>
            Leave as it was
          </Button>
        )}
        {(own !== null || problem !== null) && (
          <Button tone="quiet" disabled={reset.running} onClick={() => reset.run(stands)}>
            Back to the shipped text
          </Button>
        )}
      </div>
      {reset.problem !== undefined && <Banner tone="problem">{reset.problem.message}</Banner>}
    </div>
  );
}
