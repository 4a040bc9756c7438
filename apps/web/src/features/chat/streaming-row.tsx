import type { ReactNode } from 'react';
import { memo, useEffect, useState } from 'react';
import type { ChatSession } from './model/session.ts';
import type { CastMember, Waiting } from './model/state.ts';
import type { Turn } from './model/transcript.ts';
import { Prose } from './prose/prose.tsx';
import { Passage } from './skip/passage.tsx';
import { Voice } from './turn-row.tsx';
import { waitingWords } from './waiting-words.ts';
import { useStreaming } from './use-session.ts';

interface StreamingRowProps {
  readonly session: ChatSession;
  readonly turn: Turn | undefined;
  readonly speaker: CastMember | undefined;
  readonly avatar: string | null;
  readonly waiting: Waiting | null;
  /** Where it opens a scene: what says so. */
  readonly above: ReactNode;
  /** True where it is played without you. */
  readonly aside: boolean;
}

/** The reply that streams: the only row that is drawn anew at every frame. */
export const StreamingRow = memo(function StreamingRow({ session, turn, speaker, avatar, waiting, above, aside }: StreamingRowProps) {
  const streaming = useStreaming(session);
  const shown = streaming?.shown ?? '';
  if (turn?.kind === 'skip') {
    return (
      <div>
        <Passage clock={turn.clock} length={0} live>
          {shown === '' ? (
            <Thinking said="Time passes" waiting={waiting} />
          ) : (
            <Prose text={shown} unfinished tail={<span className="chat-caret" aria-hidden="true" />} />
          )}
        </Passage>
      </div>
    );
  }
  return (
    <div className="chat-streams" data-aside={aside || undefined}>
      {above}
      <Voice speaker={speaker} avatar={avatar} kind="assistant" clock={turn?.clock ?? null} writtenAt={turn?.startedAt ?? null} live>
        {shown === '' ? (
          <Thinking said={<><bdi>{speaker?.name ?? 'Someone'}</bdi> is thinking</>} waiting={waiting} />
        ) : (
          <Prose text={shown} unfinished tail={<span className="chat-caret" aria-hidden="true" />} />
        )}
      </Voice>
    </div>
  );
});

interface ThinkingProps {
  /** Who is thinking: "Mara is thinking". */
  readonly said: ReactNode;
  readonly waiting: Waiting | null;
}

/** Before the first word: who is thinking, for how long already, and what it waits for. */
export function Thinking({ said, waiting }: ThinkingProps) {
  const [begun] = useState(() => Date.now());
  const [now, setNow] = useState(begun);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.round((now - begun) / 1_000);
  return (
    <p className="chat-thinking">
      <span className="chat-caret" aria-hidden="true" />
      {waiting === null ? <>{said}{seconds >= 4 ? `, ${seconds} s so far` : ''}</> : waitingWords(waiting, now)}
    </p>
  );
}
