import { memo } from 'react';
import type { ReactNode } from 'react';
import { Avatar } from '../../components/ui/avatar.tsx';
import type { CastMember } from './model/state.ts';
import { realTime, storyHour, storyMoment } from './model/times.ts';
import type { Turn } from './model/transcript.ts';
import { Prose } from './prose/prose.tsx';
import { Passage } from './skip/passage.tsx';

interface VoiceProps {
  readonly speaker: CastMember | undefined;
  readonly avatar: string | null;
  readonly kind: 'user' | 'assistant';
  /** Chat clock and real time (ISO 8601); null for a turn that is still on its way. */
  readonly clock: string | null;
  readonly writtenAt: string | null;
  readonly live?: boolean;
  readonly dimmed?: boolean;
  /** What can be done with the turn: in the margin, or in its row on a phone. */
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of a turn: who speaks, when, and what stands in it. The same for a turn that streams and one that stands. */
export function Voice({ speaker, avatar, kind, clock, writtenAt, live = false, dimmed = false, tools, children }: VoiceProps) {
  const name = speaker?.name ?? 'Someone';
  const hour = storyHour(clock);
  return (
    <article className="chat-turn" data-kind={kind} data-live={live || undefined} data-dimmed={dimmed || undefined} aria-busy={live || undefined}>
      <div className="chat-voice">
        {kind === 'assistant' && <Avatar name={name} file={avatar} hue={speaker?.hue ?? 0} size={28} className="chat-face" />}
        <h2 className="chat-name" data-hue={kind === 'assistant' ? speaker?.hue : undefined}>
          <bdi>{name}</bdi>
        </h2>
        {hour !== undefined && (
          <time
            className="chat-time"
            dateTime={clock ?? undefined}
            // Put into words when it is looked at: for every row at once that would hold up the page.
            onPointerEnter={({ currentTarget }) => {
              currentTarget.title = [storyMoment(clock), writtenAt === null ? '' : `written ${realTime(writtenAt)}`].filter(Boolean).join(', ');
            }}
          >
            {hour}
          </time>
        )}
        {tools}
      </div>
      <div className="chat-prose">{children}</div>
    </article>
  );
}

interface TurnRowProps {
  readonly turn: Turn;
  readonly speaker: CastMember | undefined;
  readonly avatar: string | null;
  /** What stands in the place of the words, while they are worked on. */
  readonly instead?: ReactNode;
  /** What stands under the words: a banner, what changed. */
  readonly below: ReactNode;
  readonly tools: ReactNode;
}

/** A turn that stands. */
export const TurnRow = memo(function TurnRow({ turn, speaker, avatar, instead, below, tools }: TurnRowProps) {
  const text = turn.edited ?? turn.text;
  if (turn.kind === 'skip') {
    return (
      <Passage clock={turn.clock} dimmed={turn.hidden} length={instead === null || instead === undefined ? text.length : 0} tools={tools} below={below}>
        {instead ?? <Prose text={text} unfinished={turn.truncated} />}
      </Passage>
    );
  }
  if (turn.kind === 'kickoff') {
    return text.trim() === '' ? null : (
      <div className="chat-opening chat-prose">
        <Prose text={text} />
      </div>
    );
  }
  return (
    <Voice speaker={speaker} avatar={avatar} kind={turn.kind === 'assistant' ? 'assistant' : 'user'} clock={turn.clock} writtenAt={turn.startedAt} dimmed={turn.hidden} tools={tools}>
      {instead ?? <Prose text={text} unfinished={turn.truncated} />}
      {below}
    </Voice>
  );
});

/** A turn that is not here yet: its place, and nothing that moves. */
export function EmptyRow() {
  return (
    <div className="chat-empty" aria-hidden="true">
      <i />
      <i />
      <i />
    </div>
  );
}
