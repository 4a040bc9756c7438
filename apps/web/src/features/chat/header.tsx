import { ArrowLeft, PanelRight, SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { Avatar } from '../../components/ui/avatar.tsx';
import { IconButton } from '../../components/ui/button.tsx';
import type { ChatOpen } from './model/state.ts';
import type { Here } from './timeline/use-here.ts';
import { useRename } from './use-rename.ts';

interface HeaderProps {
  readonly open: ChatOpen;
  /** The branch that is shown; undefined until it is known. */
  readonly here: Here | undefined;
  readonly drawerOpen: boolean;
  readonly onDrawer: () => void;
  readonly tuningOpen: boolean;
  /** Opens what this chat sets for itself, or closes it. */
  readonly onTuning: () => void;
}

/** Over the story: its title, who plays, by which model, on which branch. */
export function Header({ open, here, drawerOpen, onDrawer, tuningOpen, onTuning }: HeaderProps) {
  const { bot, modelName, scripted, chat } = open;
  const branch = here?.name ?? (here?.words == null ? '' : here.words === '' ? 'a branch' : `\u201C${here.words}\u201D`);
  return (
    <header className="chat-head">
      <Link href="/" className="chat-back" aria-label="All chats">
        <ArrowLeft size={18} aria-hidden="true" />
      </Link>
      {bot !== null && <Avatar name={bot.name} file={bot.avatar} hue={bot.hue} size={36} />}
      <div className="chat-titles">
        <Title chatId={chat.chatId} title={chat.title} />
        <p>
          {bot !== null && <bdi className="min-w-0 truncate">{bot.name}</bdi>}
          <span className="chat-model" title={modelName}>{scripted ? 'Rehearsal' : modelName}</span>
          {scripted && <span className="chat-mark" title="Nothing is configured yet, so a script answers in place of a model.">scripted</span>}
          {branch !== '' && (
            <span className="chat-branch" title="The branch of the story that you are on">
              on <bdi>{branch}</bdi>
            </span>
          )}
        </p>
      </div>
      <IconButton label="This chat" className="chat-tool" onClick={onTuning} aria-expanded={tuningOpen}>
        <SlidersHorizontal size={18} aria-hidden="true" />
      </IconButton>
      <IconButton label="Behind the story" id="chat-drawer-toggle" className="chat-tool" onClick={onDrawer} aria-expanded={drawerOpen} aria-controls={drawerOpen ? 'chat-drawer' : undefined}>
        <PanelRight size={18} aria-hidden="true" />
      </IconButton>
    </header>
  );
}

/** The chat's title; a click makes it a field, Enter keeps it, Esc leaves it. */
function Title({ chatId, title }: { readonly chatId: string; readonly title: string }) {
  const [editing, setEditing] = useState<string | null>(null);
  const { rename, wanted, problem } = useRename(chatId);
  const keep = (): void => {
    const next = editing?.trim() ?? '';
    if (next !== '' && next !== title) rename(next);
    setEditing(null);
  };
  if (editing !== null) {
    return (
      <input
        className="chat-title-field"
        // The click that made the field asked to write in it.
        ref={(field) => field?.focus()}
        value={editing}
        maxLength={200}
        aria-label="Title"
        dir="auto"
        onChange={(event) => setEditing(event.target.value)}
        onFocus={(event) => event.target.select()}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter') keep();
          if (event.key === 'Escape') {
            event.stopPropagation();
            setEditing(null);
          }
        }}
      />
    );
  }
  return (
    <h1>
      <button type="button" onClick={() => setEditing(title)} title={problem ?? 'Rename'} dir="auto">
        {wanted ?? title}
      </button>
    </h1>
  );
}
