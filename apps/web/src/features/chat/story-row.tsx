import { memo } from 'react';
import type { ReactNode } from 'react';
import { AlternatesLine } from './alternates/alternates-line.tsx';
import type { CastMember } from './model/state.ts';
import type { Turn } from './model/transcript.ts';
import type { Act } from './turn-menu/acts.ts';
import { actsOf } from './turn-menu/acts.ts';
import { TurnMarks } from './turn-menu/turn-marks.tsx';
import { TurnMenu } from './turn-menu/turn-menu.tsx';
import type { TurnHands } from './turn-menu/use-turn-work.tsx';
import { ChangeNote, Ending, endingOf } from './turn-notes.tsx';
import { EmptyRow, TurnRow } from './turn-row.tsx';

/** What can be done about the last reply where it broke off. */
export interface Retrying {
  readonly tryAgain: () => void;
  readonly goOn: () => void;
  readonly asking: boolean;
  readonly problem: string | null;
}

interface StoryRowProps {
  readonly depth: number;
  /** Undefined for one that is not here yet. */
  readonly turn: Turn | undefined;
  readonly place: (element: HTMLElement | null) => (() => void) | undefined;
  /** True for one that was asked for a moment ago. */
  readonly found: boolean;
  /** True where it is played without you, and where it came later than what one looks back to. */
  readonly aside: boolean;
  readonly later: boolean;
  /** Where it opens a scene: what says so. */
  readonly mark: ReactNode;
  /** Who came and left after it. */
  readonly comings: ReactNode;
  readonly folded: boolean;
  readonly speaker: CastMember | undefined;
  readonly avatar: string | null;
  /** Who do not read it while it is hidden. */
  readonly readers: string;
  readonly isHead: boolean;
  readonly reply: Turn | undefined;
  readonly beside: readonly string[];
  /** What it changed, in a line. */
  readonly changed: string | undefined;
  readonly streaming: boolean;
  /** Null but for the last. */
  readonly retrying: Retrying | null;
  /** What is done with it and stands in the place of its words, or under them. */
  readonly instead: ReactNode;
  readonly panel: ReactNode;
  /** What is open because of it. */
  readonly openAct: Act | undefined;
  readonly openBeside: boolean;
  readonly openMore: boolean;
  readonly hands: TurnHands;
}

/**
 * A row of the story: a turn with what stands over and under it. Everything that it is handed stays the same until the
 * row itself is another, so that a message or a word draws the rows that it changes and no others.
 */
export const StoryRow = memo(function StoryRow(row: StoryRowProps) {
  const { depth, turn, place, found, aside, later, mark, folded, speaker, avatar, instead, comings } = row;
  return (
    <div ref={place} data-index={depth} className="chat-row" data-found={found || undefined} data-aside={aside || undefined} data-later={later || undefined}>
      {turn === undefined ? (
        <EmptyRow />
      ) : (
        <>
          {mark}
          {!folded && <TurnRow turn={turn} speaker={speaker} avatar={avatar} instead={instead} below={<Below row={row} turn={turn} />} tools={<Tools row={row} turn={turn} />} />}
          {comings}
        </>
      )}
    </div>
  );
});

interface PartProps {
  readonly row: StoryRowProps;
  readonly turn: Turn;
}

function Tools({ row, turn }: PartProps) {
  const { reply, isHead, beside, streaming, openAct, openBeside, openMore, hands } = row;
  const { usual, more } = actsOf({ turn, reply, isHead, alternates: beside.length > 1, streaming });
  if (usual.length + more.length === 0) return null;
  const open = new Set<Act>(openAct === undefined ? [] : [openAct]);
  if (openBeside) open.add('prompt');
  return <TurnMenu usual={usual} openActs={open} moreOpen={openMore} onAct={(what) => hands.act(turn, what)} onMore={(anchor) => hands.more(turn, anchor)} />;
}

function Below({ row, turn }: PartProps) {
  const { reply, beside, changed, retrying, readers, panel, hands } = row;
  const ending = endingOf(turn);
  return (
    <>
      {ending !== undefined && (
        <Ending
          words={ending}
          onRetry={retrying?.tryAgain}
          onContinue={turn.text.trim() === '' ? undefined : retrying?.goOn}
          asking={retrying?.asking === true}
          problem={retrying?.problem ?? null}
        />
      )}
      <TurnMarks turn={turn} from={readers} onLearn={reply === undefined ? null : () => hands.act(turn, 'learn')} />
      {beside.length > 1 && <AlternatesLine turnId={turn.turnId} beside={beside} onTurn={hands.swipe} onCompare={() => hands.act(turn, 'compare')} />}
      {panel}
      {changed !== undefined && <ChangeNote words={changed} onOpen={() => hands.act(turn, 'changed')} />}
    </>
  );
}
