import { useQuery } from '@tanstack/react-query';
import { FileInput, Plus } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { ProblemBanner } from '../../components/problem-banner.tsx';
import { SampleCast } from '../../components/sample-cast.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { buttonClass } from '../../components/ui/button.tsx';
import { Page } from '../../components/ui/page.tsx';
import { Waiting } from '../../components/ui/waiting.tsx';
import { trpc } from '../../lib/trpc.ts';
import { BotCard } from './bot-card.tsx';
import { findBots } from './find-bots.ts';

/** With fewer bots than this, those who come along are offered still. */
const FEW = 4;

/** Everybody you can play with. */
export function BotsPage() {
  const bots = useQuery(trpc.bots.list.queryOptions());
  const [sought, setSought] = useState('');
  const shown = findBots(bots.data ?? [], sought);
  return (
    <Page
      title="Bots"
      lead="Whom you play with. Choose one to begin a story."
      tools={
        <>
          <Link href="/bots/import" className={buttonClass('plain')}>
            <FileInput aria-hidden="true" className="size-4" />
            Import a card
          </Link>
          <Link href="/bots/new" className={buttonClass('primary')}>
            <Plus aria-hidden="true" className="size-4" />
            Write a bot
          </Link>
        </>
      }
    >
      {bots.error !== null && <ProblemBanner error={bots.error} onRetry={() => void bots.refetch()} />}
      {bots.isPending && <Waiting>Opening your bots</Waiting>}
      {bots.data !== undefined && bots.data.length > 5 && <SearchField label="Search your bots" value={sought} onChange={setSought} />}
      {bots.data?.length === 0 && (
        <section className="flex flex-col gap-4">
          <p className="font-prose text-17 text-dim italic">Nobody is here yet. Write somebody, drop a card file anywhere, or begin with one of these.</p>
          <SampleCast />
        </section>
      )}
      {shown.length > 0 && (
        <ul className="-mx-3 flex flex-col">
          {shown.map((bot) => (
            <BotCard key={bot.botId} bot={bot} />
          ))}
        </ul>
      )}
      {bots.data !== undefined && bots.data.length > 0 && bots.data.length < FEW && sought === '' && (
        <SampleCast here={bots.data.map(({ botId }) => botId)} title="Waiting in the wings" />
      )}
      {sought !== '' && shown.length === 0 && <p role="status" className="text-dim">Nobody fits “{sought}”.</p>}
    </Page>
  );
}
