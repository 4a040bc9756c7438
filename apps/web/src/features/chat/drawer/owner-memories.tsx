import { Plus } from 'lucide-react';
import { useState } from 'react';
import { SearchField } from '#components/search-field.tsx';
import { Button, IconButton } from '#components/ui/button.tsx';
import { Waiting } from '#components/ui/waiting.tsx';
import type { MemoryRow } from '../model/memory-list.ts';
import { foldedUnder } from '../model/memory-list.ts';
import type { ChatSession } from '../model/session.ts';
import type { CastMember, ChatState } from '../model/state.ts';
import { useMemories } from '../use-memories.ts';
import { AddMemory, useAddMemory } from './add-memory.tsx';
import { Memory } from './memory.tsx';
import { Part } from './part.tsx';
import type { Edit } from './use-edit.ts';
import { useMemorySearch } from './use-memory-search.ts';
import { usePinned } from './use-pinned.ts';

/** How many memories a bot keeps pinned (ME-4). */
const PIN_CAP = 8;

interface OwnerMemoriesProps {
  readonly session: ChatSession;
  readonly state: ChatState;
  readonly owner: CastMember;
  readonly edit: Edit;
  readonly onShow: (depth: number) => void;
}

/** What one bot remembers: all of it, what is pinned, or what is looked for. */
export function OwnerMemories({ session, state, owner, edit, onShow }: OwnerMemoriesProps) {
  const { continuityId } = state.open.chat;
  const list = useMemories(session, owner.entityId, continuityId);
  const [sought, setSought] = useState('');
  const [onlyPinned, setOnlyPinned] = useState(false);
  const adding = useAddMemory(session.chatId, owner);
  const pins = state.scenery?.pins.get(owner.entityId)?.pins ?? [];
  const pinned = usePinned(session, owner.entityId, onlyPinned ? pins.map((pin) => pin.memoryId) : null);
  const search = useMemorySearch(session, owner.entityId, sought);
  const seeking = sought.trim() !== '';

  const item = (memory: MemoryRow, folded: readonly MemoryRow[] = []) => (
    <li key={memory.memoryId}>
      <Memory memory={memory} folded={folded} pin={pins.find((pin) => pin.memoryId === memory.memoryId)} state={state} edit={edit} onShow={onShow} />
    </li>
  );
  const shown = seeking ? search.rows : onlyPinned ? pinned.rows : list.rows;
  const problem = seeking ? search.problem : onlyPinned ? pinned.problem : list.problem;
  // Looked for, each stands by itself; else what a scene tells is folded under it.
  const items = shown === null ? null : seeking || onlyPinned ? shown.map((memory) => item(memory)) : foldedUnder(shown).map(({ memory, folded }) => item(memory, folded));
  return (
    <Part
      title={
        <>
          What <bdi>{owner.name}</bdi> remembers
        </>
      }
      tools={
        <>
          <button type="button" className="chat-pins" aria-pressed={onlyPinned} title="Pinned memories are always told to the model" onClick={() => setOnlyPinned(!onlyPinned)}>
            {pins.length}/{PIN_CAP} pinned
          </button>
          <IconButton label={`Give ${owner.name} a memory`} className="chat-part-tool" aria-expanded={adding.text !== null} onClick={adding.open}>
            <Plus aria-hidden="true" className="size-4" />
          </IconButton>
        </>
      }
    >
      {adding.text !== null && <AddMemory adding={adding} owner={owner} />}
      <SearchField label="Search these memories" value={sought} onChange={setSought} />
      {problem !== null && <p className="chat-none">{problem}</p>}
      {items === null && problem === null && <Waiting>{seeking ? 'Searching' : 'Looking back'}</Waiting>}
      {items !== null && items.length > 0 && <ol className="chat-memories">{items}</ol>}
      {items !== null && items.length === 0 && (
        <p className="chat-none chat-nothing">
          {seeking
            ? `${owner.name} remembers nothing like that.`
            : onlyPinned
              ? 'Nothing is pinned. What is decisive pins itself; anything else can be pinned by hand.'
              : `${owner.name} remembers nothing yet; what you live through together will stand here.`}
        </p>
      )}
      {!seeking && !onlyPinned && list.rows !== null && !list.complete && (
        <Button className="chat-more" onClick={list.more} disabled={list.asking}>
          {list.asking ? 'Looking further back\u2026' : 'Older memories'}
        </Button>
      )}
    </Part>
  );
}
