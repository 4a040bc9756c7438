import './composer.css';
import { MESSAGE_MAX } from '@offstage/domain/words';
import { ArrowUp, Feather, Square } from 'lucide-react';
import { Suspense, useEffect, useId, useLayoutEffect, useRef } from 'react';
import { later } from '#lib/later.ts';
import type { KeyboardEvent } from 'react';
import { Button } from '../../components/ui/button.tsx';
import type { Problem } from '../../lib/problem.ts';
import { SlashList, slashOptionId } from './slash/slash-list.tsx';
import { useSlashes } from './slash/use-slashes.ts';
import { askOfTurn } from './turn-menu/asked.ts';
import { AddresseeLine } from './addressee-line.tsx';
import type { Addressing } from './use-addressee.ts';
import type { DraftKeeper } from './use-draft.ts';
import type { Impersonating } from './use-impersonate.ts';
import type { Sending } from './use-send.ts';

// What is looked at now and then is fetched when it is.
const SlashHelp = later(async () => (await import('./slash/slash-help.tsx')).SlashHelp);

/** From here on the composer counts. */
const COUNT_FROM = MESSAGE_MAX * 0.8;

interface ComposerProps {
  /** Whom you speak to, and could. */
  readonly addressing: Addressing;
  readonly draft: DraftKeeper;
  readonly sending: Sending;
  /** Drafts your next message for you. */
  readonly impersonating: Impersonating;
  /** True while a reply streams: then Stop stands where Send was. */
  readonly streaming: boolean;
  readonly onStop: () => void;
  readonly onTyping: () => void;
  /** The depth of your last message; null where there is none to edit. */
  readonly lastOwn: number | null;
  /** One line above the words: another tab, a stop that failed. */
  readonly note: string | null;
}

/** Where you write. Enter sends, Shift+Enter breaks the line, Esc stops the reply, the up arrow edits what was sent last; typing is never locked. */
export function Composer({ addressing, draft, sending, impersonating, streaming, onStop, onTyping, lastOwn, note }: ComposerProps) {
  const box = useRef<HTMLTextAreaElement>(null);
  const hintId = useId();
  const listId = useId();
  const { text, hands } = draft;
  const over = text.length > MESSAGE_MAX;
  const slashes = useSlashes(text, hands.setText);
  const offers = slashes.offered.length > 0;
  const everyone = addressing.all.map(({ name }) => name).join(' or ') || 'the stage';

  // As tall as its text, where style sheets cannot say so themselves.
  useLayoutEffect(() => {
    const area = box.current;
    if (area === null || CSS.supports('field-sizing', 'content')) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight}px`;
  }, [text]);

  useEffect(() => {
    // A pointer that is a finger brings a keyboard over the page: then the first touch is the reader's to make.
    if (matchMedia('(pointer: fine)').matches) box.current?.focus({ preventScroll: true });
  }, []);

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (slashes.onKey(event)) return;
    if (event.key === 'ArrowUp' && text === '' && lastOwn !== null && !(event.shiftKey || event.ctrlKey || event.metaKey || event.altKey)) {
      event.preventDefault();
      askOfTurn(lastOwn, 'edit');
      return;
    }
    // While an input method composes, Enter chooses a word.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    sending.send();
  };

  return (
    <div className="chat-foot">
      <form
        className="chat-composer"
        onSubmit={(event) => {
          event.preventDefault();
          sending.send();
          box.current?.focus();
        }}
      >
        <Hints
          id={hintId}
          draft={draft}
          refusal={sending.refusal}
          over={over}
          note={note}
          onSend={() => {
            sending.send();
            box.current?.focus();
          }}
          onBranch={() => {
            sending.sendAsBranch();
            box.current?.focus();
          }}
        />
        {offers && <SlashList id={listId} slashes={slashes} onChosen={() => box.current?.focus()} />}
        <AddresseeLine addressing={addressing} />
        <div className="chat-write">
          <textarea
            ref={box}
            rows={1}
            dir="auto"
            value={text}
            placeholder={`Write to ${addressing.likely?.name ?? everyone}\u2026`}
            aria-label={`Message to ${everyone}`}
            aria-describedby={hintId}
            aria-invalid={over || undefined}
            aria-autocomplete="list"
            aria-haspopup="listbox"
            aria-controls={offers ? listId : undefined}
            aria-activedescendant={offers ? slashOptionId(listId, slashes.at) : undefined}
            enterKeyHint="send"
            onChange={(event) => {
              hands.setText(event.target.value);
              if (sending.refusal !== null && sending.refusal.code !== 'stale_head') sending.forget();
              onTyping();
            }}
            onKeyDown={onKeyDown}
          />
          {!streaming && (text === '' || impersonating.drafting) && (
            <button
              type="button"
              className="chat-draft-act"
              aria-pressed={impersonating.drafting}
              aria-label={impersonating.drafting ? 'Stop drafting' : 'Draft my next message'}
              title={impersonating.drafting ? 'Stop drafting' : 'Draft my next message'}
              onClick={() => {
                if (impersonating.drafting) impersonating.stop();
                else impersonating.start();
                box.current?.focus();
              }}
            >
              {impersonating.drafting ? <Square size={14} fill="currentColor" aria-hidden="true" /> : <Feather size={18} aria-hidden="true" />}
            </button>
          )}
          {streaming ? (
            <button key="act" type="button" className="chat-act" data-stop onClick={onStop} aria-label="Stop the reply" title="Stop (Esc)">
              <Square size={14} fill="currentColor" aria-hidden="true" />
            </button>
          ) : (
            <button key="act" type="submit" className="chat-act" disabled={text.trim() === '' || over} aria-label="Send" title="Send (Enter)">
              <ArrowUp size={18} aria-hidden="true" />
            </button>
          )}
        </div>
      </form>
      {sending.helping && (
        <Suspense fallback={null}>
          <SlashHelp onClose={sending.helped} />
        </Suspense>
      )}
    </div>
  );
}

interface HintsProps {
  readonly id: string;
  readonly draft: DraftKeeper;
  readonly refusal: Problem | null;
  readonly over: boolean;
  readonly note: string | null;
  readonly onSend: () => void;
  readonly onBranch: () => void;
}

/** What there is to say about what is written: refused, too long, not kept; and, more quietly, how long it is. */
function Hints({ id, draft, refusal, over, note, onSend, onBranch }: HintsProps) {
  const { text, unkept } = draft;
  const most = text.length > COUNT_FROM ? MESSAGE_MAX.toLocaleString('en') : '';
  const shown = most === '' ? '' : text.length.toLocaleString('en');
  return (
    <div id={id} className="chat-hints">
      <div role="alert" data-tone="care">
        {refusal !== null && (
          <p>
            {refusal.message}
            {refusal.code === 'stale_head' && (
              <span className="flex flex-wrap gap-2">
                <Button onClick={onSend}>Send here anyway</Button>
                <Button onClick={onBranch}>Send as a branch</Button>
              </span>
            )}
          </p>
        )}
        {over && <p>This is {shown} characters long; {most} fit in one message. Shorten it, or send it in parts.</p>}
        {unkept && <p>Your browser has no room to keep this draft. Copy it before you close the page.</p>}
      </div>
      <div role="status">
        {!over && text.length > COUNT_FROM && <p>{shown} of {most} characters</p>}
        {note !== null && <p>{note}</p>}
      </div>
    </div>
  );
}
