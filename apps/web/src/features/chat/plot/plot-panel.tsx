import './plot.css';
import type { Edit } from '../drawer/use-edit.ts';
import type { Scenery } from '../model/scenery.ts';
import type { ChatOpen } from '../model/state.ts';
import { LooseEnds } from './loose-ends.tsx';
import { PlansPart } from './plans-part.tsx';
import { ThingsPart } from './things-part.tsx';

export interface PlotProps {
  readonly scenery: Scenery;
  readonly open: ChatOpen;
  readonly edit: Edit;
}

/** What lies ahead in a story, what is unresolved in it, and who has what (UI-4). */
export function PlotPanel(props: PlotProps) {
  return (
    <>
      <PlansPart {...props} />
      <LooseEnds {...props} />
      <ThingsPart {...props} />
    </>
  );
}
