import './beside.css';
import { Suspense, memo, useEffect, useRef } from 'react';
import { later } from '#lib/later.ts';
import type { CSSProperties } from 'react';
import { Waiting } from '#components/ui/waiting.tsx';
import type { ChangeBook } from '../model/changes.ts';
import type { ChatSession } from '../model/session.ts';
import type { ChatState } from '../model/state.ts';
import type { BesidePlace } from './use-beside.ts';

// What is looked at now and then is fetched when it is.
const Inspector = later(async () => (await import('./inspector.tsx')).Inspector);
const EdgeWhy = later(async () => (await import('../why/edge-why.tsx')).EdgeWhy);
const ChatTuning = later(async () => (await import('../chat-note/chat-tuning.tsx')).ChatTuning);

interface BesidePanelProps {
  readonly session: ChatSession;
  readonly state: ChatState;
  readonly book: ChangeBook;
  readonly beside: BesidePlace;
  /** px */
  readonly width: number;
  /** While a reply streams, Esc in the story stops it, and nothing is closed. */
  readonly streaming: boolean;
}

/** What is looked at beside the story: in the drawer's place, over nothing that is being read or written. Esc closes it. */
export const BesidePanel = memo(function BesidePanel({ session, state, book, beside, width, streaming }: BesidePanelProps) {
  const { view, close } = beside;
  const panel = useRef<HTMLElement>(null);

  useEffect(() => {
    const opener = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    const own = panel.current;
    own?.focus({ preventScroll: true });
    return () => {
      // Only a focus that goes with the panel needs another place.
      if (document.activeElement !== document.body && own?.contains(document.activeElement) !== true) return;
      const back = opener?.isConnected === true && opener !== document.body ? opener : document.querySelector<HTMLElement>('.chat-scroll');
      back?.focus({ preventScroll: true });
    };
  }, []);

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing || streaming) return;
      event.preventDefault();
      close();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [close, streaming]);

  if (view === null) return null;
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      className="chat-drawer chat-beside"
      aria-label={LABELS[view.kind]}
      style={{ '--drawer-width': `${width}px` } as CSSProperties}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        // Here it closes this, and stops no reply.
        event.preventDefault();
        event.stopPropagation();
        close();
      }}
    >
      <Suspense fallback={<Loading />}>
        {view.kind === 'turn' && <Inspector key={view.turnId} session={session} state={state} book={book} view={view} beside={beside} />}
        {view.kind === 'edge' && <EdgeWhy key={`${view.source} ${view.target}`} session={session} state={state} view={view} onClose={close} />}
        {view.kind === 'chat' && <ChatTuning chat={state.open.chat} onClose={close} />}
      </Suspense>
    </aside>
  );
});

const LABELS = { turn: 'Behind this reply', edge: 'Why they stand so', chat: 'This chat' } as const;

function Loading() {
  return (
    <div className="chat-panel">
      <Waiting>Opening</Waiting>
    </div>
  );
}
