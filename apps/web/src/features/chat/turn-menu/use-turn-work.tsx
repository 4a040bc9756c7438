import { Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { later } from '#lib/later.ts';
import type { ReactNode } from 'react';
import { wordsOf } from '@offstage/domain/words';
import { copyText } from '#lib/clipboard.ts';
import { newId } from '#lib/ids.ts';
import { problemOf } from '#lib/problem.ts';
import { toast } from '#lib/toast.ts';
import { server } from '#lib/trpc.ts';
import { useSteady } from '#lib/use-steady.ts';
import type { Alternates } from '../alternates/book.ts';
import type { BesidePlace } from '../inspector/use-beside.ts';
import { jumpTo } from '../model/jump.ts';
import type { ChatState } from '../model/state.ts';
import { nameIn } from '../model/state.ts';
import type { Turn } from '../model/transcript.ts';
import { useMoves } from '../timeline/use-moves.ts';
import type { Act } from './acts.ts';
import { actsOf } from './acts.ts';
import { onTurnAsked } from './asked.ts';
import { useTouch } from './use-touch.ts';

// What is opened now and then is fetched when it is.
const MoreMenu = later(async () => (await import('./more-menu.tsx')).MoreMenu);
const RewindPanel = later(async () => (await import('../timeline/rewind-panel.tsx')).RewindPanel);
const AgainPanel = later(async () => (await import('../alternates/again-panel.tsx')).AgainPanel);
const EditPanel = later(async () => (await import('./edit-panel.tsx')).EditPanel);
const Compare = later(async () => (await import('../alternates/compare.tsx')).Compare);

/** What is being done to which turn: one thing at a time. */
interface Doing {
  readonly turnId: string;
  readonly act: 'again' | 'rewind' | 'edit' | 'compare';
}

interface Wanted {
  readonly state: ChatState;
  readonly streaming: boolean;
  readonly alternates: Alternates;
  readonly beside: BesidePlace;
  /** Brings the focus back to the story, where what held it has gone. */
  readonly toStory: () => void;
  readonly toEnd: () => void;
  /** Shows how things stood at a turn. */
  readonly onLook: (depth: number) => void;
}

/** What a turn's own buttons do: the same object for as long as the chat is open. */
export interface TurnHands {
  act(turn: Turn, what: Act): void;
  /** Opens the rest of what can be done with a turn at its button, or closes it. */
  more(turn: Turn, anchor: HTMLElement): void;
  /** Turns to another reply in the place of one. */
  swipe(turnId: string): void;
}

/** Hides a turn from the prompt, or shows it there again, and says so; what it says offers to take that back (TL-8). */
async function hide(turnId: string, hidden: boolean): Promise<void> {
  await server.turns.hide.mutate({ commandId: newId(), turnId, hidden });
  const kind = `hidden ${turnId}`;
  const back = (): void => {
    server.turns.hide.mutate({ commandId: newId(), turnId, hidden: !hidden }).then(
      () => toast('Put back as it was.', undefined, kind),
      (error: unknown) => toast(problemOf(error).message),
    );
  };
  toast(hidden ? 'This turn is no longer in the prompt. Here it stays.' : 'This turn is in the prompt again.', { label: 'Undo', run: back }, kind);
}

/** No turns stand beside one that stands alone. */
export const ALONE: readonly string[] = [];

/** Everything that can be done with a turn, for the transcript to put in its places (UI-3). */
export function useTurnWork({ state, streaming, alternates, beside, toStory, toEnd, onLook }: Wanted) {
  const { transcript, open } = state;
  const { chatId } = transcript;
  const [doing, setDoing] = useState<Doing | null>(null);
  const [more, setMore] = useState<{ readonly turnId: string; readonly depth: number; readonly anchor: HTMLElement } | null>(null);
  const moves = useMoves(chatId);
  // Where one stood who asked for something from beside the story.
  const asker = useRef<HTMLElement | null>(null);
  const close = useCallback(() => {
    setDoing(null);
    if (asker.current?.isConnected === true) asker.current.focus({ preventScroll: true });
    else toStory();
    asker.current = null;
  }, [toStory]);

  const closeMore = useCallback(() => setMore(null), []);

  const besideOf = (turn: Turn): readonly string[] => alternates.get(turn.turnId) ?? ALONE;
  const replyTo = (turn: Turn): Turn | undefined => {
    if (turn.kind === 'skip' || turn.kind === 'roll') return turn.kind === 'skip' && turn.status === 'whole' ? turn : undefined;
    const reply = turn.kind === 'assistant' ? turn : transcript.turns.get(turn.depth + 1);
    return reply?.kind === 'assistant' && reply.status === 'whole' ? reply : undefined;
  };
  const actsFor = (turn: Turn) =>
    actsOf({ turn, reply: replyTo(turn), isHead: turn.turnId === transcript.head, alternates: besideOf(turn).length > 1, streaming });

  const act = useSteady((turn: Turn, what: Act): void => {
    const { turnId } = turn;
    const failed = (error: unknown): void => toast(problemOf(error).message);
    switch (what) {
      case 'again':
      case 'rewind':
      case 'edit':
      case 'compare':
        setDoing(doing?.turnId === turnId && doing.act === what ? null : { turnId, act: what });
        break;
      case 'prompt':
      case 'changed':
        beside.open({ kind: 'turn', turnId, part: what });
        break;
      case 'hide':
      case 'show':
        hide(turnId, what === 'hide').catch(failed);
        break;
      case 'learn':
        server.turns.learnAgain.mutate({ commandId: newId(), turnId }).then(() => toast('What this turn led to is looked for anew, in place of what was found before.'), failed);
        break;
      case 'branch':
        void moves.go(turnId, 'branch', 'You stand here now: what you write next branches off.').then((problem) => problem !== null && toast(problem));
        break;
      case 'look':
        onLook(turn.depth);
        break;
      case 'copy':
        copyText(wordsOf(turn)).then(
          () => toast('Copied.'),
          () => toast('The browser did not allow copying.'),
        );
        break;
      case 'continue':
        server.turns.continue.mutate({ commandId: newId(), chatId, head: turnId }).then(toEnd, failed);
        break;
    }
  });

  const openMore = useSteady((turn: Turn, anchor: HTMLElement): void => setMore(more?.anchor === anchor ? null : { turnId: turn.turnId, depth: turn.depth, anchor }));
  const hands = useMemo((): TurnHands => ({ act, more: openMore, swipe: moves.swipe }), [act, openMore, moves]);

  useEffect(() =>
    onTurnAsked((depth, what) => {
      const turn = transcript.turns.get(depth);
      if (turn === undefined) return;
      const { activeElement } = document;
      asker.current = activeElement instanceof HTMLElement && activeElement !== document.body ? activeElement : null;
      if (document.querySelector(`.chat-row[data-index="${depth}"]`) === null) jumpTo(depth);
      act(turn, what);
    }),
  );

  const instead = (turn: Turn): ReactNode =>
    doing?.turnId === turn.turnId && doing.act === 'edit' ? (
      <Suspense fallback={null}>
        <EditPanel turn={turn} onClose={close} />
      </Suspense>
    ) : null;

  const panelOf = (turn: Turn, what: Doing['act']): ReactNode => {
    const { head, headDepth } = transcript;
    if (what === 'rewind') return <RewindPanel chatId={chatId} to={turn.turnId} head={head} moves={moves} onClose={close} />;
    if (what === 'compare') return <Compare chatId={chatId} turnId={turn.turnId} beside={besideOf(turn)} onTurn={moves.swipe} onClose={close} />;
    const reply = replyTo(turn);
    if (what !== 'again' || reply === undefined || head === null) return null;
    const message = transcript.turns.get(reply.depth - 1);
    return (
      <AgainPanel
        key={reply.turnId}
        chatId={chatId}
        head={head}
        headDepth={headDepth}
        reply={reply}
        message={message?.kind === 'user' && reply.kind === 'assistant' ? message : null}
        name={reply.kind === 'skip' ? 'the skip' : nameIn(open, reply.speakerId)}
        onDone={() => {
          close();
          toEnd();
        }}
        onClose={close}
      />
    );
  };

  const panel = (turn: Turn): ReactNode => (doing?.turnId === turn.turnId ? <Suspense fallback={null}>{panelOf(turn, doing.act)}</Suspense> : null);
  /** What is open because of a turn, so that its buttons say so. */
  const openOf = ({ turnId }: Turn) => ({
    act: doing?.turnId === turnId ? doing.act : undefined,
    beside: beside.view?.kind === 'turn' && beside.view.turnId === turnId,
    more: more?.turnId === turnId,
  });

  const touch = useTouch({
    onHold(depth) {
      const anchor = document.querySelector<HTMLElement>(`.chat-row[data-index="${depth}"] .chat-tools [data-more]`);
      const turn = transcript.turns.get(depth);
      if (anchor !== null && turn !== undefined) setMore({ turnId: turn.turnId, depth, anchor });
    },
    onSwipe(depth, step) {
      const turn = transcript.turns.get(depth);
      if (turn === undefined) return;
      const all = besideOf(turn);
      const next = all[all.indexOf(turn.turnId) + step];
      if (next !== undefined) moves.swipe(next);
    },
  });

  const moreTurn = more === null ? undefined : transcript.turns.get(more.depth);
  const menu =
    more !== null && moreTurn?.turnId === more.turnId ? (
      <Suspense fallback={null}>
        <MoreMenu
          anchor={more.anchor}
          // Where the usual things have no room of their own they stand here too.
          acts={[...(matchMedia('(width < 48rem)').matches ? actsFor(moreTurn).usual : []), ...actsFor(moreTurn).more]}
          onAct={(what) => act(moreTurn, what)}
          onClose={closeMore}
        />
      </Suspense>
    ) : null;

  return { hands, replyTo, besideOf, openOf, instead, panel, menu, touch };
}
