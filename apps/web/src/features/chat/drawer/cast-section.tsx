import { useState } from 'react';
import type { ReactNode } from 'react';
import { Avatar } from '#components/ui/avatar.tsx';
import { EditableChoice } from '#components/ui/editable-choice.tsx';
import { EditableList, EditableText } from '#components/ui/editable-text.tsx';
import { server } from '#lib/trpc.ts';
import type { Scenery } from '../model/scenery.ts';
import type { CastMember, ChatOpen } from '../model/state.ts';
import { avatarIn, inStory } from '../model/state.ts';
import { BringIn, LetGo } from './guest.tsx';
import { Fact, FoldingPart, ShowAll } from './part.tsx';
import type { Edit } from './use-edit.ts';

interface CastSectionProps {
  readonly scenery: Scenery;
  readonly open: ChatOpen;
  readonly edit: Edit;
}

/** Everyone in the story and what they are doing; who may come, and who may go. */
export function CastSection({ scenery, open, edit }: CastSectionProps) {
  const guestId = scenery.stage?.guestId ?? null;
  const here = inStory(open, scenery);
  return (
    <FoldingPart name="cast" title="Cast" brief={here.map(({ name }) => name).join(', ')}>
      <ul className="chat-cast">
        {here.map((member) => (
          <li key={member.entityId}>
            <Member member={member} scenery={scenery} avatar={avatarIn(open, member.entityId)} edit={edit}>
              {member.entityId === guestId && <LetGo chatId={scenery.chatId} guest={member} />}
            </Member>
          </li>
        ))}
      </ul>
      {guestId === null && open.chat.kind === 'roleplay' && <BringIn chatId={scenery.chatId} open={open} />}
    </FoldingPart>
  );
}

interface MemberProps {
  readonly member: CastMember;
  readonly scenery: Scenery;
  readonly avatar: string | null;
  readonly edit: Edit;
  /** What else can be done with them. */
  readonly children: ReactNode;
}

type Changes = Parameters<typeof server.edits.setActivity.mutate>[0]['changes'];

function Member({ member, scenery, avatar, edit, children }: MemberProps) {
  const [all, setAll] = useState(false);
  const { name, entityId, kind, hue } = member;
  const { chatId } = scenery;
  const activity = scenery.activities.get(entityId);
  const holding = activity?.holding ?? [];
  const status = activity?.status ?? {};
  const places = [...scenery.containers.values()];
  const change = (changes: Changes): Promise<string | null> =>
    edit(`What ${name} does is changed.`, (commandId) => server.edits.setActivity.mutate({ commandId, chatId, entityId, changes }));
  const act = (verb: string): Promise<string | null> => {
    const before = activity?.action ?? { interruptible: true, attention: 'medium' as const, expectedMinutes: null };
    return change({ action: verb.trim() === '' ? null : { ...before, verb } });
  };
  const field = (what: string): string => `${chatId}.${entityId}.${what}`;
  return (
    <div className="chat-member">
      <Avatar name={name} file={avatar} hue={hue} size={28} />
      <div>
        <header>
          <h3 className="chat-name" data-hue={kind === 'bot' ? hue : undefined}>
            <bdi>{name}</bdi>
            {kind === 'you' && <small>you</small>}
            {entityId === scenery.stage?.guestId && <small>guest</small>}
          </h3>
          <ShowAll of={name} open={all} onToggle={() => setAll(!all)} />
        </header>
        <EditableText name={field('doing')} label={`What ${name} does`} value={activity?.action?.verb ?? ''} empty="Nothing in particular" limit={300} onKeep={act} />
        <dl className="chat-facts">
          {(all || (activity?.posture ?? '') !== '') && (
            <Fact name="Posture">
              <EditableText name={field('posture')} label={`How ${name} stands or sits`} value={activity?.posture ?? ''} empty="Not said" limit={200} onKeep={(posture) => change({ posture })} />
            </Fact>
          )}
          {(all || holding.length > 0) && (
            <Fact name="Holds">
              <EditableList name={field('holding')} label={`What ${name} holds`} more={all ? 'Put something in their hands' : undefined} items={holding} limit={200} className="chat-list" onKeep={(items) => change({ holding: [...items] })} />
            </Fact>
          )}
          {(all || (activity?.attention ?? '') !== '') && (
            <Fact name="Minds">
              <EditableText name={field('attention')} label={`What ${name} minds`} value={activity?.attention ?? ''} empty="Not said" limit={300} onKeep={(attention) => change({ attention })} />
            </Fact>
          )}
          {all && places.length > 0 && (
            <Fact name="Where">
              <EditableChoice
                name={field('place')}
                label={`Where ${name} is`}
                empty="Not said"
                value={activity?.containerId ?? ''}
                options={places.map((place) => ({ value: place.containerId, label: place.name }))}
                onKeep={(containerId) => change({ containerId })}
              />
            </Fact>
          )}
          {(all || (activity?.slot ?? '') !== '') && (
            <Fact name="Spot">
              <EditableText name={field('slot')} label={`Where in the place ${name} is`} value={activity?.slot ?? ''} empty="Such as: by the window" limit={200} onKeep={(slot) => change({ slot })} />
            </Fact>
          )}
          {Object.entries(status).map(([key, value]) => (
            <Fact key={key} name={key}>
              <EditableText
                name={field(`status.${key}`)}
                label={`${name}, ${key}`}
                value={value}
                empty="Not said"
                limit={300}
                // What is emptied is no longer so.
                onKeep={(next) => change({ status: Object.fromEntries(Object.entries({ ...status, [key]: next.trim() }).filter(([, text]) => text !== '')) })}
              />
            </Fact>
          ))}
        </dl>
        {children}
      </div>
    </div>
  );
}
