import { Tabs } from '@base-ui/react/tabs';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useCallback } from 'react';
import { IconButton } from '#components/ui/button.tsx';
import type { ChangeBook } from '../model/changes.ts';
import type { ChatSession } from '../model/session.ts';
import type { ChatState } from '../model/state.ts';
import { nameIn } from '../model/state.ts';
import { storyMoment } from '../model/times.ts';
import type { Transcript, Turn } from '../model/transcript.ts';
import { TurnLink } from '../why/turn-link.tsx';
import { TurnWhy } from '../why/turn-why.tsx';
import { AfterwardsPart } from './afterwards-part.tsx';
import { PanelHead } from './panel-head.tsx';
import { PromptPart } from './prompt-part.tsx';
import type { Beside, BesidePlace } from './use-beside.ts';
import { TURN_PARTS } from './use-beside.ts';
import { useFollow } from './use-follow.ts';
import { usePrompts } from './use-prompts.ts';

interface InspectorProps {
  readonly session: ChatSession;
  readonly state: ChatState;
  readonly book: ChangeBook;
  readonly view: Extract<Beside, { kind: 'turn' }>;
  readonly beside: BesidePlace;
}

const NAMES = { changed: 'What changed', prompt: 'Prompt', afterwards: 'Noted after' } as const;

/** Behind one reply: what it changed, what was in its prompt, what was noted after it (PR-4). */
export function Inspector({ session, state, book, view, beside }: InspectorProps) {
  const { transcript, open } = state;
  const { turnId, part } = view;
  const turn = [...transcript.turns.values()].find((one) => one.turnId === turnId);
  const prompts = usePrompts(session, turnId);
  const { before, after } = neighbours(transcript, turn);
  const { open: look } = beside;
  const show = useCallback((next: Turn): void => look({ kind: 'turn', turnId: next.turnId, part }), [look, part]);
  useFollow(transcript.turns, show);
  return (
    <Tabs.Root value={part} onValueChange={(next) => beside.open({ ...view, part: TURN_PARTS.find((one) => one === next) ?? part })} className="chat-drawer-body">
      <PanelHead
        title={
          <>
            Behind <bdi>{turn === undefined ? 'a reply' : `${nameIn(open, turn.speakerId)}\u2019s reply`}</bdi>
          </>
        }
        onClose={beside.close}
      >
        <IconButton label="The reply before" disabled={before === undefined} onClick={() => before && show(before)}>
          <ChevronLeft size={16} aria-hidden="true" />
        </IconButton>
        <IconButton label="The reply after" disabled={after === undefined} onClick={() => after && show(after)}>
          <ChevronRight size={16} aria-hidden="true" />
        </IconButton>
      </PanelHead>
      <div className="chat-beside-bar">
        <Tabs.List className="chat-tabs" aria-label="Behind this reply">
          {TURN_PARTS.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {NAMES[one]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </div>
      {turn !== undefined && (
        <p className="chat-beside-place">
          {storyMoment(turn.clock)}
          <TurnLink depth={turn.depth}>Show it in the story</TurnLink>
        </p>
      )}
      <Tabs.Panel value="changed" className="chat-panel">
        <TurnWhy chatId={session.chatId} turnId={turnId} book={book} state={state} beside={beside} />
      </Tabs.Panel>
      <Tabs.Panel value="prompt" className="chat-panel">
        <PromptPart chatId={session.chatId} prompts={prompts} />
      </Tabs.Panel>
      <Tabs.Panel value="afterwards" className="chat-panel">
        <AfterwardsPart prompts={prompts} />
      </Tabs.Panel>
    </Tabs.Root>
  );
}

/** The replies before and after a turn, as far as this page knows them. */
function neighbours({ turns, headDepth }: Transcript, turn: Turn | undefined): { before: Turn | undefined; after: Turn | undefined } {
  if (turn === undefined) return { before: undefined, after: undefined };
  const seek = (step: 1 | -1): Turn | undefined => {
    for (let depth = turn.depth + step; depth >= 0 && depth <= headDepth; depth += step) {
      const one = turns.get(depth);
      if (one?.kind === 'assistant' && one.status === 'whole') return one;
    }
    return undefined;
  };
  return { before: seek(-1), after: seek(1) };
}
