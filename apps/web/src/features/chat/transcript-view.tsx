import './story.css';
import './story-words.css';
import './story-aside.css';
import './story-reply.css';
import './story-looks.css';
import { ArrowDown } from 'lucide-react';
import { Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { later } from '#lib/later.ts';
import type { KeyboardEvent } from 'react';
import { Waiting } from '../../components/ui/waiting.tsx';
import { useAlternates } from './alternates/use-alternates.ts';
import type { BesidePlace } from './inspector/use-beside.ts';
import { addresseesOf } from './model/addressee.ts';
import type { ChangeBook } from './model/changes.ts';
import { changeLine } from './model/changes.ts';
import type { Pending } from './model/drafts.ts';
import { onJump } from './model/jump.ts';
import type { RowWindow } from './model/row-window.ts';
import type { ChatSession } from './model/session.ts';
import type { ChatState } from './model/state.ts';
import { avatarIn, memberIn, nameIn, questionOf, readersOf } from './model/state.ts';
import type { Stretch, Transcript, Turn } from './model/transcript.ts';
import { Prose } from './prose/prose.tsx';
import { Comings } from './comings.tsx';
import { AsideMark } from './aside-mark.tsx';
import { asideOf } from './model/scenery.ts';
import { SceneMark, opensScene } from './scene-mark.tsx';
import { StreamingRow, Thinking } from './streaming-row.tsx';
import { StoryRow } from './story-row.tsx';
import type { Scrub } from './scrub/use-scrub.ts';
import { rove } from './turn-menu/rove.ts';
import { ALONE, useTurnWork } from './turn-menu/use-turn-work.tsx';
import { Voice } from './turn-row.tsx';
import { useChanges } from './use-changes.ts';
import { useRetry } from './use-retry.ts';
import { useOverhead } from './use-overhead.ts';
import { useStick } from './use-stick.ts';
import { useWindow } from './use-window.ts';

// What is looked at now and then is fetched when it is.
const SkipQuestion = later(async () => (await import('./skip/skip-question.tsx')).SkipQuestion);

/** Turns beyond each edge of the view whose changes are asked for, so that their lines are there when they come in view. */
const AHEAD = 16;

/** How long a turn that was asked for stays marked, in ms. */
const MARKED_MS = 2_000;

interface TranscriptViewProps {
  readonly session: ChatSession;
  readonly state: ChatState;
  /** The turn that streams, and stands outside the list until it is whole. */
  readonly streamingTurn: string | null;
  /** A message that is on its way. */
  readonly onItsWay: Pending | null;
  /** True while nobody has answered to that message. */
  readonly unanswered: boolean;
  /** What the replies have changed. */
  readonly book: ChangeBook;
  readonly beside: BesidePlace;
  readonly scrub: Scrub;
  /** Gets the words of a message whose skip was taken back. */
  readonly onTakenBack: (words: string) => void;
}

/** The story so far, drawn where it is looked at; its end follows the words while the reader is there. */
export function TranscriptView({ session, state, streamingTurn, onItsWay, unanswered, book, beside, scrub, onTakenBack }: TranscriptViewProps) {
  const { open, transcript, scenery } = state;
  const question = questionOf(state);
  const scroller = useRef<HTMLDivElement>(null);
  const page = useRef<HTMLDivElement>(null);
  const streams = streamingTurn !== null && streamingTurn === transcript.head;
  const count = transcript.headDepth + (streams ? 0 : 1);
  const { atEnd, follows, toEnd } = useStick(scroller, page);
  useOverhead(scroller, follows);
  const { rows, range } = useWindow(session, transcript, count, scroller, follows);
  const retry = useRetry(session.chatId, transcript.head);
  const unseen = useUnseen(transcript.headDepth, atEnd);
  const { headDepth } = transcript;
  const changes = useChanges(book);
  useWanted(book, transcript, range);
  const alternates = useAlternates(session, transcript, range);
  const toStory = useCallback(() => scroller.current?.focus({ preventScroll: true }), []);
  const writing = transcript.turns.get(headDepth)?.status === 'streaming';
  const work = useTurnWork({ state, streaming: writing, alternates, beside, toStory, toEnd, onLook: scrub.look });
  const found = useJumps(rows, headDepth);
  const member = (entityId: string | null) => memberIn(open, entityId);

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
  const goOn = useCallback(() => {
    scroller.current?.focus({ preventScroll: true });
    retry.goOn();
  }, [retry]);
  const { asking, problem } = retry;
  const retrying = useMemo(() => ({ tryAgain, goOn, asking, problem }), [tryAgain, goOn, asking, problem]);

  // The browser would glide there, and stop where the first row on the way turns out taller than it was taken for.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (rove(event)) return;
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key !== 'Home' && event.key !== 'End') return;
    event.preventDefault();
    if (event.key === 'End') toEnd();
    else rows.goTo(0, false);
  };

  const changedBy = ({ turnId }: Turn): string | undefined => {
    const explained = changes.turns.get(turnId);
    return explained && changeLine(explained, changes, open.persona?.personaId ?? null);
  };

  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  // A meanwhile scene that is over is told in short; its words are a click away.
  const folds = ({ sceneId }: Turn): boolean => asideOf(scenery, sceneId)?.closed === true && !unfolded.has(sceneId ?? '');
  const fold = (sceneId: string, folded: boolean): void => setUnfolded(new Set(folded ? [...unfolded].filter((id) => id !== sceneId) : [...unfolded, sceneId]));
  const markOf = (turn: Turn, before: Turn | undefined) => {
    if (!opensScene(turn, before)) return null;
    const aside = asideOf(scenery, turn.sceneId);
    if (scenery === null || aside === undefined) return <SceneMark turn={turn} before={before} scenery={scenery} />;
    return <AsideMark open={open} scenery={scenery} aside={aside} last={turn.turnId === aside.stretchId} folded={folds(turn)} onFold={(folded) => fold(aside.sceneId, folded)} />;
  };
  const answers = onItsWay === null ? null : addresseesOf(state, onItsWay.text, onItsWay.to ?? null).likely;
  const bot = answers ?? member(open.bot?.botId ?? null);
  const you = open.cast.find((one) => one.kind === 'you');
  const head = transcript.turns.get(headDepth);
  const empty = rows.empty(range);
  const rowAt = (depth: number) => {
    const turn = transcript.turns.get(depth);
    const opened = turn && work.openOf(turn);
    const coming = turn && scenery?.comings.get(turn.turnId);
    return (
      <StoryRow
        key={depth}
        depth={depth}
        turn={turn}
        place={rows.row}
        found={depth === found}
        aside={asideOf(scenery, turn?.sceneId) !== undefined}
        later={scrub.depth !== null && depth > scrub.depth}
        mark={turn === undefined ? null : markOf(turn, transcript.turns.get(depth - 1))}
        comings={coming === undefined ? null : <Comings coming={coming} open={open} />}
        folded={turn !== undefined && folds(turn)}
        speaker={member(turn?.speakerId ?? null)}
        avatar={avatarIn(open, turn?.speakerId ?? null)}
        readers={turn === undefined ? '' : readersOf(open, turn)}
        isHead={turn !== undefined && turn.turnId === transcript.head}
        reply={turn && work.replyTo(turn)}
        beside={turn === undefined ? ALONE : work.besideOf(turn)}
        changed={turn && changedBy(turn)}
        streaming={writing}
        retrying={turn?.turnId === transcript.head ? retrying : null}
        instead={turn === undefined ? null : work.instead(turn)}
        panel={turn === undefined ? null : work.panel(turn)}
        openAct={opened?.act}
        openBeside={opened?.beside === true}
        openMore={opened?.more === true}
        hands={work.hands}
      />
    );
  };
  return (
    <div className="chat-stage">
      {/* Its tokens are not announced: the status line says who answers, and that they have. */}
      <div ref={scroller} className="chat-scroll" role="log" aria-live="off" aria-label="Story" tabIndex={0} onKeyDown={onKeyDown} {...work.touch}>
        <div ref={page} className="chat-page">
          <div className="chat-rows" style={{ paddingTop: empty.above, paddingBottom: empty.below }}>
            {depthsOf(range).map((depth) => rowAt(depth))}
          </div>
          {streams && (
            <StreamingRow
              key={streamingTurn}
              session={session}
              above={head === undefined ? null : markOf(head, transcript.turns.get(headDepth - 1))}
              aside={asideOf(scenery, head?.sceneId) !== undefined}
              turn={head}
              speaker={member(head?.speakerId ?? null)}
              avatar={avatarIn(open, head?.speakerId ?? null)}
              waiting={state.waiting}
            />
          )}
          {question !== null && !streams && (
            <Suspense fallback={<Waiting>Opening the question</Waiting>}>
              <SkipQuestion key={question.turnId} question={question} onTakenBack={onTakenBack} />
            </Suspense>
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
                  <Thinking said={<><bdi>{nameIn(open, bot?.entityId ?? null)}</bdi> is thinking</>} waiting={null} />
                </Voice>
              )}
            </>
          )}
        </div>
      </div>
      {work.menu}
      {!atEnd && (
        <button type="button" className="chat-pill" onClick={toEnd}>
          <ArrowDown size={14} aria-hidden="true" />
          {unseen > 0 ? `${unseen} new` : 'To the end'}
        </button>
      )}
    </div>
  );
}

