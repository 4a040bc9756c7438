import type { Scenery } from './model/scenery.ts';
import { edgeName } from './model/scenery.ts';
import type { CastMember, ChatOpen } from './model/state.ts';

/** How you and the bot stand to each other: each way its own. */
export function EdgeSection({ scenery, open }: { readonly scenery: Scenery; readonly open: ChatOpen }) {
  const bot = open.cast.find((member) => member.entityId === open.bot?.botId);
  const you = open.cast.find((member) => member.kind === 'you');
  const ways = bot === undefined || you === undefined ? [] : [[bot, you] as const, [you, bot] as const];
  const drawn = ways.flatMap(([from, to]) => {
    const edge = scenery.edges.get(edgeName(from.entityId, to.entityId));
    return edge === undefined ? [] : [<Way key={from.entityId} from={from} to={to} edge={edge} />];
  });
  return (
    <section className="chat-part">
      <h2>Between you</h2>
      {drawn.length > 0 ? drawn : <p className="chat-none">Once you have met, how you stand to each other will stand here.</p>}
    </section>
  );
}

interface WayProps {
  readonly from: CastMember;
  readonly to: CastMember;
  readonly edge: { readonly affinity: number; readonly trust: number; readonly summary: string; readonly knowledge: readonly string[] };
}

function Way({ from, to, edge }: WayProps) {
  return (
    <div className="chat-edge">
      <h3>
        <bdi className="chat-name" data-hue={from.kind === 'bot' ? from.hue : undefined}>{from.name}</bdi>
        <span> towards </span>
        <bdi>{to.name}</bdi>
      </h3>
      <Bar name="Affinity" value={edge.affinity} hue={from.kind === 'bot' ? from.hue : undefined} />
      <Bar name="Trust" value={edge.trust} hue={from.kind === 'bot' ? from.hue : undefined} />
      {edge.summary !== '' && <p dir="auto">{edge.summary}</p>}
      {edge.knowledge.length > 0 && (
        <ul aria-label={`What ${from.name} knows about ${to.name}`}>
          {edge.knowledge.map((fact) => (
            <li key={fact} dir="auto">{fact}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** A value from 0 to 100 as a short bar with its number. */
function Bar({ name, value, hue }: { readonly name: string; readonly value: number; readonly hue: number | undefined }) {
  const rounded = Math.round(value);
  return (
    <div className="chat-bar">
      <span>{name}</span>
      <i data-hue={hue} aria-hidden="true">
        <b style={{ width: `${rounded}%` }} />
      </i>
      <b>{rounded}</b>
    </div>
  );
}
