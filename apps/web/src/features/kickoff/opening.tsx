import { useQuery } from '@tanstack/react-query';
import { ProblemBanner } from '../../components/problem-banner.tsx';
import { Waiting } from '../../components/ui/waiting.tsx';
import type { Answers } from '../../lib/trpc.ts';
import { trpc } from '../../lib/trpc.ts';
import { OpeningForm } from './opening-form.tsx';

export type Bot = Answers['bots']['get'];
export type Persona = Answers['personas']['list'][number];

/** Reads the kickoff, once: what is typed afterwards is not read over. */
export function Opening({ bot, persona }: { readonly bot: Bot; readonly persona: Persona }) {
  const { botId } = bot;
  const { personaId } = persona;
  const read = useQuery(
    trpc.kickoff.read.queryOptions({ botId, personaId }, { staleTime: Number.POSITIVE_INFINITY, gcTime: 0, trpc: { abortOnUnmount: true } }),
  );
  if (read.data !== undefined) return <OpeningForm bot={bot} persona={persona} read={read.data.draft} note={read.data.note} />;
  if (read.error !== null) return <ProblemBanner error={read.error} onRetry={() => void read.refetch()} />;
  return <Waiting>{`Reading how it begins with ${bot.name}`}</Waiting>;
}
