import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemBanner } from '#components/problem-banner.tsx';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { Waiting } from '#components/ui/waiting.tsx';
import { server, trpc } from '#lib/trpc.ts';
import { useCommand } from '#lib/use-command.ts';
import { contentsInWords, momentInWords } from './copy-words.ts';
import { CopyRow } from './copy-row.tsx';
import { useCopies } from './use-copies.ts';
import { WorkProblem } from './work-problem.tsx';
import { WorkBar } from './work-bar.tsx';

/** What is shown in place of everything while the library cannot be opened: what happened, and the two ways on (OP-2). */
export function RecoveryPage() {
  const { standing, copies } = useCopies();
  const newest = useQuery(trpc.keeping.newestSound.queryOptions(undefined, { staleTime: Infinity }));
  const [asking, setAsking] = useState(false);
  const restore = useCommand((name: string, commandId) => server.keeping.restore.mutate({ commandId, name }));
  const empty = useCommand((_: null, commandId) => server.keeping.startEmpty.mutate({ commandId }), () => setAsking(false));
  const now = Math.max(copies.dataUpdatedAt, newest.dataUpdatedAt);
  const work = standing?.work ?? null;
  const busy = work !== null || restore.running || empty.running;
  const damaged = standing?.state !== 'missing';
  const others = (copies.data?.copies ?? []).filter(({ name }) => name !== newest.data?.name);
  return (
    <div className="mx-auto flex w-full max-w-[42rem] flex-col gap-6 px-5 pt-12 pb-16 mid:px-8 mid:pt-20">
      <title>Your library · Offstage</title>
      <header>
        <h1 className="font-prose text-27">{damaged ? 'Your library cannot be opened' : 'Your library is not where it was'}</h1>
        <p className="mt-3 text-15 wrap-anywhere">
          {damaged
            ? `The file ${copies.data?.library ?? 'of your library'} is damaged, or is no library. It has been left exactly as it is, and whatever you choose, it is put aside and not deleted.`
            : `There is no library at ${copies.data?.library ?? 'its place'}, but there are copies of it. If you moved it, stop Offstage, put it back, and start again.`}
        </p>
      </header>
      {work !== null && <WorkBar work={work} />}
      {newest.error !== null && <ProblemBanner error={newest.error} onRetry={() => void newest.refetch()} />}
      {newest.isPending && <Waiting>Reading the copies, the newest first</Waiting>}
      {newest.data === null && <p className="text-15">No sound copy was found beside it.</p>}
      <div className="flex flex-wrap gap-2">
        {newest.data != null && (
          <Button tone="primary" disabled={busy} className="h-auto py-2 text-start" onClick={() => newest.data !== null && restore.run(newest.data.name)}>
            Take the copy of {momentInWords(newest.data.at, now)} ({contentsInWords(newest.data)})
          </Button>
        )}
        <Button disabled={busy} onClick={() => setAsking(true)}>
          Start empty
        </Button>
      </div>
      {restore.problem !== undefined && <WorkProblem problem={restore.problem} />}
      {others.length > 0 && (
        <Disclosure summary={others.length === 1 ? 'One other file' : `${others.length} other files`}>
          <ul aria-label="Copies" className="flex flex-col">
            {others.map((copy) => (
              <CopyRow key={copy.name} copy={copy} now={now} busy={busy} />
            ))}
          </ul>
        </Disclosure>
      )}
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title="Start with an empty library?"
        actions={
          <>
            <Button onClick={() => setAsking(false)}>Not yet</Button>
            <Button tone="primary" disabled={busy} onClick={() => empty.run(null)}>
              Start empty
            </Button>
          </>
        }
      >
        <p>The file that cannot be opened is put aside, and the copies stay. You can put one back at any time, under Settings.</p>
        {empty.problem !== undefined && (
          <div className="mt-3">
            <Banner tone="problem">{empty.problem.message}</Banner>
          </div>
        )}
      </Dialog>
    </div>
  );
}
