import './chat.css';
import { useCallback, useDeferredValue, useEffect } from 'react';
import type { CSSProperties } from 'react';
import { Link } from 'wouter';
import { Button, buttonClass } from '../../components/ui/button.tsx';
import { Waiting } from '../../components/ui/waiting.tsx';
import { usePageOffers } from '../../lib/offers.ts';
import { offerToastPlace } from '../../lib/toast.ts';
import { problemOf } from '../../lib/problem.ts';
import { Composer } from './composer.tsx';
import { ConnectionNote } from './connection-note.tsx';
import { Drawer } from './drawer.tsx';
import { useDrawer } from './use-drawer.ts';
import { BesidePanel } from './inspector/beside-panel.tsx';
import { useBeside } from './inspector/use-beside.ts';
import { Header } from './header.tsx';
import type { ChangeBook } from './model/changes.ts';
import type { ChatSession, SessionView } from './model/session.ts';
import type { ChatState } from './model/state.ts';
import { nameIn, questionOf } from './model/state.ts';
import { asideOf } from './model/scenery.ts';
import { lastOwnOf } from './model/transcript.ts';
import { ScrubBar } from './scrub/scrub-bar.tsx';
import { useScrub } from './scrub/use-scrub.ts';
import { useHere } from './timeline/use-here.ts';
import { useLeftOver } from './skip/use-left-over.ts';
import { StatusLine } from './status-line.tsx';
import { TranscriptView } from './transcript-view.tsx';
import { useAddressee } from './use-addressee.ts';
import { useChangeBook } from './use-changes.ts';
import { useDraft } from './use-draft.ts';
import { useImpersonate } from './use-impersonate.ts';
import { useSend } from './use-send.ts';
import { useSession, useSessionView, useStreamingTurn } from './use-session.ts';
import { useStop } from './use-stop.ts';
import { useTellTyping, useTypedElsewhere } from './use-typing.ts';

/** One chat: the story, where you write, and what stands behind it. */
export function ChatPage({ chatId }: { readonly chatId: string }) {
  return <Chat key={chatId} chatId={chatId} />;
}

function Chat({ chatId }: { readonly chatId: string }) {
  const session = useSession(chatId);
  const book = useChangeBook(session);
  const view = useSessionView(session);
  if (view.state === null) return <Opening problem={view.problem} onRetry={() => void session.open()} />;
  return <OpenChat session={session} view={view} state={view.state} book={book} />;
}

interface OpenChatProps {
  readonly session: ChatSession;
  readonly view: SessionView;
  readonly state: ChatState;
  readonly book: ChangeBook;
}

