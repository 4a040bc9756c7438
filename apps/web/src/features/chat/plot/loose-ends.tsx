import type { Row } from '@offstage/domain';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { EditableText } from '#components/ui/editable-text.tsx';
import { Small } from '#components/ui/editable.tsx';
import { toast } from '#lib/toast.ts';
import { server } from '#lib/trpc.ts';
import { FoldingPart } from '../drawer/part.tsx';
import type { Edit } from '../drawer/use-edit.ts';
import type { ChatOpen } from '../model/state.ts';
import type { PlotProps } from './plot-panel.tsx';
import { namesOf } from './words.ts';

/** What is unresolved in a story, and what no longer is (EV-5, EV-6). */
export function LooseEnds({ scenery, open, edit }: PlotProps) {
  const threads = [...scenery.threads.values()];
  const loose = threads.filter((thread) => thread.open);
  const tied = threads.filter((thread) => !thread.open).toReversed();
  return (
    <FoldingPart name="ends" title="Loose ends" brief={loose.map(({ title }) => title).join(', ')}>
      {loose.length === 0 && <p className="chat-none">Nothing is left open. When a scene ends, what it leaves unresolved will stand here.</p>}
      {loose.length > 0 && (
        <ul className="chat-plot-list" aria-label="Loose ends">
          {loose.map((thread) => (
            <li key={thread.threadId}>
              <LooseEnd thread={thread} open={open} edit={edit} />
            </li>
          ))}
        </ul>
      )}
      {tied.length > 0 && (
        <div className="chat-past">
          <Disclosure summary={tied.length === 1 ? 'One that is tied up' : `${tied.length} that are tied up`}>
            <ol>
              {tied.map(({ threadId, title, summary }) => (
                <li key={threadId}>
                  <bdi>{title}</bdi>
                  <small dir="auto">{summary}</small>
                </li>
              ))}
            </ol>
          </Disclosure>
        </div>
      )}
    </FoldingPart>
  );
}

function LooseEnd({ thread, open, edit }: { readonly thread: Row<'threads'>; readonly open: ChatOpen; readonly edit: Edit }) {
  const { threadId, chatId, title, summary, knownTo } = thread;
  type Changes = Parameters<typeof server.plot.changeThread.mutate>[0]['changes'];
  const change = (changes: Changes): Promise<string | null> => edit('The loose end is changed.', (commandId) => server.plot.changeThread.mutate({ commandId, chatId, threadId, changes }));
  const close = (): void => {
    void edit(`\u201C${title}\u201D is tied up.`, (commandId) => server.plot.closeThread.mutate({ commandId, chatId, threadId })).then((refusal) => {
      if (refusal !== null) toast(refusal);
    });
  };
  const field = (what: string): string => `${chatId}.thread.${threadId}.${what}`;
  return (
    <article className="chat-plan" aria-label={title}>
      <h3>
        <EditableText name={field('title')} label="What is open" value={title} empty="Give it a name" limit={300} onKeep={(next) => change({ title: next })} />
      </h3>
      <EditableText name={field('summary')} label="How it stands" value={summary} empty="Say how it stands" limit={4_000} long className="chat-about" onKeep={(next) => change({ summary: next })} />
      <div className="chat-plan-steps">
        <small>{`Known to ${namesOf(open, knownTo)}`}</small>
        <Small onClick={close}>Tie it up</Small>
      </div>
    </article>
  );
}
