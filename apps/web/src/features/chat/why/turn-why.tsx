import './why.css';
import { Waiting } from '#components/ui/waiting.tsx';
import type { Beside, BesidePlace } from '../inspector/use-beside.ts';
import type { ChangeBook, TurnChange } from '../model/changes.ts';
import { PLANS, signed } from '../model/changes.ts';
import type { ChatState } from '../model/state.ts';
import { nameIn } from '../model/state.ts';
import { storyMoment, stretch } from '../model/times.ts';
import { Prose } from '../prose/prose.tsx';
import { useChanges } from '../use-changes.ts';
import { useTurnExplained } from './use-turn-explained.ts';

interface TurnWhyProps {
  readonly chatId: string;
  readonly turnId: string;
  readonly book: ChangeBook;
  readonly state: ChatState;
  readonly beside: BesidePlace;
}

const WEIGHT = ['a passing thing', 'worth keeping', 'important', 'decisive'] as const;

/** All that one reply changed, and what a hand changed while the story stood at it (UI-3). */
export function TurnWhy({ chatId, turnId, book, state, beside }: TurnWhyProps) {
  const { names, places } = useChanges(book);
  const { explained, problem } = useTurnExplained(chatId, turnId, book);
  if (problem !== undefined) return <p className="chat-part" role="alert">{problem}</p>;
  if (explained === undefined) return <Waiting>Looking it up</Waiting>;
  const words: Words = {
    name: (entityId) => names.get(entityId) ?? nameIn(state.open, entityId),
    place: (containerId) => places.get(containerId) ?? state.scenery?.containers.get(containerId)?.name ?? 'elsewhere',
    open: beside.open,
  };
  const told = explained.changes.filter(isChoice);
  const own = explained.changes.filter((change) => !change.byHand && !isChoice(change));
  const byHand = explained.changes.filter((change) => change.byHand);
  return (
    <>
      {told.length > 0 && (
        <section className="chat-part">
          <h3 className="chat-beside-title">Who speaks, and why</h3>
          <Changes changes={told} words={words} />
        </section>
      )}
      <section className="chat-part">
        {own.length === 0 ? (
          <p className="chat-none">{explained.settled ? 'This reply changed nothing.' : 'What it changed is still being noted, and will stand here.'}</p>
        ) : (
          <Changes changes={own} words={words} />
        )}
      </section>
      {byHand.length > 0 && (
        <section className="chat-part">
          <h3 className="chat-beside-title">By hand, while the story stood here</h3>
          <Changes changes={byHand} words={words} />
        </section>
      )}
    </>
  );
}

/** True for what was decided about who speaks. */
function isChoice({ what }: TurnChange): boolean {
  return what === 'addressed' || what === 'interjection';
}

interface Words {
  readonly name: (entityId: string) => string;
  readonly place: (containerId: string) => string;
  readonly open: (view: Beside) => void;
}

function Changes({ changes, words }: { readonly changes: readonly TurnChange[]; readonly words: Words }) {
  return (
    <ul className="chat-changes">
      {changes.map((change, index) => (
        // They are a log: what stands at a place stays there.
        <li key={index}>
          <ChangeRow change={change} words={words} />
        </li>
      ))}
    </ul>
  );
}

