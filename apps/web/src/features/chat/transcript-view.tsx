import './story.css';
import { ArrowDown } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { changeLine } from './model/changes.ts';
import type { Pending } from './model/drafts.ts';
import type { ChatSession } from './model/session.ts';
import type { ChatState } from './model/state.ts';
import { avatarIn, nameIn } from './model/state.ts';
import type { Turn } from './model/transcript.ts';
import { Prose } from './prose/prose.tsx';
import { SceneMark, opensScene } from './scene-mark.tsx';
import { StreamingRow, Thinking } from './streaming-row.tsx';
import { ChangeNote, Ending, endingOf } from './turn-notes.tsx';
import { EmptyRow, TurnRow, Voice } from './turn-row.tsx';
import { useRetry } from './use-retry.ts';
import { useStick } from './use-stick.ts';
import { useWindow } from './use-window.ts';

interface TranscriptViewProps {
  readonly session: ChatSession;
  readonly state: ChatState;
  /** The turn that streams, and stands outside the list until it is whole. */
  readonly streamingTurn: string | null;
  /** A message that is on its way. */
  readonly onItsWay: Pending | null;
  /** True while nobody has answered to that message. */
  readonly unanswered: boolean;
}

/** The story so far, drawn where it is looked at; its end follows the words while the reader is there. */
export function TranscriptView({ session, state, streamingTurn, onItsWay, unanswered }: TranscriptViewProps) {
  const { open, transcript, scenery } = state;
  const scroller = useRef<HTMLDivElement>(null);
  const page = useRef<HTMLDivElement>(null);
  const streams = streamingTurn !== null && streamingTurn === transcript.head;
  const count = transcript.headDepth + (streams ? 0 : 1);
  const { virtualizer, tellHeight } = useWindow(session, transcript, count, scroller);
  const { atEnd, toEnd } = useStick(scroller, page);
  const retry = useRetry(session.chatId, transcript.head);
  const unseen = useUnseen(transcript.headDepth, atEnd);
  const { headDepth } = transcript;
  const onHeight = useCallback((height: number) => tellHeight(headDepth, height), [tellHeight, headDepth]);
  const member = (entityId: string | null) => open.cast.find((one) => one.entityId === entityId);

  // One's own message is always gone to, wherever one was reading.
  const sent = onItsWay?.commandId;
  useEffect(() => {
    if (sent !== undefined) toEnd();
  }, [sent, toEnd]);

  const tryAgain = useCallback(() => {
    // The button goes with its banner; whoever pressed it stays in the story.
    scroller.current?.focus({ preventScroll: true });
    retry.retry();
  }, [retry]);

  // The browser would glide there, and stop where the first row on the way turns out taller than it was taken for.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key !== 'Home' && event.key !== 'End') return;
    event.preventDefault();
    if (event.key === 'End') toEnd();
    else virtualizer.scrollToIndex(0);
  };

  const below = (turn: Turn) => {
    const ending = endingOf(turn);
    const change = state.changes.get(turn.turnId);
    const changed = change && changeLine(change, (entityId) => nameIn(open, entityId));
    const last = turn.turnId === transcript.head;
    return (
      <>
        {ending !== undefined && (
          <Ending words={ending} onRetry={last ? tryAgain : undefined} asking={retry.asking} problem={last ? retry.problem : null} />
        )}
        {changed !== undefined && <ChangeNote words={changed} />}
      </>
    );
  };

  const bot = member(open.bot?.botId ?? null);
  const you = open.cast.find((one) => one.kind === 'you');
  const head = transcript.turns.get(headDepth);
  return (
    <div className="chat-stage">
      {/* Its tokens are not announced: the status line says who answers, and that they have. */}
      <div ref={scroller} className="chat-scroll" role="log" aria-live="off" aria-label="Story" tabIndex={0} onKeyDown={onKeyDown}>
        <div ref={page} className="chat-page">
          <div className="chat-rows" style={{ height: virtualizer.getTotalSize() }}>
            {virtualizer.getVirtualItems().map(({ index, start }) => {
              const turn = transcript.turns.get(index);
              return (
                <div key={index} ref={virtualizer.measureElement} data-index={index} className="chat-row" style={{ transform: `translateY(${start}px)` }}>
                  {turn === undefined ? (
                    <EmptyRow />
                  ) : (
                    <>
                      {opensScene(turn, transcript.turns.get(index - 1)) && <SceneMark turn={turn} scenery={scenery} />}
                      <TurnRow turn={turn} speaker={member(turn.speakerId)} avatar={avatarIn(open, turn.speakerId)} below={below(turn)} />
                    </>
                  )}
                </div>
              );
            })}
          </div>
          {streams && (
            <StreamingRow
              key={streamingTurn}
              session={session}
              turn={head}
              speaker={member(head?.speakerId ?? null)}
              avatar={avatarIn(open, head?.speakerId ?? null)}
              waiting={state.waiting}
              onHeight={onHeight}
            />
          )}
          {onItsWay !== null && !streams && (
            <>
              <Voice speaker={you} avatar={null} kind="user" clock={scenery?.stage?.clock ?? null} writtenAt={null}>
                <Prose text={onItsWay.text} />
              </Voice>
              {unanswered ? (
                <p className="chat-unsent">Not sent yet. It goes by itself as soon as Offstage answers.</p>
              ) : (
                <Voice speaker={bot} avatar={avatarIn(open, bot?.entityId ?? null)} kind="assistant" clock={null} writtenAt={null} live>
                  <Thinking name={nameIn(open, bot?.entityId ?? null)} waiting={null} />
                </Voice>
              )}
            </>
          )}
        </div>
      </div>
      {!atEnd && (
        <button type="button" className="chat-pill" onClick={toEnd}>
          <ArrowDown size={14} aria-hidden="true" />
          {unseen > 0 ? `${unseen} new` : 'To the end'}
        </button>
      )}
    </div>
  );
}

/** How many turns have come since the reader left the end. */
function useUnseen(headDepth: number, atEnd: boolean): number {
  const [seen, setSeen] = useState(headDepth);
  // Turns that a rewind took away were seen, and are not owed again.
  const now = atEnd ? headDepth : Math.min(seen, headDepth);
  if (now !== seen) setSeen(now);
  return headDepth - now;
}
