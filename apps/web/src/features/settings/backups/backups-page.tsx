import { Link } from 'wouter';
import { ProblemBanner } from '#components/problem-banner.tsx';
import { Banner } from '#components/ui/banner.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Page } from '#components/ui/page.tsx';
import { Waiting } from '#components/ui/waiting.tsx';
import { server } from '#lib/trpc.ts';
import { useCommand } from '#lib/use-command.ts';
import { BackupSettingsPart } from './backup-settings.tsx';
import { CopyRow } from './copy-row.tsx';
import { useCopies } from './use-copies.ts';
import { WorkProblem } from './work-problem.tsx';
import { WorkBar } from './work-bar.tsx';

/** The copies of the library: made, put back, taken along, deleted (OP-2). */
export function BackupsPage() {
  const { standing, copies } = useCopies();
  const make = useCommand((_: null, commandId) => server.keeping.make.mutate({ commandId }));
  const work = standing?.work ?? null;
  const now = copies.dataUpdatedAt;
  return (
    <Page
      title="Copies of your library"
      narrow
      lead={
        <>
          Every chat, memory and picture is in each of them; settings and keys are in none. <Link href="/settings" className="underline underline-offset-3">Back to the settings</Link>
        </>
      }
      tools={
        <Button tone="primary" disabled={work !== null || make.running} onClick={() => make.run(null)}>
          Make a copy now
        </Button>
      }
    >
      {work !== null && <WorkBar work={work} />}
      {make.problem !== undefined && <WorkProblem problem={make.problem} />}
      {standing?.trouble != null && <Banner tone="problem">{standing.trouble.message}</Banner>}
      {copies.error !== null && <ProblemBanner error={copies.error} onRetry={() => void copies.refetch()} />}
      {copies.data === undefined ? (
        copies.isPending && <Waiting>Looking for copies</Waiting>
      ) : (
        <>
          {copies.data.health.failed !== null && <Banner tone="problem">The last copy could not be made: {copies.data.health.failed}</Banner>}
          {copies.data.copies.length === 0 ? (
            <EmptyState>Copies will stand here: one from time to time while you play, one every night, and those that you make.</EmptyState>
          ) : (
            <ul aria-label="Copies" className="flex flex-col">
              {copies.data.copies.map((copy) => (
                <CopyRow key={copy.name} copy={copy} now={now} busy={work !== null} />
              ))}
            </ul>
          )}
          <BackupSettingsPart settings={copies.data.settings} />
          <p className="text-13 wrap-anywhere text-dim">Your library is the file {copies.data.library}; the copies are in the folder backups beside it. A copy on another disk also outlives this one.</p>
        </>
      )}
    </Page>
  );
}