function ChangeRow({ change, words }: { readonly change: TurnChange; readonly words: Words }) {
  const { name, place } = words;
  switch (change.what) {
    case 'feeling': {
      const moved = [...signed('affinity', change.affinity), ...signed('trust', change.trust)];
      return (
        <>
          <Towards source={change.source} target={change.target} words={words} />
          {moved.length > 0 && <p className="chat-number">{moved.join(', ')}</p>}
          {change.facts.map((fact) => (
            <p key={fact} dir="auto">learned: {fact}</p>
          ))}
        </>
      );
    }
    case 'view':
      return (
        <>
          <Towards source={change.source} target={change.target} words={words} />
          <p dir="auto">{change.summary}</p>
        </>
      );
    case 'memory':
      return (
        <>
          <p>
            <bdi>{name(change.ownerId)}</bdi> {MEMORY[change.kind]}: {WEIGHT[change.significance] ?? WEIGHT[1]}
          </p>
          {/* What is remembered of a turn is the turn itself, which stands beside. */}
          {change.kind !== 'turn' && (
            <blockquote className="chat-prose">
              <Prose text={change.text} />
            </blockquote>
          )}
        </>
      );
    case 'addressed':
      return (
        <p dir="auto">
          <bdi>{name(change.addresseeId)}</bdi> was spoken to. {change.reason}{SURE[change.confidence]}
        </p>
      );
    case 'interjection':
      return (
        <p dir="auto">
          <bdi>{name(change.botId)}</bdi> {change.speaks ? 'breaks in' : 'keeps quiet'}. {change.reason}
        </p>
      );
    case 'guest':
      return (
        <p>
          <bdi>{name(change.entityId)}</bdi> {change.came ? 'joins' : 'leaves'}
        </p>
      );
    case 'group':
      return (
        <p dir="auto">
          Together: {change.summary}{change.mood === '' ? '' : ` (${change.mood})`}
        </p>
      );
    case 'minutes':
      return <p>{stretch(change.minutes)} {stretch(change.minutes).startsWith('1 ') ? 'passes' : 'pass'}</p>;
    case 'clock':
      return <p>It is now {storyMoment(change.clock)}</p>;
    case 'weather':
      return <p dir="auto">Weather: {change.weather === '' ? 'nothing to speak of' : change.weather}</p>;
    case 'doing':
      return (
        <p dir="auto">
          <bdi>{name(change.entityId)}</bdi>: {doingIn(change.changes, place)}
        </p>
      );
    case 'plan':
      return <p dir="auto">{`\u201C${change.title}\u201D ${PLANS[change.became]}`}</p>;
    case 'thread':
      return <p dir="auto">{`${THREADS[change.became]}: ${change.title}`}</p>;
    case 'thing':
      return (
        <p dir="auto">
          <bdi>{change.entityId === null ? 'Someone' : name(change.entityId)}</bdi> {THINGS[change.became]} {change.name}
        </p>
      );
    case 'sceneClosed':
      return <p>The scene ends; it was {WEIGHT[change.significance] ?? WEIGHT[1]}</p>;
    case 'sceneOpened':
      return <p dir="auto">A scene begins{change.containerId === null ? '' : `: ${place(change.containerId)}`}</p>;
  }
}

const THREADS = { opened: 'Left open', changed: 'Still open', closed: 'Tied up' } as const;
const THINGS = { gained: 'now has', lost: 'no longer has', changed: 'still has' } as const;
/** What is added to a reason that is not certain. */
const SURE = { high: '', medium: ' That is likely.', low: ' That is a guess.' } as const;

const MEMORY = {
  turn: 'remembers this',
  scene: 'looks back on the scene',
  told: 'was told something',
  synthesized: 'remembers what went on',
  manual: 'was given a memory',
} as const;

function Towards({ source, target, words: { name, open } }: { readonly source: string; readonly target: string; readonly words: Words }) {
  return (
    <button type="button" className="chat-turn-link" onClick={() => open({ kind: 'edge', source, target })}>
      <bdi>{name(source)}</bdi> towards <bdi>{name(target)}</bdi>
    </button>
  );
}

type Doing = Extract<TurnChange, { what: 'doing' }>['changes'];

/** `at The pier, sitting, mending a net, holding a lamp` */
function doingIn({ containerId, posture, action, holding, attention }: Doing, place: (containerId: string) => string): string {
  const parts = [
    containerId == null ? '' : `at ${place(containerId)}`,
    posture ?? '',
    action === undefined ? '' : (action?.verb ?? 'does nothing in particular'),
    holding === undefined ? '' : holding.length === 0 ? 'holding nothing' : `holding ${holding.join(', ')}`,
    attention === undefined || attention === '' ? '' : `attention on ${attention}`,
  ];
  return parts.filter((part) => part !== '').join(', ') || 'as before';
}
