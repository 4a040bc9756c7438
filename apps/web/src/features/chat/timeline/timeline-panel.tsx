import './timeline.css';
import { firstDiffering } from '@offstage/domain/branchWords';
import { Minus, Plus } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import { Button, IconButton } from '#components/ui/button.tsx';
import { Waiting } from '#components/ui/waiting.tsx';
import { problemOf } from '#lib/problem.ts';
import { toast } from '#lib/toast.ts';
import { keep, recall } from '#lib/storage.ts';
import type { ChatSession } from '../model/session.ts';
import type { ChatState } from '../model/state.ts';
import { nameIn } from '../model/state.ts';
import { BranchName } from './branch-name.tsx';
import { BranchPreview } from './branch-preview.tsx';
import { DeleteBranch } from './delete-branch.tsx';
import type { Line, Tree, TreeTurn } from './lines.ts';
import { linesOf, tipOf } from './lines.ts';
import { SCALES, StoryMap } from './map.tsx';
import { useMoves } from './use-moves.ts';
import { useTree } from './use-tree.ts';

/** Branches that are listed beside the map. */
const LISTED_MOST = 40;
const ZOOM = 'timeline.zoom';

interface TimelinePanelProps {
  readonly session: ChatSession;
  readonly state: ChatState;
  /** Shows a turn of the active path in the story. */
  readonly onShow: (depth: number) => void;
  /** Shows how things stood at a turn of the active path. */
  readonly onLook: (depth: number) => void;
}

/** The tree of the story as a map: preview a branch, switch to it, name it (TL-9). */
export function TimelinePanel({ session, state, onShow, onLook }: TimelinePanelProps) {
  const { data, error, refetch } = useTree(session);
  if (error !== null) {
    return (
      <div className="chat-part">
        <p role="alert">{problemOf(error).message}</p>
        <Button onClick={() => void refetch()}>Try again</Button>
      </div>
    );
  }
  if (data === undefined) return <Waiting>Drawing the timeline</Waiting>;
  return <Timeline session={session} state={state} tree={data} onShow={onShow} onLook={onLook} />;
}

function Timeline({ session: { chatId }, state, tree, onShow, onLook }: TimelinePanelProps & { readonly tree: Tree }) {
  const hintId = useId();
  const map = useMemo(() => linesOf(tree), [tree]);
  const byId = useMemo(() => new Map(tree.turns.map((turn) => [turn.turnId, turn])), [tree]);
  const [zoom, setZoom] = useState(() => bounded(Number(recall(ZOOM) ?? SCALES.length - 1)));
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [reading, setReading] = useState<string | null>(null);
  const moves = useMoves(chatId);
  const chosen = (chosenId === null ? undefined : byId.get(chosenId)) ?? null;
  const scale = SCALES[zoom] ?? { row: 26, lane: 16 };
  const places = useMemo(() => new Map(tree.scenes.map((scene) => [scene.sceneId, scene.containerId])), [tree]);
  const placeOf = (sceneId: string): string | undefined => state.scenery?.containers.get(places.get(sceneId) ?? '')?.name;
  const branches = map.lines.filter((line) => line.turns.some(({ onPath }) => !onPath));
  const zoomTo = (next: number): void => {
    setZoom(bounded(next));
    keep(ZOOM, String(bounded(next)));
  };
  const go = (to: string, done: string): void => {
    void moves.go(to, 'branch', done).then((problem) => {
      if (problem !== null) toast(problem);
      else setReading(null);
    });
  };

  if (reading !== null) return <BranchPreview chatId={chatId} open={state.open} tipId={reading} onSwitch={() => go(reading, 'You are on this branch now.')} onBack={() => setReading(null)} />;
  return (
    <div className="chat-timeline">
      <div className="chat-timeline-head">
        <p id={hintId}>
          {tree.turns.length === 1 ? 'One turn' : `${tree.turns.length.toLocaleString('en')} turns`}
          {branches.length > 0 && `, ${branches.length === 1 ? 'one other branch' : `${branches.length.toLocaleString('en')} other branches`}`}. <span className="chat-unseen">Arrow keys go along the lines and across them.</span>
        </p>
        <IconButton label="Smaller" disabled={zoom === 0} onClick={() => zoomTo(zoom - 1)}>
          <Minus size={16} aria-hidden="true" />
        </IconButton>
        <IconButton label="Larger" disabled={zoom === SCALES.length - 1} onClick={() => zoomTo(zoom + 1)}>
          <Plus size={16} aria-hidden="true" />
        </IconButton>
      </div>
      <StoryMap
        tree={tree}
        map={map}
        scale={scale}
        chosen={chosen}
        placeOf={placeOf}
        onChoose={(turn) => setChosenId(turn.turnId)}
        onOpen={() => chosen !== null && (chosen.onPath ? onShow(chosen.depth) : setReading(chosen.turnId))}
        hintId={hintId}
      />
      {branches.length > 0 && (
        <details className="chat-branches">
          <summary>Other branches</summary>
          <ul>
            {branches.slice(0, LISTED_MOST).map((line) => {
              const tip = tipOf(line);
              return (
                tip !== undefined && (
                  <li key={tip.turnId}>
                    <button type="button" aria-pressed={chosenId === tip.turnId} onClick={() => setChosenId(tip.turnId)} dir="auto">
                      {called(line, byId, tree)}
                      <small>{counted(line)}</small>
                    </button>
                  </li>
                )
              );
            })}
          </ul>
          {branches.length > LISTED_MOST && <p className="chat-none">The others are in the map.</p>}
          {branches.length > 1 && <DeleteBranch chatId={chatId} tipId={null} />}
        </details>
      )}
      <Chosen
        key={chosen?.turnId}
        chatId={chatId}
        turn={chosen}
        line={chosen === null ? undefined : map.lineOf.get(chosen.turnId)}
        tree={tree}
        who={chosen === null ? '' : chosen.kind === 'kickoff' ? 'The opening' : nameIn(state.open, chosen.speakerId)}
        branch={chosen === null ? '' : called(map.lineOf.get(chosen.turnId), byId, tree)}
        onShow={onShow}
        onLook={onLook}
        onRead={setReading}
        onGo={go}
      />
    </div>
  );
}

