import { useRef } from 'react';
import type { ChatState } from './model/state.ts';
import { nameIn } from './model/state.ts';

interface StatusLineProps {
  readonly state: ChatState;
  readonly streamingTurn: string | null;
}

/** For those who listen: who answers, and that they have. Never the words themselves (UI-7). */
export function StatusLine({ state, streamingTurn }: StatusLineProps) {
  const { transcript, open } = state;
  const answered = useRef<string | null>(null);
  if (streamingTurn !== null) answered.current = streamingTurn;
  const head = transcript.turns.get(transcript.headDepth);
  const name = nameIn(open, head?.speakerId ?? null);
  let words = '';
  if (streamingTurn !== null) words = `${name} is answering\u2026`;
  else if (head !== undefined && head.turnId === answered.current) words = head.truncated ? `${name} stopped answering.` : `${name} answered.`;
  return (
    <p className="chat-unseen" role="status">
      {words}
    </p>
  );
}