function OpenChat({ session, view, state, book }: OpenChatProps) {
  const { chatId } = session;
  const { open, transcript } = state;
  const streamingTurn = useStreamingTurn(session);
  // What stands beside the story is drawn after it: neither the opening nor a word waits for that.
  const behind = useDeferredValue<ChatState | null>(state, null);
  const draft = useDraft(chatId);
  const drawer = useDrawer();
  const beside = useBeside();
  const { stop, problem } = useStop(chatId);
  const tellTyping = useTellTyping(chatId);
  const elsewhere = useTypedElsewhere(view.typedElsewhereAt);
  const head = transcript.turns.get(transcript.headDepth);
  // A reply whose last words are still being shown has ended for the server: then one can send again.
  const streaming = head?.status === 'streaming';
  // Two who are by themselves make way for a message of yours: it goes when the one who speaks has ended (MW-1).
  const alone = streaming && asideOf(state.scenery, head.sceneId) !== undefined;
  const answering = !streaming || alone ? null : head.kind === 'skip' ? 'The story is still skipping ahead' : `${nameIn(open, head.speakerId)} is still answering`;
  const here = useHere(session);
  const scrub = useScrub(session, state);
  const addressing = useAddressee(state, draft.text);
  const impersonating = useImpersonate(chatId, draft.hands);
  const takenBack = useCallback(
    (words: string) => {
      if (words !== '') draft.hands.setText(draft.hands.now().text.trim() === '' ? words : `${words}\n\n${draft.hands.now().text}`);
    },
    [draft.hands],
  );
  const leftOver = useLeftOver(takenBack);
  const sending = useSend({ chatId, head: transcript.head, draft, connection: view.connection, answering, addressing, question: questionOf(state), onInstead: leftOver });
  usePageOffers(async () => (await import('./chat-offers.ts')).chatOffers({ state, streaming, drawer, beside, stop }));
  useEscape(streaming || impersonating.drafting, impersonating.drafting ? impersonating.stop : stop);

  return (
    <section className="chat" data-drawer={drawer.open || undefined} aria-label={open.chat.title}>
      <title>{`${open.chat.title} \u00B7 Offstage`}</title>
      <div className="chat-main">
        <Header
          open={open}
          here={here}
          drawerOpen={drawer.open && beside.view === null}
          onDrawer={() => {
            // What is looked at stands in the drawer's place: the button brings the drawer back.
            if (beside.view === null) drawer.toggle();
            else {
              if (!drawer.open) drawer.toggle();
              beside.close();
            }
          }}
          tuningOpen={beside.view?.kind === 'chat'}
          onTuning={() => (beside.view?.kind === 'chat' ? beside.close() : beside.open({ kind: 'chat' }))}
        />
        <div className="chat-over">
          <div ref={offerToastPlace} />
          <ConnectionNote connection={view.connection} />
          <ScrubBar session={session} state={state} scrub={scrub} />
        </div>
        <TranscriptView session={session} state={state} streamingTurn={streamingTurn} onItsWay={sending.onItsWay} unanswered={sending.unanswered} book={book} beside={beside} scrub={scrub} onTakenBack={takenBack} />
        <StatusLine state={state} streamingTurn={streamingTurn} />
        <Composer
          addressing={addressing}
          draft={draft}
          sending={sending}
          impersonating={impersonating}
          streaming={streaming && !(alone && draft.text.trim() !== '')}
          onStop={stop}
          onTyping={tellTyping}
          lastOwn={lastOwnOf(transcript)}
          note={problem ?? (alone && sending.onItsWay !== null ? `Your message goes when ${nameIn(open, head.speakerId)} has ended.` : null) ?? impersonating.problem ?? (impersonating.drafting ? 'A draft of your next message is coming. It is yours to change and send.' : null) ?? (elsewhere ? 'You are writing in another tab.' : null)}
        />
      </div>
      {behind === null
        ? (drawer.open || beside.view !== null) && <div className="chat-drawer" aria-hidden="true" style={{ '--drawer-width': `${drawer.width}px` } as CSSProperties} />
        : beside.view === null
          ? drawer.open && <Drawer session={session} state={behind} drawer={drawer} scrub={scrub} />
          : <BesidePanel session={session} state={behind} book={book} beside={beside} width={drawer.width} streaming={streaming} />}
    </section>
  );
}

/** Esc stops the reply from wherever one is on the page, unless something nearer has taken it. */
function useEscape(streaming: boolean, stop: () => void): void {
  const onKey = useCallback(
    (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !event.isComposing) stop();
    },
    [stop],
  );
  useEffect(() => {
    if (!streaming) return undefined;
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [streaming, onKey]);
}

interface OpeningProps {
  readonly problem: unknown;
  readonly onRetry: () => void;
}

/** While a chat opens, and where it cannot. */
function Opening({ problem, onRetry }: OpeningProps) {
  if (problem === null) {
    return (
      <section className="chat" aria-busy="true">
        <div className="chat-closed">
          <Waiting>Opening the story</Waiting>
        </div>
      </section>
    );
  }
  const { code, message } = problemOf(problem);
  return (
    <section className="chat">
      <div className="chat-closed">
        <p role="alert">{message}</p>
        {code === 'not_found' ? (
          <Link href="/" className={buttonClass('plain')}>
            All chats
          </Link>
        ) : (
          <Button onClick={onRetry}>Try again</Button>
        )}
      </div>
    </section>
  );
}
