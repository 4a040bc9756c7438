import type { Row } from '@offstage/domain';
import { EditableChoice } from '#components/ui/editable-choice.tsx';
import { EditableText } from '#components/ui/editable-text.tsx';
import { server } from '#lib/trpc.ts';
import { Fact } from './part.tsx';
import type { Edit } from './use-edit.ts';

type PlaceRow = Row<'containers'>;

interface PlaceProps {
  readonly place: PlaceRow;
  readonly edit: Edit;
  /** Shows also what is seldom wanted. */
  readonly all: boolean;
}

/** A place of the story: what it is called, what it is like. */
export function Place({ place, edit, all }: PlaceProps) {
  const { chatId, containerId } = place;
  const change = (changes: Partial<Omit<PlaceRow, 'containerId' | 'chatId' | 'parentId'>>): Promise<string | null> =>
    edit('The place is changed.', (commandId) => server.edits.setPlace.mutate({ commandId, chatId, containerId, changes }));
  const field = (name: string): string => `${containerId}.${name}`;
  return (
    <>
      <EditableText name={field('name')} label="Place" value={place.name} empty="A place" limit={200} className="chat-place" onKeep={(name) => change({ name })} />
      {(all || place.description !== '') && (
        <EditableText
          name={field('description')}
          label={`What ${place.name} is like`}
          value={place.description}
          empty="Say what it is like"
          limit={20_000}
          long
          className="chat-about"
          onKeep={(description) => change({ description })}
        />
      )}
      {all && (
        <dl className="chat-facts">
          <Fact name="Kind">
            <EditableText name={field('type')} label="Kind of place" value={place.type} empty="Such as: a quay" limit={100} onKeep={(type) => change({ type })} />
          </Fact>
          <Fact name="Open to">
            <EditableChoice
              name={field('public')}
              label="Who comes here"
              value={place.public ? 'all' : 'few'}
              options={[{ value: 'all', label: 'Anybody' }, { value: 'few', label: 'Those who belong' }]}
              onKeep={(value) => change({ public: value === 'all' })}
            />
          </Fact>
          <Fact name="Moves">
            <EditableChoice
              name={field('moving')}
              label="Whether it moves"
              value={place.moving ? 'yes' : 'no'}
              options={[{ value: 'no', label: 'No' }, { value: 'yes', label: 'Yes, with all in it' }]}
              onKeep={(value) => change({ moving: value === 'yes' })}
            />
          </Fact>
          <Fact name="Heard">
            <EditableText name={field('audible')} label="How far one is heard" value={place.audibleRange} empty="Such as: across the room" limit={200} onKeep={(audibleRange) => change({ audibleRange })} />
          </Fact>
        </dl>
      )}
    </>
  );
}
