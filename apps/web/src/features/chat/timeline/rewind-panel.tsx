import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Waiting } from '#components/ui/waiting.tsx';
import { problemOf } from '#lib/problem.ts';
import { trpc } from '#lib/trpc.ts';
import { Work } from '../turn-menu/work.tsx';
import { undoneInWords } from './undone-words.ts';
import type { Moves } from './use-moves.ts';

interface RewindPanelProps {
  readonly chatId: string;
  readonly to: string;
  /** Where the chat stands: what would be undone is asked for anew when it moves. */
  readonly head: string | null;
  readonly moves: Moves;
  readonly onClose: () => void;
  /** Once the story stands there; otherwise it is just closed. */
  readonly onDone?: () => void;
}

/** Says what going back to a turn undoes, in the story's words, before it does (TL-5). */
export function RewindPanel({ chatId, to, head, moves, onClose, onDone = onClose }: RewindPanelProps) {
  const undoing = useQuery(trpc.timeline.undoing.queryOptions({ chatId, to }, { gcTime: 0, staleTime: 0 }));
  const { refetch } = undoing;
  const asked = useRef(head);
  useEffect(() => {
    if (asked.current === head) return;
    asked.current = head;
    void refetch();
  }, [head, refetch]);
  const [going, setGoing] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const { data } = undoing;
  const rewind = (): void => {
    setGoing(true);
    void moves.go(to, 'rewind', `Rewound: ${data === undefined ? 'what came after' : undoneInWords(data.counts)} undone.`).then((problem) => {
      setGoing(false);
      setRefused(problem);
      if (problem === null) onDone();
    });
  };
  const told = data?.lines.length ?? 0;
  return (
    <Work label="Rewind to here" onClose={onClose}>
      {undoing.error !== null && <p role="alert">{problemOf(undoing.error).message}</p>}
      {undoing.isPending && <Waiting>Looking at what came after</Waiting>}
      {data !== undefined && (
        <>
          <p>Rewinding to here undoes {undoneInWords(data.counts)}.</p>
          {told > 0 && (
            <details>
              <summary>What exactly</summary>
              <ul className="chat-work-lines" tabIndex={0} aria-label="What would be undone">
                {data.lines.map((line, at) => (
                  <li key={at} dir="auto">
                    {line.text}
                  </li>
                ))}
              </ul>
            </details>
          )}
          {data.stays.map((stay) => (
            <p key={stay} className="chat-work-dim">
              {stay}
            </p>
          ))}
          <p className="chat-work-dim">What you leave stays in the timeline, and can be gone back to.</p>
        </>
      )}
      {refused !== null && <p role="alert">{refused}</p>}
      <div className="chat-work-buttons">
        <Button tone="primary" disabled={data === undefined || going} onClick={rewind}>
          Rewind to here
        </Button>
        <Button tone="quiet" onClick={onClose}>
          Leave it
        </Button>
      </div>
    </Work>
  );
}
