import type { Row } from '@offstage/domain';
import { Trash2 } from 'lucide-react';
import { IconButton } from '#components/ui/button.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { EditableChoice } from '#components/ui/editable-choice.tsx';
import { EditableText } from '#components/ui/editable-text.tsx';
import { toast } from '#lib/toast.ts';
import { server } from '#lib/trpc.ts';
import { FoldingPart } from '../drawer/part.tsx';
import type { Edit } from '../drawer/use-edit.ts';
import type { CastMember, ChatOpen } from '../model/state.ts';
import { nameIn } from '../model/state.ts';
import type { PlotProps } from './plot-panel.tsx';

type Thing = Row<'inventory'>;

/** Who has what in a story, and what was lost (WD-12). */
export function ThingsPart({ scenery, open, edit }: PlotProps) {
  const things = [...scenery.things.values()];
  const lost = things.filter((thing) => thing.lost).toReversed();
  // Somebody who has left may still have something.
  const gone = [...new Set(things.flatMap(({ entityId, lost: isLost }) => (isLost || open.cast.some((one) => one.entityId === entityId) ? [] : entityId)))];
  const owners = [...open.cast, ...gone.map((entityId): CastMember => ({ entityId, name: nameIn(open, entityId), hue: 0, avatar: null, kind: 'bot' }))];
  return (
    <FoldingPart name="things" title="Things" brief={things.flatMap(({ name, lost: isLost }) => (isLost ? [] : name)).join(', ')}>
      {owners.map((owner) => (
        <Belongings key={owner.entityId} owner={owner} isHere={open.cast.includes(owner)} things={things.filter((thing) => thing.entityId === owner.entityId && !thing.lost)} open={open} edit={edit} />
      ))}
      {lost.length > 0 && (
        <div className="chat-past">
          <Disclosure summary={lost.length === 1 ? 'One thing that is gone' : `${lost.length} things that are gone`}>
            <ol>
              {lost.map((thing) => (
                <li key={thing.itemId}>
                  <bdi>{thing.name}</bdi>
                  <small>{`${nameIn(open, thing.entityId)} had it`}</small>
                </li>
              ))}
            </ol>
          </Disclosure>
        </div>
      )}
    </FoldingPart>
  );
}

interface BelongingsProps {
  readonly owner: CastMember;
  /** False for one who has left the story. */
  readonly isHere: boolean;
  readonly things: readonly Thing[];
  readonly open: ChatOpen;
  readonly edit: Edit;
}

function Belongings({ owner, isHere, things, open, edit }: BelongingsProps) {
  const { chatId } = open.chat;
  const { entityId, name } = owner;
  return (
    <section className="chat-things" aria-label={`What ${name} has`}>
      <h3 className="chat-name" data-hue={owner.kind === 'bot' ? owner.hue : undefined}>
        <bdi>{name}</bdi>
      </h3>
      <ul>
        {things.map((thing) => (
          <li key={thing.itemId}>
            <ThingRow thing={thing} owner={owner} open={open} edit={edit} />
          </li>
        ))}
        {isHere && (
          <li>
            <EditableText
              name={`${chatId}.things.${entityId}`}
              label={`Something ${name} has`}
              value=""
              empty={things.length === 0 ? 'Nothing yet; give them something' : 'Give them something more'}
              limit={300}
              onKeep={(thing) =>
                edit(`${name} now has ${thing.trim()}.`, (commandId) => server.plot.addThing.mutate({ commandId, chatId, thing: { entityId, name: thing, note: '' } }))
              }
            />
          </li>
        )}
      </ul>
    </section>
  );
}

function ThingRow({ thing, owner, open, edit }: { readonly thing: Thing; readonly owner: CastMember; readonly open: ChatOpen; readonly edit: Edit }) {
  const { itemId, chatId, name, note } = thing;
  type Changes = Parameters<typeof server.plot.changeThing.mutate>[0]['changes'];
  const change = (done: string, changes: Changes): Promise<string | null> => edit(done, (commandId) => server.plot.changeThing.mutate({ commandId, chatId, itemId, changes }));
  const lose = (): void => {
    void edit(`${owner.name} no longer has ${name}.`, (commandId) => server.plot.loseThing.mutate({ commandId, chatId, itemId })).then((refusal) => {
      if (refusal !== null) toast(refusal);
    });
  };
  const field = (what: string): string => `${chatId}.thing.${itemId}.${what}`;
  const others = open.cast.filter(({ entityId }) => entityId !== owner.entityId);
  return (
    <article className="chat-thing" aria-label={name}>
      <div>
        <EditableText name={field('name')} label="What it is" value={name} empty="Give it a name" limit={300} onKeep={(next) => change('The thing is changed.', { name: next })} />
        <EditableText name={field('note')} label={`About ${name}`} value={note} empty="Say more about it" limit={2_000} className="chat-thing-note" onKeep={(next) => change('The thing is changed.', { note: next })} />
      </div>
      {others.length > 0 && (
        <EditableChoice
          name={field('owner')}
          label={`Give ${name} to`}
          empty="Give it to"
          value=""
          options={others.map(({ entityId, name: to }) => ({ value: entityId, label: to }))}
          onKeep={(entityId) => change(`${nameIn(open, entityId)} now has ${name}.`, { entityId })}
        />
      )}
      <IconButton label={`Take ${name} away`} onClick={lose}>
        <Trash2 aria-hidden="true" className="size-3.5" />
      </IconButton>
    </article>
  );
}
