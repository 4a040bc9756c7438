import { useQuery } from '@tanstack/react-query';
import { ProblemBanner } from '../../components/problem-banner.tsx';
import { Page } from '../../components/ui/page.tsx';
import { Waiting } from '../../components/ui/waiting.tsx';
import { trpc } from '../../lib/trpc.ts';
import { BackupsSection } from './backups/backups-section.tsx';
import { BookkeepingSection } from './bookkeeping-section.tsx';
import { ConfigProblems } from './config-problems.tsx';
import { DiagnosticsSection } from './diagnostics-section.tsx';
import { LookSection } from './look-section.tsx';
import { MeaningSection } from './meaning-section.tsx';
import { ModelSection } from './model-section.tsx';
import { PassphraseSection } from './passphrase-section.tsx';
import { PersonaSection } from './persona-section.tsx';
import { PromptsSection } from './prompts/prompts-section.tsx';
import { ProviderSection } from './provider-section.tsx';
import { WaitingCalls } from './waiting-calls.tsx';

/** Which models answer, what is noted, who you are, how it looks. */
export function SettingsPage() {
  const settings = useQuery(trpc.settings.get.queryOptions());
  return (
    <Page title="Settings" narrow>
      {settings.error !== null && <ProblemBanner error={settings.error} onRetry={() => void settings.refetch()} />}
      {settings.data === undefined ? (
        settings.isPending && <Waiting>Reading the settings</Waiting>
      ) : (
        <>
          <ConfigProblems settings={settings.data} />
          <ModelSection settings={settings.data} />
          <ProviderSection settings={settings.data} />
          <BookkeepingSection settings={settings.data} />
          <MeaningSection settings={settings.data} />
        </>
      )}
      <PersonaSection />
      <LookSection />
      <BackupsSection />
      <PromptsSection />
      {settings.data?.locked === true && <PassphraseSection />}
      <WaitingCalls />
      <DiagnosticsSection />
    </Page>
  );
}