/** Asks for what the replies in view, and a little beyond, have changed. */
function useWanted(book: ChangeBook, { turns }: Transcript, range: Stretch): void {
  const from = range.from - AHEAD;
  const to = range.to + AHEAD;
  useEffect(() => {
    const wanted: string[] = [];
    for (let depth = Math.max(0, from); depth <= to; depth++) {
      const turn = turns.get(depth);
      if ((turn?.kind === 'assistant' || turn?.kind === 'skip') && turn.status === 'whole') wanted.push(turn.turnId);
    }
    book.want(wanted);
  }, [book, turns, from, to]);
}

/** Goes to a turn that is asked for, and marks it for a moment. Answers the depth of the one that is marked. */
function useJumps(rows: RowWindow, headDepth: number): number | null {
  const [found, setFound] = useState<number | null>(null);
  useEffect(
    () =>
      onJump((depth) => {
        rows.goTo(Math.min(depth, headDepth), true);
        setFound(depth);
      }),
    [rows, headDepth],
  );
  useEffect(() => {
    if (found === null) return undefined;
    const timer = setTimeout(() => setFound(null), MARKED_MS);
    return () => clearTimeout(timer);
  }, [found]);
  return found;
}

function depthsOf({ from, to }: Stretch): readonly number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
}

/** How many turns have come since the reader left the end. */
function useUnseen(headDepth: number, atEnd: boolean): number {
  const [seen, setSeen] = useState(headDepth);
  // Turns that a rewind took away were seen, and are not owed again.
  const now = atEnd ? headDepth : Math.min(seen, headDepth);
  if (now !== seen) setSeen(now);
  return headDepth - now;
}
