import type { Row } from '@offstage/domain';
import { Disclosure } from '#components/ui/disclosure.tsx';
import type { Scenery } from '../model/scenery.ts';
import { scenesBefore } from '../model/scenery.ts';
import { storyHour, storyMoment } from '../model/times.ts';

/** The scenes that are over, the last first, each with its place and times. */
export function PastScenes({ scenery }: { readonly scenery: Scenery }) {
  const past = scenesBefore(scenery);
  if (past.length === 0) return null;
  return (
    <div className="chat-past">
      <Disclosure summary={past.length === 1 ? 'One earlier scene' : `${past.length} earlier scenes`}>
        <ol>
          {past.map((scene) => (
            <li key={scene.sceneId}>
              <bdi>{(scene.containerId === null ? undefined : scenery.containers.get(scene.containerId)?.name) ?? 'Somewhere'}</bdi>
              <small>{timesOf(scene)}</small>
            </li>
          ))}
        </ol>
      </Disclosure>
    </div>
  );
}

/** `Tuesday 3 March, 18:40 to 19:10`: when a scene was, as far as it is known. */
function timesOf({ startedAt, endedAt }: Row<'scenes'>): string {
  const from = storyMoment(startedAt);
  const to = startedAt?.slice(0, 10) === endedAt?.slice(0, 10) ? storyHour(endedAt) : storyMoment(endedAt);
  return [from, to].filter((part) => part !== undefined).join(' to ');
}
