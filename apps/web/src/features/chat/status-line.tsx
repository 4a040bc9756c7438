import { useState } from 'react';
import type { ChatState } from './model/state.ts';
import { nameIn } from './model/state.ts';

interface StatusLineProps {
  readonly state: ChatState;
  readonly streamingTurn: string | null;
}

/** For those who listen: who answers, and that they have, never the words themselves (UI-7). For all: that nobody has begun. */
export function StatusLine({ state, streamingTurn }: StatusLineProps) {
  const { transcript, open } = state;
  const [answering, setAnswering] = useState<string | null>(null);
  if (streamingTurn !== null && streamingTurn !== answering) setAnswering(streamingTurn);
  const head = transcript.turns.get(transcript.headDepth);
  const name = head?.kind === 'skip' ? 'The story' : nameIn(open, head?.speakerId ?? null);
  const skips = head?.kind === 'skip';
  let words = '';
  if (streamingTurn !== null) words = skips ? 'The story skips ahead\u2026' : `${name} is answering\u2026`;
  else if (skips && head.turnId === answering) words = 'The story has skipped ahead.';
  else if (head !== undefined && head.turnId === answering) words = head.truncated ? `${name} stopped answering.` : `${name} answered.`;
  return (
    <>
      {transcript.headDepth === 0 && <p className="chat-begin">Nothing has been said yet. Begin, and {open.bot === null ? 'they' : <bdi>{open.bot.name}</bdi>} will answer.</p>}
      <p className="chat-unseen" role="status">
        {words}
      </p>
    </>
  );
}
