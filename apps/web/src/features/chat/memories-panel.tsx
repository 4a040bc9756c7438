import { Pin } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/ui/button.tsx';
import type { MemoryRow } from './model/memory-list.ts';
import type { ChatSession } from './model/session.ts';
import type { CastMember, ChatState } from './model/state.ts';
import { nameIn } from './model/state.ts';
import { storyMoment } from './model/times.ts';
import { Prose } from './prose/prose.tsx';
import { useMemories } from './use-memories.ts';

/** How many memories a bot keeps pinned (ME-4). */
const PIN_CAP = 8;

/** A memory with more characters than this is folded. */
const LONG = 360;

const WEIGHT = ['A passing thing', 'Worth keeping', 'Important', 'Decisive'] as const;

/** What the bots of this story remember: one at a time, newest first. */
export function MemoriesPanel({ session, state }: { readonly session: ChatSession; readonly state: ChatState }) {
  const bots = state.open.cast.filter((member) => member.kind === 'bot');
  const [chosen, setChosen] = useState(state.open.bot?.botId);
  const owner = bots.find((bot) => bot.entityId === chosen) ?? bots[0];
  if (owner === undefined) return null;
  return (
    <>
      {bots.length > 1 && (
        <div className="chat-owners" role="group" aria-label="Whose memories">
          {bots.map((bot) => (
            <button key={bot.entityId} type="button" aria-pressed={bot === owner} onClick={() => setChosen(bot.entityId)}>
              <bdi>{bot.name}</bdi>
            </button>
          ))}
        </div>
      )}
      <OwnerMemories key={owner.entityId} session={session} state={state} owner={owner} />
    </>
  );
}

interface OwnerMemoriesProps {
  readonly session: ChatSession;
  readonly state: ChatState;
  readonly owner: CastMember;
}

function OwnerMemories({ session, state, owner }: OwnerMemoriesProps) {
  const list = useMemories(session, owner.entityId, state.open.chat.continuityId);
  const pins = state.scenery?.pins.get(owner.entityId)?.pins ?? [];
  const pinned = new Set(pins.map((pin) => pin.memoryId));
  const { rows } = list;
  return (
    <section className="chat-part">
      <h2>
        What <bdi>{owner.name}</bdi> remembers
        <span className="chat-pins" title="Pinned memories are always offered to the model">{pins.length}/{PIN_CAP} pinned</span>
      </h2>
      {list.problem !== null && <p className="chat-none">{list.problem}</p>}
      {rows !== null && rows.length === 0 && <p className="chat-none">{owner.name} remembers nothing yet; what you live through together will stand here.</p>}
      {rows !== null && rows.length > 0 && (
        <ol className="chat-memories">
          {rows.map((memory) => (
            <li key={memory.memoryId}>
              <Memory memory={memory} pinned={pinned.has(memory.memoryId)} state={state} />
            </li>
          ))}
        </ol>
      )}
      {rows !== null && !list.complete && (
        <Button className="chat-more" onClick={list.more} disabled={list.asking}>
          {list.asking ? 'Looking further back\u2026' : 'Older memories'}
        </Button>
      )}
    </section>
  );
}

interface MemoryProps {
  readonly memory: MemoryRow;
  readonly pinned: boolean;
  readonly state: ChatState;
}

function Memory({ memory, pinned, state }: MemoryProps) {
  const weight = WEIGHT[memory.significance];
  const long = memory.text.length > LONG;
  const [unfolded, setUnfolded] = useState(false);
  const folded = long && !unfolded;
  return (
    <div className="chat-memory" data-collapsed={(memory.coveredBy !== null && memory.significance <= 1) || undefined} data-folded={folded || undefined}>
      <div className="chat-prose">
        <Prose text={memory.text} unfinished />
      </div>
      {memory.quotes.map((quote) => (
        <blockquote key={quote} dir="auto">{quote}</blockquote>
      ))}
      <footer>
        <span>{originOf(memory, state)}</span>
        {memory.significance > 0 && (
          <span className="chat-weight" role="img" aria-label={weight} title={weight}>
            {'\u2022'.repeat(memory.significance)}
          </span>
        )}
        {pinned && (
          <span title="Pinned">
            <Pin size={12} aria-label="Pinned" />
          </span>
        )}
        {long && (
          <button type="button" aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
            {unfolded ? 'Less' : 'All of it'}
          </button>
        )}
      </footer>
    </div>
  );
}

/** Where a memory came from, in words. */
function originOf(memory: MemoryRow, { open }: ChatState): string {
  const when = storyMoment(memory.clock);
  const from = (): string => {
    if (memory.source.startsWith('told_by:')) return `Told by ${nameIn(open, memory.source.slice('told_by:'.length))}`;
    if (memory.kind === 'scene') return 'A whole scene';
    if (memory.kind === 'manual') return 'Written by hand';
    if (memory.kind === 'synthesized') return 'While time passed';
    return memory.chatId === open.chat.chatId ? 'This story' : 'Another story';
  };
  return [from(), when].filter((part) => part !== undefined).join(' \u00B7 ');
}
