import { goesOn } from '@offstage/domain/meanwhileTurns';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { EditableChoice } from '#components/ui/editable-choice.tsx';
import { EditableText } from '#components/ui/editable-text.tsx';
import { Small } from '#components/ui/editable.tsx';
import { server } from '#lib/trpc.ts';
import { useCommand } from '#lib/use-command.ts';
import type { Scenery } from '../model/scenery.ts';
import { openAside, scenesBefore, toldOf } from '../model/scenery.ts';
import type { ChatOpen } from '../model/state.ts';
import { nameIn } from '../model/state.ts';
import { BeginMeanwhile } from './begin-meanwhile.tsx';
import { Fact, FoldingPart } from './part.tsx';
import { useEdit } from './use-edit.ts';

interface MeanwhileSectionProps {
  readonly scenery: Scenery;
  readonly open: ChatOpen;
}

/** What host and guest do without you: begun, steered and ended here (MW-1). */
export function MeanwhileSection({ scenery, open }: MeanwhileSectionProps) {
  const aside = openAside(scenery);
  const { hostId } = open.chat;
  const guestId = scenery.stage?.guestId ?? null;
  const past = scenesBefore(scenery).filter((scene) => scene.meanwhile);
  return (
    <FoldingPart name="meanwhile" title="Meanwhile" brief={aside !== undefined ? 'Going on' : past.length === 0 ? '' : past.length === 1 ? 'Once before' : `${past.length} times before`}>
      {aside !== undefined ? (
        <Going scenery={scenery} open={open} aside={aside} />
      ) : hostId === null || guestId === null ? (
        <p className="chat-none">With a guest here, the two can be left by themselves; what they say to each other then stands in the story.</p>
      ) : (
        <BeginMeanwhile chatId={scenery.chatId} two={[nameIn(open, hostId), nameIn(open, guestId)]} />
      )}
      {past.length > 0 && (
        <div className="chat-past">
          <Disclosure summary={past.length === 1 ? 'Once before' : `${past.length} times before`}>
            <ol>
              {past.map((scene) => (
                <li key={scene.sceneId}>{toldOf(scenery, scene.sceneId) ?? 'They are still finding the words for it.'}</li>
              ))}
            </ol>
          </Disclosure>
        </div>
      )}
    </FoldingPart>
  );
}

const MODES = [
  { value: 'alternate', label: 'They take turns' },
  { value: 'initiative', label: 'Whoever has something to say' },
] as const;

function Going({ scenery, open, aside: { scene, course } }: MeanwhileSectionProps & { readonly aside: NonNullable<ReturnType<typeof openAside>> }) {
  const { chatId } = scenery;
  const going = goesOn(course, open.chat);
  const steer = useCommand((change: { running?: boolean; turns?: number }, commandId: string) => server.meanwhile.steer.mutate({ commandId, chatId, ...change }));
  const end = useCommand((_nothing: null, commandId: string) => server.meanwhile.end.mutate({ commandId, chatId }));
  const edit = useEdit(chatId);
  const keep = (done: string, change: { nudge?: string; mode?: 'alternate' | 'initiative' }) => edit(done, (commandId) => server.meanwhile.steer.mutate({ commandId, chatId, ...change }));
  const two = scene.present.map((entityId) => nameIn(open, entityId)).join(' and ');
  const place = scene.containerId === null ? undefined : scenery.containers.get(scene.containerId)?.name;
  const problem = steer.problem ?? end.problem;
  return (
    <>
      <p role="status">
        {two} are by themselves{place === undefined ? '' : ` (${place})`}. {going ? turnsLeft(course.left) : 'They have paused.'}
      </p>
      <dl className="chat-facts">
        <Fact name="Nudge">
          <EditableText name={`${chatId}.nudge`} label="What the next turn is nudged to" value={course.nudge ?? ''} empty="Say where it should go" limit={1_000} onKeep={(nudge) => keep(nudge.trim() === '' ? 'They go where they like.' : 'Their next turn is nudged.', { nudge })} />
        </Fact>
        <Fact name="Speaks">
          <EditableChoice name={`${chatId}.mode`} label="Who speaks" value={course.mode} options={MODES} onKeep={(mode) => keep('Who speaks is changed.', { mode: mode === 'initiative' ? mode : 'alternate' })} />
        </Fact>
      </dl>
      {problem !== undefined && <p role="alert">{problem.message}</p>}
      <div className="flex flex-wrap gap-1">
        {going ? (
          <Small strong onClick={() => steer.run({ running: false })}>
            Pause them
          </Small>
        ) : (
          <Small strong onClick={() => steer.run({ running: true })}>
            Let them go on
          </Small>
        )}
        <Small disabled={end.running} onClick={() => end.run(null)}>
          {end.running ? 'Ending, after this turn\u2026' : 'End it'}
        </Small>
      </div>
    </>
  );
}

function turnsLeft(left: number): string {
  if (left === 0) return 'This is their last turn.';
  return left === 1 ? 'One more turn, and it ends.' : `${left} more turns, and it ends.`;
}
