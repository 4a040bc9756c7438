import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { Answers } from '../lib/trpc.ts';
import { queryClient, server, trpc } from '../lib/trpc.ts';
import { useCommand } from '../lib/use-command.ts';
import { ProblemBanner } from './problem-banner.tsx';
import { Avatar } from './ui/avatar.tsx';
import { Banner } from './ui/banner.tsx';
import { Waiting } from './ui/waiting.tsx';

type Sample = Answers['samples']['list'][number];

interface SampleCastProps {
  /** The ids of bots that are here already; those are left out. */
  readonly here?: readonly string[];
  /** What stands above them, where any is left. */
  readonly title?: string;
}

/** The bots that come along. One click adds one and leads to the opening of its story. */
export function SampleCast({ here = [], title }: SampleCastProps) {
  const [, navigate] = useLocation();
  const samples = useQuery(trpc.samples.list.queryOptions());
  const add = useCommand(
    (sampleId: string, commandId) => server.samples.add.mutate({ commandId, sampleIds: [sampleId] }),
    ({ botIds }) => {
      void queryClient.invalidateQueries({ queryKey: trpc.bots.list.queryKey() });
      const [botId] = botIds;
      if (botId !== undefined) navigate(`/bots/${encodeURIComponent(botId)}/begin`);
    },
  );
  if (samples.error !== null) return <ProblemBanner error={samples.error} onRetry={() => void samples.refetch()} />;
  if (samples.data === undefined) return <Waiting>Looking for the cast</Waiting>;
  const left = samples.data.filter(({ sampleId }) => !here.includes(`sample-${sampleId}`));
  if (left.length === 0) return null;
  return (
    <div className="flex flex-col gap-3">
      {title !== undefined && <h2 className="text-13 font-semibold text-dim">{title}</h2>}
      <ul className="grid gap-3 mid:grid-cols-3">
        {left.map((sample) => (
          <SampleCard key={sample.sampleId} sample={sample} busy={add.running} onChoose={() => add.run(sample.sampleId)} />
        ))}
      </ul>
      {add.problem !== undefined && <Banner tone="problem">{add.problem.message}</Banner>}
    </div>
  );
}

function SampleCard({ sample, busy, onChoose }: { readonly sample: Sample; readonly busy: boolean; readonly onChoose: () => void }) {
  const { name, blurb, avatar, speaksFirst } = sample;
  return (
    <li className="flex">
      <button
        type="button"
        aria-disabled={busy}
        onClick={() => !busy && onChoose()}
        className="group flex w-full items-start gap-4 overflow-hidden rounded-box border border-line bg-raised p-4 text-left transition-colors duration-(--quick) hover:border-accent mid:flex-col mid:gap-0 mid:p-0"
      >
        <Avatar name={name} file={avatar} hue={0} size={72} className="rounded-small mid:!h-auto mid:!w-full mid:aspect-square mid:rounded-none" />
        <span className="flex min-w-0 flex-1 flex-col gap-1.5 mid:p-4">
          <span className="font-prose text-17 leading-snug">{name}</span>
          <span className="text-13 text-dim">{blurb}</span>
          <span className="mt-auto pt-2 text-12 font-semibold text-accent">{speaksFirst ? 'Speaks first' : 'You speak first'}</span>
        </span>
      </button>
    </li>
  );
}
