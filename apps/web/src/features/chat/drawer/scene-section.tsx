import { Suspense, useState } from 'react';
import { later } from '#lib/later.ts';
import { EditableMoment } from '#components/ui/editable-moment.tsx';
import { EditableText } from '#components/ui/editable-text.tsx';
import { server } from '#lib/trpc.ts';
import { useAfter } from '#lib/use-after.ts';
import type { Scenery } from '../model/scenery.ts';
import type { ChatOpen, TellingNow } from '../model/state.ts';
import { nameIn } from '../model/state.ts';
import { storyMoment } from '../model/times.ts';
import { CloseScene } from './close-scene.tsx';
import { Fact, FoldingPart, ShowAll } from './part.tsx';
import { PastScenes } from './past-scenes.tsx';
import { Place } from './place.tsx';
import type { Edit } from './use-edit.ts';

// Most are told before a word could be read of it.
const Telling = later(async () => (await import('./telling.tsx')).Telling);
const TELLING_AFTER = 600;

interface SceneSectionProps {
  readonly scenery: Scenery;
  readonly open: ChatOpen;
  readonly telling: TellingNow | null;
  readonly edit: Edit;
}

/** Where the story stands: place, time, weather, who is there. Each can be changed where it stands. */
export function SceneSection({ scenery, open, telling, edit }: SceneSectionProps) {
  const [all, setAll] = useState(false);
  const [over, setOver] = useState<string | null>(null);
  const isLong = useAfter(telling !== null, TELLING_AFTER);
  const { stage, chatId } = scenery;
  if (stage === null) {
    return (
      <FoldingPart name="scene" title="Scene" brief="">
        <p className="chat-none">No scene has begun yet; its place and time will stand here.</p>
      </FoldingPart>
    );
  }
  const scene = stage.sceneId === null ? undefined : scenery.scenes.get(stage.sceneId);
  const place = scene?.containerId == null ? undefined : scenery.containers.get(scene.containerId);
  const present = scene?.present.map((entityId) => nameIn(open, entityId)) ?? [];
  return (
    <FoldingPart name="scene" title="Scene" brief={[place?.name, storyMoment(stage.clock)].filter((part) => part !== undefined).join(' \u00B7 ')} tools={<ShowAll of="the scene" open={all} onToggle={() => setAll(!all)} />}>
      {place !== undefined && <Place key={place.containerId} place={place} edit={edit} all={all} />}
      <dl className="chat-facts">
        <Fact name="Time">
          <EditableMoment
            name={`${chatId}.clock`}
            label="Story time"
            value={stage.clock}
            words={storyMoment(stage.clock) ?? ''}
            empty="Say what time it is"
            onKeep={(clock) => edit('The story\u2019s time is set.', (commandId) => server.edits.setClock.mutate({ commandId, chatId, clock }))}
          />
        </Fact>
        {(all || (stage.anchor ?? '') !== '') && (
          <Fact name="Meaning">
            <EditableText
              name={`${chatId}.anchor`}
              label="What the time means"
              value={stage.anchor ?? ''}
              empty="Such as: Day 1 = the storm"
              limit={300}
              onKeep={(anchor) => edit('What the time means is changed.', (commandId) => server.edits.setAnchor.mutate({ commandId, chatId, anchor }))}
            />
          </Fact>
        )}
        <Fact name="Weather">
          <EditableText
            name={`${chatId}.weather`}
            label="Weather"
            value={stage.weather}
            empty="Not said"
            limit={300}
            onKeep={(weather) => edit('The weather is changed.', (commandId) => server.edits.setWeather.mutate({ commandId, chatId, weather }))}
          />
        </Fact>
        {present.length > 0 && <Fact name="Here">{present.join(', ')}</Fact>}
      </dl>
      <CloseScene chatId={chatId} bots={open.cast.filter((member) => member.kind === 'bot' && scene?.present.includes(member.entityId) === true)} />
      {telling !== null && isLong && over !== telling.sceneId && (
        <Suspense>
          <Telling telling={telling} onOver={() => setOver(telling.sceneId)} />
        </Suspense>
      )}
      <PastScenes scenery={scenery} />
    </FoldingPart>
  );
}
