import { wordsOf } from '@offstage/domain/words';
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { Button, IconButton } from '#components/ui/button.tsx';
import { Waiting } from '#components/ui/waiting.tsx';
import { problemOf } from '#lib/problem.ts';
import { trpc } from '#lib/trpc.ts';
import type { ChatOpen } from '../model/state.ts';
import { nameIn } from '../model/state.ts';
import { Prose } from '../prose/prose.tsx';

interface BranchPreviewProps {
  readonly chatId: string;
  readonly open: ChatOpen;
  readonly tipId: string;
  readonly onSwitch: () => void;
  readonly onBack: () => void;
}

/** A branch to be read, from where it leaves the story that one is on, without going there (TL-9). */
export function BranchPreview({ chatId, open, tipId, onSwitch, onBack }: BranchPreviewProps) {
  const branch = useQuery(trpc.timeline.branch.queryOptions({ chatId, tipId }, { staleTime: 0, gcTime: 0 }));
  return (
    <section className="chat-preview" aria-label="Another branch, to read">
      <div className="chat-timeline-head">
        <IconButton label="Back to the map" onClick={onBack}>
          <ArrowLeft size={16} aria-hidden="true" />
        </IconButton>
        <p>Another branch. Nothing changes while you read.</p>
      </div>
      {branch.error !== null && <p role="alert">{problemOf(branch.error).message}</p>}
      {branch.isPending && <Waiting>Fetching the branch</Waiting>}
      <div className="chat-preview-turns" tabIndex={0} role="group" aria-label="Its turns">
        {branch.data?.map((turn, at) => (
          <article key={turn.turnId} data-shared={at === 0 || undefined}>
            {turn.kind !== 'kickoff' && <h3 data-hue={turn.kind === 'assistant' ? open.cast.find(({ entityId }) => entityId === turn.speakerId)?.hue : undefined}>{nameIn(open, turn.speakerId)}</h3>}
            <div className="chat-prose">
              <Prose text={wordsOf(turn)} unfinished={turn.truncated} />
            </div>
          </article>
        ))}
      </div>
      <div className="chat-timeline-acts">
        <Button tone="primary" onClick={onSwitch}>
          Switch to it
        </Button>
        <Button tone="quiet" onClick={onBack}>
          Back to the map
        </Button>
      </div>
    </section>
  );
}
