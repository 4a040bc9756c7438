import './why.css';
import { Button } from '#components/ui/button.tsx';
import { Waiting } from '#components/ui/waiting.tsx';
import { PanelHead } from '../inspector/panel-head.tsx';
import type { Beside } from '../inspector/use-beside.ts';
import type { ChatSession } from '../model/session.ts';
import type { ChatState } from '../model/state.ts';
import { nameIn } from '../model/state.ts';
import { EdgeCourse } from './edge-course.tsx';
import { EdgeStep } from './edge-step.tsx';
import { useEdge } from './use-edge.ts';

interface EdgeWhyProps {
  readonly session: ChatSession;
  readonly state: ChatState;
  readonly view: Extract<Beside, { kind: 'edge' }>;
  readonly onClose: () => void;
}

/** Why one stands to another as they do: the values over the story, and what moved them, newest first (ED-3). */
export function EdgeWhy({ session, state, view: { source, target }, onClose }: EdgeWhyProps) {
  const { edge, problem, more, again } = useEdge(session, source, target);
  const name = (entityId: string): string => edge?.names[entityId] ?? nameIn(state.open, entityId);
  const now = edge?.series.at(-1);
  return (
    <div className="chat-drawer-body">
      <PanelHead
        title={
          <>
            <bdi>{name(source)}</bdi> towards <bdi>{name(target)}</bdi>
          </>
        }
        onClose={onClose}
      />
      <div className="chat-panel">
        {edge === undefined ? (
          problem === undefined ? (
            <Waiting>Looking it up</Waiting>
          ) : (
            <div className="chat-part">
              <p role="alert">{problem}</p>
              <Button onClick={again}>Try again</Button>
            </div>
          )
        ) : (
          <>
            <section className="chat-part">
              <p className="chat-number">
                Affinity {Math.round(now?.affinity ?? edge.start.affinity)}, trust {Math.round(now?.trust ?? edge.start.trust)}
              </p>
              <EdgeCourse series={edge.series} hue={state.open.cast.find(({ entityId }) => entityId === source)?.hue ?? 0} />
            </section>
            <section className="chat-part">
              <h3 className="chat-beside-title">What moved it</h3>
              <ol className="chat-steps" reversed>
                {edge.steps.map((step) => (
                  <li key={step.seq}>
                    <EdgeStep step={step} name={name} />
                  </li>
                ))}
                <li>
                  {more === undefined ? (
                    <p className="chat-none">
                      It began at affinity {Math.round(edge.start.affinity)}, trust {Math.round(edge.start.trust)}
                      {edge.start.seeded ? ', as the opening had it.' : ', in the middle, as between strangers.'}
                      {edge.start.summary === '' ? '' : ` ${edge.start.summary}`}
                    </p>
                  ) : (
                    <Button onClick={more}>What moved it before</Button>
                  )}
                </li>
              </ol>
            </section>
          </>
        )}
      </div>
    </div>
  );
}
