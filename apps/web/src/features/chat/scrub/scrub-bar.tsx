import './scrub.css';
import { Suspense, useState } from 'react';
import { later } from '#lib/later.ts';
import { Button } from '#components/ui/button.tsx';
import type { ChatSession } from '../model/session.ts';
import type { ChatState } from '../model/state.ts';
import { useMoves } from '../timeline/use-moves.ts';
import type { Scrub } from './use-scrub.ts';

const RewindPanel = later(async () => (await import('../timeline/rewind-panel.tsx')).RewindPanel);

interface ScrubBarProps {
  readonly session: ChatSession;
  readonly state: ChatState;
  readonly scrub: Scrub;
}

/** Over the story while one looks back: where one looks, how to look elsewhere, and that it is the past (TL-11). */
export function ScrubBar({ session, state, scrub }: ScrubBarProps) {
  return scrub.depth === null ? null : <Bar key={session.chatId} session={session} state={state} scrub={scrub} />;
}

function Bar({ session: { chatId }, state, scrub }: ScrubBarProps) {
  const { headDepth, head } = state.transcript;
  const moves = useMoves(chatId);
  const [asking, setAsking] = useState(false);
  const depth = scrub.depth ?? headDepth;
  const back = (): void => {
    scrub.leave();
    document.querySelector<HTMLElement>('.chat-scroll')?.focus({ preventScroll: true });
  };
  return (
    <section
      className="chat-scrub"
      aria-label="The past"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        event.stopPropagation();
        back();
      }}
    >
      <div className="chat-scrub-row">
        <p role="status">
          {depth === headDepth ? 'Where the story stands now' : `The past: turn ${depth.toLocaleString('en')} of ${headDepth.toLocaleString('en')}`}
        </p>
        <input
          type="range"
          min={0}
          max={headDepth}
          value={depth}
          aria-label="Turn that is looked at"
          aria-valuetext={`Turn ${depth} of ${headDepth}`}
          // What was pressed to get here asked to look about.
          ref={(field) => {
            if (field !== null && (document.activeElement === document.body || document.activeElement === null)) field.focus();
          }}
          onChange={(event) => {
            setAsking(false);
            scrub.look(Number(event.target.value));
          }}
        />
        <span className="flex gap-2">
          {depth < headDepth && scrub.turnId !== null && <Button onClick={() => setAsking(true)}>Rewind to here</Button>}
          <Button tone="quiet" onClick={back}>
            Back to now
          </Button>
        </span>
      </div>
      {scrub.problem !== null && <p role="alert">{scrub.problem}</p>}
      {asking && scrub.turnId !== null && depth < headDepth && (
        <Suspense fallback={null}>
          <RewindPanel
            chatId={chatId}
            to={scrub.turnId}
            head={head}
            moves={moves}
            onClose={() => setAsking(false)}
            onDone={back}
          />
        </Suspense>
      )}
    </section>
  );
}
