import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Link } from 'wouter';
import { ProblemBanner } from '../../components/problem-banner.tsx';
import { buttonClass } from '../../components/ui/button.tsx';
import { Page } from '../../components/ui/page.tsx';
import { Waiting } from '../../components/ui/waiting.tsx';
import { trpc } from '../../lib/trpc.ts';
import { BotForm } from './bot-form.tsx';
import { draftOf, emptyDraft } from './draft.ts';
import { DeleteBot } from './delete-bot.tsx';
import { RemoveBot } from './remove-bot.tsx';
import { ResetBot } from './reset-bot.tsx';

/** Writing a bot, new or again. */
export function BotPage({ botId }: { readonly botId: string | null }) {
  return botId === null ? (
    <Page title="Write a bot" lead="A name is enough to begin. Everything else makes them more themselves." narrow>
      <BotForm botId={null} stored={emptyDraft} />
    </Page>
  ) : (
    <KnownBot botId={botId} />
  );
}

function KnownBot({ botId }: { readonly botId: string }) {
  // Somebody who writes is not interrupted by what another tab saves meanwhile.
  const bot = useQuery(trpc.bots.get.queryOptions({ botId }, { staleTime: Number.POSITIVE_INFINITY, gcTime: 0 }));
  const stored = useMemo(() => bot.data && draftOf(bot.data), [bot.data]);
  if (bot.data === undefined || stored === undefined) {
    return (
      <Page title="Bot" narrow>
        {bot.error === null ? <Waiting>Opening the bot</Waiting> : <ProblemBanner error={bot.error} onRetry={() => void bot.refetch()} />}
      </Page>
    );
  }
  const { name, lore, hasCard } = bot.data;
  const notes = [
    lore.length > 0 && (lore.length === 1 ? 'One knowledge entry belongs to them.' : `${lore.length} knowledge entries belong to them.`),
    hasCard && 'What else their card carried is kept with it.',
  ].filter((note) => note !== false);
  return (
    <Page
      title={name}
      lead={notes.length > 0 && notes.join(' ')}
      narrow
      tools={
        <Link href={`/bots/${encodeURIComponent(botId)}/begin`} className={buttonClass('plain')}>
          Play
        </Link>
      }
    >
      <BotForm key={bot.dataUpdatedAt} botId={botId} stored={stored} />
      <div className="border-t border-line pt-6">
        <ResetBot botId={botId} name={name} />
        <RemoveBot botId={botId} name={name} />
        <DeleteBot botId={botId} name={name} />
      </div>
    </Page>
  );
}
