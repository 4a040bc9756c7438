import { hueOf } from '@offstage/domain/hue';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { ProblemBanner } from '../../components/problem-banner.tsx';
import { Avatar } from '../../components/ui/avatar.tsx';
import { Banner } from '../../components/ui/banner.tsx';
import { buttonClass } from '../../components/ui/button.tsx';
import { Field } from '../../components/ui/field.tsx';
import { Select } from '../../components/ui/input.tsx';
import { Page } from '../../components/ui/page.tsx';
import { Waiting } from '../../components/ui/waiting.tsx';
import { lastPersona } from '../../lib/last-persona.ts';
import { trpc } from '../../lib/trpc.ts';
import { Opening } from './opening.tsx';

/** How a story begins: what was read from the bot's kickoff, to correct and confirm (SC-1). */
export function KickoffPage({ botId }: { readonly botId: string }) {
  const bot = useQuery(trpc.bots.get.queryOptions({ botId }));
  const personas = useQuery(trpc.personas.list.queryOptions());
  const [chosen, setChosen] = useState<string | null>(null);
  const known = personas.data ?? [];
  const persona = known.find(({ personaId }) => personaId === chosen) ?? lastPersona(known);
  const failed = bot.error ?? personas.error;
  if (failed !== null) {
    return (
      <Page title="A story begins" narrow>
        <ProblemBanner error={failed} onRetry={() => void Promise.all([bot.refetch(), personas.refetch()])} />
      </Page>
    );
  }
  if (bot.data === undefined || personas.data === undefined) {
    return (
      <Page title="A story begins" narrow>
        <Waiting>Opening the bot</Waiting>
      </Page>
    );
  }
  if (persona === undefined) {
    return (
      <Page title={`A story with ${bot.data.name}`} narrow>
        <Banner
          action={
            <Link href="/settings#you" className={buttonClass('primary')}>
              Say who you are
            </Link>
          }
        >
          Before it begins, {bot.data.name} needs a name to call you by.
        </Banner>
      </Page>
    );
  }
  return (
    <Page title={`A story with ${bot.data.name}`} face={<Avatar name={bot.data.name} file={bot.data.avatar} hue={hueOf(botId)} size={64} />} lead="This is how it opens. Change what you like, or begin." narrow>
      {known.length > 1 && (
        <Field label="You are">
          {(control) => (
            <Select {...control} value={persona.personaId} onChange={(event) => setChosen(event.target.value)} className="max-w-64">
              {known.map(({ personaId, name }) => (
                <option key={personaId} value={personaId}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      <Opening key={persona.personaId} bot={bot.data} persona={persona} />
    </Page>
  );
}
