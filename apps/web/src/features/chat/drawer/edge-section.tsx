import type { Row } from '@offstage/domain';
import { useEffect, useRef, useState } from 'react';
import { EditableScore } from '#components/ui/editable-score.tsx';
import { EditableList, EditableText } from '#components/ui/editable-text.tsx';
import { Small } from '#components/ui/editable.tsx';
import { affinityInWords, trustInWords } from '#lib/feelings.ts';
import { server } from '#lib/trpc.ts';
import type { Scenery } from '../model/scenery.ts';
import { edgeName } from '../model/scenery.ts';
import type { CastMember, ChatOpen } from '../model/state.ts';
import { inStory } from '../model/state.ts';
import { EdgeTrace } from '../why/edge-trace.tsx';
import { FoldingPart, ShowAll } from './part.tsx';
import type { Edit } from './use-edit.ts';

interface EdgeSectionProps {
  readonly scenery: Scenery;
  readonly open: ChatOpen;
  readonly edit: Edit;
}

/** How those in the story stand to each other: each way its own, bots first. */
export function EdgeSection({ scenery, open, edit }: EdgeSectionProps) {
  const cast = inStory(open, scenery);
  const ways = cast
    .flatMap((from) =>
      cast.flatMap((to) => {
        const edge = to === from ? undefined : scenery.edges.get(edgeName(from.entityId, to.entityId));
        return edge === undefined ? [] : { from, to, edge };
      }),
    )
    .toSorted((a, b) => Number(a.from.kind === 'you') - Number(b.from.kind === 'you'));
  return (
    <FoldingPart name="edges" title="Between you" brief={briefly(ways)}>
      {ways.length === 0 && <p className="chat-none">Once you have met, how you stand to each other will stand here.</p>}
      {ways.map(({ from, to, edge }) => <Way key={edgeName(from.entityId, to.entityId)} scenery={scenery} from={from} to={to} edge={edge} edit={edit} />)}
    </FoldingPart>
  );
}

/** The first of them in short: "Halina towards Ada 54, 60". */
function briefly([first]: readonly Pick<WayProps, 'from' | 'to' | 'edge'>[]): string {
  return first === undefined ? '' : `${first.from.name} towards ${first.to.name} ${Math.round(first.edge.affinity)}, ${Math.round(first.edge.trust)}`;
}

interface WayProps extends Pick<EdgeSectionProps, 'scenery' | 'edit'> {
  readonly from: CastMember;
  readonly to: CastMember;
  readonly edge: Row<'edges'>;
}

function Way({ scenery, from, to, edge, edit }: WayProps) {
  const [opened, setOpened] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const setDown = useRef(false);
  useEffect(() => {
    // The button that was pressed has given way to the values: the focus goes to the first of them.
    if (setDown.current) frame.current?.querySelector<HTMLElement>('.chat-bar-value')?.focus();
    setDown.current = false;
  }, [opened]);
  const { chatId } = scenery;
  const [source, target] = [from.entityId, to.entityId];
  const hue = from.kind === 'bot' ? from.hue : undefined;
  if (from.kind === 'you' && !opened && untouched(edge)) {
    const begin = (): void => {
      setDown.current = true;
      setOpened(true);
    };
    return (
      <p className="chat-edge chat-none">
        What you feel for <bdi>{to.name}</bdi> is yours to say. <Small onClick={begin}>Set it down</Small>
      </p>
    );
  }
  const change = (changes: Partial<Pick<Row<'edges'>, 'affinity' | 'trust' | 'summary' | 'knowledge'>>, done = `How ${from.name} stands to ${to.name} is changed.`): Promise<string | null> =>
    edit(done, (commandId) => server.edits.setEdge.mutate({ commandId, chatId, source, target, changes }));
  const field = (what: string): string => `${chatId}.${edgeName(source, target)}.${what}`;
  const way = `${from.name} towards ${to.name}`;
  return (
    <div ref={frame} className="chat-edge">
      <header>
        <h3>
          <bdi className="chat-name" data-hue={hue}>{from.name}</bdi>
          <span> towards </span>
          <bdi>{to.name}</bdi>
        </h3>
        <ShowAll of={way} open={opened} onToggle={() => setOpened(!opened)} />
      </header>
      <EditableScore
        name={field('affinity')}
        label={`Affinity, ${way}`}
        short="Affinity"
        value={edge.affinity}
        words={affinityInWords}
        className="chat-bar-value"
        onKeep={(affinity) => change({ affinity }, `${way}: affinity ${Math.round(edge.affinity)} is now ${affinity}.`)}
      >
        <Bar name="Affinity" value={edge.affinity} hue={hue} />
      </EditableScore>
      <EditableScore
        name={field('trust')}
        label={`Trust, ${way}`}
        short="Trust"
        value={edge.trust}
        words={trustInWords}
        className="chat-bar-value"
        onKeep={(trust) => change({ trust }, `${way}: trust ${Math.round(edge.trust)} is now ${trust}.`)}
      >
        <Bar name="Trust" value={edge.trust} hue={hue} />
      </EditableScore>
      {(opened || edge.summary !== '') && (
        <EditableText
          name={field('summary')}
          label={`In words, ${way}`}
          value={edge.summary}
          empty="Say it in words"
          limit={4_000}
          long
          className="chat-about"
          onKeep={(summary) => change({ summary })}
        />
      )}
      {(opened || edge.knowledge.length > 0) && (
        <EditableList
          name={field('knows')}
          label={`What ${from.name} knows about ${to.name}`}
          more={opened ? `Add what ${from.name} knows` : undefined}
          items={edge.knowledge}
          limit={1_000}
          className="chat-knows"
          onKeep={(knowledge) => change({ knowledge: [...knowledge] })}
        />
      )}
      <EdgeTrace chatId={chatId} edge={edge} hue={hue} />
    </div>
  );
}

/** True for an edge that says nothing: nobody has moved it from the middle. */
function untouched({ affinity, trust, summary, knowledge }: Row<'edges'>): boolean {
  return affinity === 50 && trust === 50 && summary === '' && knowledge.length === 0;
}

/** A value from 0 to 100 as a short bar with its number. */
function Bar({ name, value, hue }: { readonly name: string; readonly value: number; readonly hue: number | undefined }) {
  const rounded = Math.round(value);
  return (
    <span className="chat-bar">
      <span>{name}</span>
      <i data-hue={hue} aria-hidden="true">
        <b style={{ width: `${rounded}%` }} />
      </i>
      <b>{rounded}</b>
    </span>
  );
}
