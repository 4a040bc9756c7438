import { Avatar } from '../../components/ui/avatar.tsx';
import type { Scenery } from './model/scenery.ts';
import type { CastMember, ChatOpen } from './model/state.ts';
import { avatarIn } from './model/state.ts';
import { Fact } from './scene-section.tsx';

/** Everyone in the story and what they are doing. */
export function CastSection({ scenery, open }: { readonly scenery: Scenery; readonly open: ChatOpen }) {
  return (
    <section className="chat-part">
      <h2>Cast</h2>
      <ul className="chat-cast">
        {open.cast.map((member) => (
          <li key={member.entityId}>
            <Member member={member} scenery={scenery} avatar={avatarIn(open, member.entityId)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface MemberProps {
  readonly member: CastMember;
  readonly scenery: Scenery;
  readonly avatar: string | null;
}

function Member({ member, scenery, avatar }: MemberProps) {
  const activity = scenery.activities.get(member.entityId);
  const doing = [activity?.action?.verb, activity?.posture].filter((part) => part !== undefined && part !== '').join(', ');
  const status = Object.entries(activity?.status ?? {});
  return (
    <div className="chat-member">
      <Avatar name={member.name} file={avatar} hue={member.hue} size={28} />
      <div>
        <h3 className="chat-name" data-hue={member.kind === 'bot' ? member.hue : undefined}>
          <bdi>{member.name}</bdi>
          {member.kind === 'you' && <small>you</small>}
        </h3>
        <p dir="auto" className={doing === '' ? 'chat-none' : undefined}>{doing === '' ? 'Nothing in particular' : doing}</p>
        <dl className="chat-facts">
          {activity !== undefined && activity.attention !== '' && <Fact name="Minds" value={activity.attention} />}
          {activity !== undefined && activity.holding.length > 0 && <Fact name="Holds" value={activity.holding.join(', ')} />}
          {status.map(([name, value]) => (
            <Fact key={name} name={name} value={value} />
          ))}
        </dl>
      </div>
    </div>
  );
}