interface ChosenProps {
  readonly chatId: string;
  readonly turn: TreeTurn | null;
  readonly line: Line | undefined;
  readonly tree: Tree;
  readonly who: string;
  readonly branch: string;
  readonly onShow: (depth: number) => void;
  readonly onLook: (depth: number) => void;
  readonly onRead: (tipId: string) => void;
  readonly onGo: (to: string, done: string) => void;
}

/** What is chosen on the map, and what can be done from there. */
function Chosen({ chatId, turn, line, tree, who, branch, onShow, onLook, onRead, onGo }: ChosenProps) {
  if (turn === null || line === undefined) return <p className="chat-timeline-chosen chat-none">Choose a turn on the map to read it, or to go there.</p>;
  const tip = tipOf(line);
  const isHead = turn.turnId === tree.head;
  // The active branch is named where it stands, the others where they end.
  const named = [...line.names.keys()].at(-1);
  const namedAt = named ?? (turn.onPath ? tree.head : (tip?.turnId ?? turn.turnId));
  return (
    <section className="chat-timeline-chosen" aria-label="What is chosen">
      <p role="status">
        <b>{who}</b>
        <span dir="auto">{turn.words.replaceAll(/[*_>`]+/g, '')}</span>
        <small>{isHead ? 'You stand here.' : turn.onPath ? 'On the way to where you stand.' : `On another branch: ${branch}.`}</small>
      </p>
      <div className="chat-timeline-acts">
        {turn.onPath && <Button onClick={() => onShow(turn.depth)}>Show it</Button>}
        {turn.onPath && !isHead && <Button onClick={() => onLook(turn.depth)}>How things stood</Button>}
        {!turn.onPath && <Button onClick={() => onRead(tip?.turnId ?? turn.turnId)}>Read it</Button>}
        {!turn.onPath && tip !== undefined && <Button onClick={() => onGo(tip.turnId, 'You are on this branch now.')}>Switch to it</Button>}
        {!turn.onPath && tip !== undefined && tip.turnId !== turn.turnId && <Button tone="quiet" onClick={() => onGo(turn.turnId, 'You stand here now.')}>Stand just here</Button>}
        {!turn.onPath && <DeleteBranch chatId={chatId} tipId={tip?.turnId ?? turn.turnId} />}
      </div>
      <BranchName chatId={chatId} tipId={namedAt} name={named === undefined ? null : (line.names.get(named) ?? null)} />
    </section>
  );
}

/** What a line is called: its name, or the first words in which it differs from what stands beside it. */
function called(line: Line | undefined, byId: ReadonlyMap<string, TreeTurn>, tree: Tree): string {
  if (line === undefined) return '';
  const name = [...line.names.values()].at(-1);
  if (name !== undefined) return name;
  const first = line.turns.find(({ onPath }) => !onPath) ?? line.turns[0];
  if (first === undefined) return '';
  const beside = tree.turns.filter((turn) => turn.parentId === first.parentId && turn !== first).slice(0, 12);
  const words = firstDiffering(first.words, beside.map((turn) => turn.words)) || firstDiffering(byId.get(tipOf(line)?.turnId ?? '')?.words ?? '', []);
  return words === '' ? 'without words yet' : `\u201C${words}\u201D`;
}

function counted(line: Line): string {
  const own = line.turns.filter(({ onPath }) => !onPath).length;
  return own === 1 ? 'one turn' : `${own.toLocaleString('en')} turns`;
}

function bounded(zoom: number): number {
  return Number.isInteger(zoom) ? Math.min(SCALES.length - 1, Math.max(0, zoom)) : SCALES.length - 1;
}
