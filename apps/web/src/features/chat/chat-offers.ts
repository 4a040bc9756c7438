import { newId } from '../../lib/ids.ts';
import type { Offer, Shelf } from '../../lib/offers.ts';
import { problemOf } from '../../lib/problem.ts';
import { toast } from '../../lib/toast.ts';
import { server } from '../../lib/trpc.ts';
import type { BesidePlace } from './inspector/use-beside.ts';
import type { ChatState } from './model/state.ts';
import { lastOwnOf } from './model/transcript.ts';
import { askOfTurn } from './turn-menu/asked.ts';
import type { DrawerPlace } from './use-drawer.ts';

interface Stands {
  readonly state: ChatState;
  /** True while something is being written. */
  readonly streaming: boolean;
  readonly drawer: DrawerPlace;
  readonly beside: BesidePlace;
  readonly stop: () => void;
}

/** What can be done in the chat that is open, by name (UI-5). */
export function chatOffers({ state, streaming, drawer, beside, stop }: Stands): readonly Shelf[] {
  const { transcript, open, scenery } = state;
  const { chatId } = open.chat;
  const { headDepth } = transcript;
  const head = transcript.turns.get(headDepth);
  const own = lastOwnOf(transcript);
  const told = !streaming && (head?.kind === 'assistant' || head?.kind === 'skip');
  const guest = scenery?.stage?.guestId != null;
  const show = (...place: Parameters<DrawerPlace['show']>) => () => {
    // What is looked at beside the story stands in the drawer's place.
    if (beside.view !== null) beside.close();
    drawer.show(...place);
  };
  const close = (): void => {
    server.scenes.close.mutate({ commandId: newId(), chatId }).then(
      ({ closed }) => toast(closed ? 'The scene is closed, and the next has begun.' : 'Nothing has happened in this scene yet, so it stays open.'),
      (error: unknown) => toast(problemOf(error).message),
    );
  };
  const acts: (Offer | false | undefined)[] = [
    streaming && { id: 'stop', name: 'Stop the reply', beside: 'Esc', run: stop },
    own !== null && { id: 'edit', name: 'Edit your last message', also: 'change words', beside: '\u2191', run: () => askOfTurn(own, 'edit') },
    told && { id: 'again', name: 'Try the last reply again', also: 'regenerate retry', run: () => askOfTurn(headDepth, 'again') },
    told && head.kind === 'assistant' && { id: 'continue', name: 'Continue the last reply', also: 'go on', run: () => askOfTurn(headDepth, 'continue') },
    own !== null && { id: 'rewind', name: 'Rewind to before your last message', also: 'undo back', run: () => askOfTurn(own - 1, 'rewind') },
    own !== null && !streaming && { id: 'branch', name: 'Branch off before your last message', also: 'fork', run: () => askOfTurn(own - 1, 'branch') },
    { id: 'close', name: 'Close this scene', also: 'end', beside: '/close', run: close },
    { id: 'skip', name: 'Skip ahead', also: 'time later elision jump', beside: '/skip', run: show('stage', 'skip') },
    { id: 'guest', name: guest ? 'Let the guest go' : 'Bring in a guest', also: 'cast company', run: show('stage', 'cast') },
    guest && { id: 'meanwhile', name: 'Meanwhile: leave the two by themselves', beside: '/meanwhile', run: show('stage', 'meanwhile') },
  ];
  const parts: (Offer | false | undefined)[] = [
    { id: 'scene', name: 'Scene: place, time, weather', also: 'clock on stage panel', run: show('stage', 'scene') },
    { id: 'edges', name: 'How you stand to each other', also: 'affinity trust feelings between panel', run: show('stage', 'edges') },
    { id: 'memories', name: 'Memories', also: 'pins remember panel', run: show('memories') },
    { id: 'plans', name: 'Plans', also: 'plot events date journey panel', run: show('plot', 'plans') },
    { id: 'ends', name: 'Loose ends', also: 'plot threads panel', run: show('plot', 'ends') },
    { id: 'things', name: 'Things', also: 'plot inventory panel', run: show('plot', 'things') },
    { id: 'timeline', name: 'Timeline: the map of branches', also: 'tree rewind swipes panel', run: show('timeline') },
    head?.kind === 'assistant' && { id: 'prompt', name: 'What was in the last prompt', also: 'inspector tokens budget', run: () => beside.open({ kind: 'turn', turnId: head.turnId, part: 'prompt' }) },
    head?.kind === 'assistant' && { id: 'changed', name: 'What the last reply changed', also: 'why explain', run: () => beside.open({ kind: 'turn', turnId: head.turnId, part: 'changed' }) },
    { id: 'chat', name: 'This chat: note, sampler, what is noted', also: 'settings author tuning passes', run: () => beside.open({ kind: 'chat' }) },
  ];
  const there = (offers: typeof acts): Offer[] => offers.filter((offer) => offer !== false && offer !== undefined);
  return [
    { title: 'In this story', offers: there(acts) },
    { title: 'Behind the story', offers: there(parts) },
  ];
}
