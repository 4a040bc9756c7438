import './drawer.css';
import { Tabs } from '@base-ui/react/tabs';
import { X } from 'lucide-react';
import { Suspense, memo } from 'react';
import { later } from '#lib/later.ts';
import { IconButton } from '../../components/ui/button.tsx';
import { Waiting } from '../../components/ui/waiting.tsx';
import type { CSSProperties, KeyboardEvent, PointerEvent } from 'react';
import type { ChatSession } from './model/session.ts';
import type { ChatState } from './model/state.ts';
import { CastSection } from './drawer/cast-section.tsx';
import { EdgeSection } from './drawer/edge-section.tsx';
import { MemoriesPanel } from './drawer/memories-panel.tsx';
import { FoldingPart, InThePast } from './drawer/part.tsx';
import { SceneSection } from './drawer/scene-section.tsx';
import { TogetherSection } from './drawer/together-section.tsx';
import { useEdit } from './drawer/use-edit.ts';
import { jumpTo } from './model/jump.ts';
import { PastNote } from './scrub/past-note.tsx';
import type { Scrub } from './scrub/use-scrub.ts';
import type { DrawerPlace, DrawerTab } from './use-drawer.ts';
import { DRAWER } from './use-drawer.ts';

// What is looked at now and then is fetched when it is.
const MeanwhileSection = later(async () => (await import('./drawer/meanwhile-section.tsx')).MeanwhileSection);
const PlotPanel = later(async () => (await import('./plot/plot-panel.tsx')).PlotPanel);
const SkipPanel = later(async () => (await import('./skip/skip-panel.tsx')).SkipPanel);
const TimelinePanel = later(async () => (await import('./timeline/timeline-panel.tsx')).TimelinePanel);

interface DrawerProps {
  readonly session: ChatSession;
  readonly state: ChatState;
  readonly drawer: DrawerPlace;
  readonly scrub: Scrub;
}

/** What stands behind the story, live: the scene, who is there, how they stand to each other, what is remembered. */
export const Drawer = memo(function Drawer({ session, state, drawer, scrub }: DrawerProps) {
  const { open } = state;
  // While one looks back, what stood then is shown, and cannot be changed.
  const past = scrub.depth !== null;
  const scenery = past ? scrub.scenery : state.scenery;
  const edit = useEdit(session.chatId);
  const look = (depth: number): void => {
    scrub.look(depth);
    drawer.turnTo('stage');
  };
  const close = (): void => {
    // Focus goes back to what opens it, never to nowhere.
    document.getElementById('chat-drawer-toggle')?.focus();
    drawer.close();
  };
  const begun = (): void => {
    // On a phone the drawer lies over the story, where the skip shows.
    if (!matchMedia('(width >= 48rem)').matches) close();
  };
  const show = (depth: number): void => {
    // On a phone the drawer lies over the story.
    if (!matchMedia('(width >= 48rem)').matches) close();
    jumpTo(depth);
  };
  return (
    <aside
      id="chat-drawer"
      className="chat-drawer"
      aria-label="Behind the story"
      style={{ '--drawer-width': `${drawer.width}px` } as CSSProperties}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        event.stopPropagation();
        close();
      }}
    >
      <Edge drawer={drawer} />
      <Tabs.Root value={drawer.tab} onValueChange={(next: DrawerTab) => drawer.turnTo(next)} className="chat-drawer-body">
        <div className="chat-drawer-head">
          <Tabs.List className="chat-tabs" aria-label="Behind the story">
            <Tabs.Tab value="stage">On stage</Tabs.Tab>
            <Tabs.Tab value="memories">Memories</Tabs.Tab>
            <Tabs.Tab value="plot">Plot</Tabs.Tab>
            <Tabs.Tab value="timeline">Timeline</Tabs.Tab>
          </Tabs.List>
          <IconButton label="Close" onClick={close}>
            <X size={16} aria-hidden="true" />
          </IconButton>
        </div>
        <Tabs.Panel value="stage" className="chat-panel">
          {past && <PastNote scrub={scrub} />}
          {scenery !== null && (
            <InThePast value={past}>
              <SceneSection scenery={scenery} open={open} telling={past ? null : state.telling} edit={edit} />
              <SkipPart state={state} onBegun={begun} />
              <CastSection scenery={scenery} open={open} edit={edit} />
              <TogetherSection scenery={scenery} edit={edit} />
              <EdgeSection scenery={scenery} open={open} edit={edit} />
              <Suspense fallback={null}>
                <MeanwhileSection scenery={scenery} open={open} />
              </Suspense>
            </InThePast>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="memories" className="chat-panel">
          {past && <p className="chat-past-note">Memories are shown as they are now.</p>}
          <MemoriesPanel session={session} state={state} edit={edit} onShow={show} />
        </Tabs.Panel>
        <Tabs.Panel value="plot" className="chat-panel">
          {past && <PastNote scrub={scrub} />}
          {scenery !== null && (
            <InThePast value={past}>
              <Suspense fallback={<Waiting>Looking what lies ahead</Waiting>}>
                <PlotPanel scenery={scenery} open={open} edit={edit} />
              </Suspense>
            </InThePast>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="timeline" className="chat-panel">
          <Suspense fallback={<Waiting>Opening the timeline</Waiting>}>
            <TimelinePanel session={session} state={state} onShow={show} onLook={look} />
          </Suspense>
        </Tabs.Panel>
      </Tabs.Root>
    </aside>
  );
});

/** Skipping ahead: nobody does so all the time, so it begins folded. */
function SkipPart({ state, onBegun }: { readonly state: ChatState; readonly onBegun: () => void }) {
  const { open, transcript, scenery } = state;
  const busy = transcript.turns.get(transcript.headDepth)?.status === 'streaming';
  return (
    <FoldingPart name="skip" title="Skip ahead" brief="An hour, a night, to when we arrive">
      <Suspense fallback={<Waiting>Opening</Waiting>}>
        <SkipPanel chatId={open.chat.chatId} head={transcript.head} clock={scenery?.stage?.clock ?? null} busy={busy} onBegun={onBegun} />
      </Suspense>
    </FoldingPart>
  );
}

/** The drawer's left edge: drawn with a pointer, moved with the arrow keys. */
function Edge({ drawer }: { readonly drawer: DrawerPlace }) {
  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.buttons !== 1) return;
    const right = event.currentTarget.parentElement?.getBoundingClientRect().right ?? innerWidth;
    drawer.resize(right - event.clientX);
  };
  const key = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: 20, ArrowRight: -20 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    drawer.resize(drawer.width + step);
  };
  return (
    <div
      className="chat-drawer-edge"
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the drawer"
      aria-valuenow={drawer.width}
      aria-valuemin={DRAWER.least}
      aria-valuemax={DRAWER.most}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={key}
    />
  );
}
