import './memories.css';
import { useState } from 'react';
import type { ChatSession } from '../model/session.ts';
import type { ChatState } from '../model/state.ts';
import { OwnerMemories } from './owner-memories.tsx';
import type { Edit } from './use-edit.ts';

interface MemoriesPanelProps {
  readonly session: ChatSession;
  readonly state: ChatState;
  readonly edit: Edit;
  /** Shows a turn of the story, which may lie under the drawer. */
  readonly onShow: (depth: number) => void;
}

/** What the bots of this story remember: one at a time. */
export function MemoriesPanel({ session, state, edit, onShow }: MemoriesPanelProps) {
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
      <OwnerMemories key={owner.entityId} session={session} state={state} owner={owner} edit={edit} onShow={onShow} />
    </>
  );
}
