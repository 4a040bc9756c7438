import type { Scenery } from './model/scenery.ts';
import { asideOf } from './model/scenery.ts';
import { storyTime } from './model/times.ts';
import type { Turn } from './model/transcript.ts';

/** True when a turn opens another scene than the one before it, or the story itself. */
export function opensScene(turn: Turn, before: Turn | undefined): boolean {
  if (turn.depth === 0) return true;
  return before !== undefined && turn.sceneId !== null && before.sceneId !== null && turn.sceneId !== before.sceneId;
}

/** `The harbour · Tuesday, early evening`, centred between hairlines: where and when a scene begins. */
export function SceneMark({ turn, before, scenery }: { readonly turn: Turn; readonly before: Turn | undefined; readonly scenery: Scenery | null }) {
  const scene = turn.sceneId === null ? undefined : scenery?.scenes.get(turn.sceneId);
  const place = scene?.containerId == null ? undefined : scenery?.containers.get(scene.containerId)?.name;
  const words = [place, storyTime(asideOf(scenery, before?.sceneId) === undefined ? (scene?.startedAt ?? turn.clock) : turn.clock)].filter((part) => part !== undefined);
  return (
    <div className="chat-scene" role="separator" aria-label={words.join(', ')}>
      <span dir="auto">{words.length === 0 ? '\u2042' : words.join(' \u00B7 ')}</span>
    </div>
  );
}
