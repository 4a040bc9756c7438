import type { Scenery } from './model/scenery.ts';
import type { ChatOpen } from './model/state.ts';
import { nameIn } from './model/state.ts';
import { storyMoment } from './model/times.ts';

/** Where the story stands: place, time, weather, who is there. */
export function SceneSection({ scenery, open }: { readonly scenery: Scenery; readonly open: ChatOpen }) {
  const { stage } = scenery;
  const scene = stage?.sceneId == null ? undefined : scenery.scenes.get(stage.sceneId);
  const place = scene?.containerId == null ? undefined : scenery.containers.get(scene.containerId);
  const moment = storyMoment(stage?.clock ?? null);
  const present = scene?.participants.map((entityId) => nameIn(open, entityId)) ?? [];
  if (scene === undefined && moment === undefined) {
    return (
      <section className="chat-part">
        <h2>Scene</h2>
        <p className="chat-none">No scene has begun yet; its place and time will stand here.</p>
      </section>
    );
  }
  return (
    <section className="chat-part">
      <h2>Scene</h2>
      {place !== undefined && (
        <>
          <p className="chat-place" dir="auto">{place.name}</p>
          {place.description !== '' && <p className="chat-about" dir="auto">{place.description}</p>}
        </>
      )}
      <dl className="chat-facts">
        {moment !== undefined && <Fact name="Time" value={moment} />}
        {stage?.anchor != null && stage.anchor !== '' && <Fact name="Meaning" value={stage.anchor} />}
        {stage !== null && stage.weather !== '' && <Fact name="Weather" value={stage.weather} />}
        {present.length > 0 && <Fact name="Present" value={present.join(', ')} />}
      </dl>
    </section>
  );
}

/** A value with its name; left out by whoever has none. */
export function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd dir="auto">{value}</dd>
    </div>
  );
}
