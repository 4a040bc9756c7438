import { Download, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Banner } from '#components/ui/banner.tsx';
import { Button, IconButton } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { server } from '#lib/trpc.ts';
import { useCommand } from '#lib/use-command.ts';
import type { Copy } from './copy-words.ts';
import { WorkProblem } from './work-problem.tsx';
import { canBePutBack, contentsInWords, kindInWords, momentInWords, sizeInWords } from './copy-words.ts';

interface CopyRowProps {
  readonly copy: Copy;
  readonly now: number;
  /** While something else is done with the library's file. */
  readonly busy: boolean;
}

/** One copy of the library. */
export function CopyRow({ copy, now, busy }: CopyRowProps) {
  const [asking, setAsking] = useState<'restore' | 'remove' | null>(null);
  const close = (): void => setAsking(null);
  // Putting back takes its time: the question gives way to the bar that says how far it is, with its way out.
  const restore = useCommand((name: string, commandId) => server.keeping.restore.mutate({ commandId, name }));
  const remove = useCommand((name: string, commandId) => server.keeping.remove.mutate({ commandId, name }), close);
  const when = momentInWords(copy.at, now);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line py-3">
      <div className="min-w-0 flex-1 basis-52">
        <h2 className="text-15 font-semibold first-letter:uppercase">
          <time dateTime={copy.at}>{when}</time>
        </h2>
        <p className="text-13 text-dim tabular-nums">
          {kindInWords(copy.kind)} · {contentsInWords(copy)} · {sizeInWords(copy.bytes)}
        </p>
      </div>
      <div className="flex items-center gap-1">
        {canBePutBack(copy) && copy.contents !== null && (
          <Button disabled={busy} aria-label={`Put back the copy of ${when}`} onClick={() => setAsking('restore')}>
            Put back
          </Button>
        )}
        <a
          href={`/api/copies/${encodeURIComponent(copy.name)}`}
          download={copy.name}
          aria-label={`Download the copy of ${when}`}
          title="Download"
          className="inline-flex size-11 items-center justify-center rounded-small text-dim transition-colors duration-(--quick) hover:bg-raised hover:text-ink mid:size-9"
        >
          <Download aria-hidden="true" className="size-4" />
        </a>
        <IconButton label={`Delete the copy of ${when}`} disabled={busy} onClick={() => setAsking('remove')}>
          <Trash2 aria-hidden="true" className="size-4" />
        </IconButton>
      </div>
      {restore.problem !== undefined && (
        <div className="basis-full">
          <WorkProblem problem={restore.problem} />
        </div>
      )}
      <Dialog
        open={asking !== null}
        onClose={close}
        title={asking === 'remove' ? 'Delete this copy?' : `Put back the copy of ${when}?`}
        actions={
          asking === 'remove' ? (
            <>
              <Button onClick={close}>Keep it</Button>
              <Button tone="danger" disabled={remove.running} onClick={() => remove.run(copy.name)}>
                Delete
              </Button>
            </>
          ) : (
            <>
              <Button onClick={close}>Leave it</Button>
              <Button
                tone="primary"
                disabled={restore.running || busy}
                onClick={() => {
                  close();
                  restore.run(copy.name);
                }}
              >
                Put it back
              </Button>
            </>
          )
        }
      >
        {asking === 'remove' ? (
          <p>
            The copy of {when} goes for good ({contentsInWords(copy)}). Your library stays as it is.
          </p>
        ) : (
          <p>
            Everything will be as it was {when}: {contentsInWords(copy)}. Your library as it is now is put aside first, and stands among the copies. Settings and keys stay. Every open page is
            loaded again.
          </p>
        )}
        {remove.problem !== undefined && (
          <div className="mt-3">
            <Banner tone="problem">{remove.problem.message}</Banner>
          </div>
        )}
      </Dialog>
    </li>
  );
}
