import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { SearchField } from '../../components/search-field.tsx';
import { buttonClass } from '../../components/ui/button.tsx';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import { Page } from '../../components/ui/page.tsx';
import type { Answers } from '../../lib/trpc.ts';
import { ChatRow } from './chat-row.tsx';
import { matching } from './matching.ts';
import { useMinute } from './use-minute.ts';

/** From this many chats on, looking through them by eye is slower than typing. */
const SEARCH_FROM = 6;

/** Your chats, the last touched first. */
export function ChatsPage({ chats }: { readonly chats: Answers['chats']['list'] }) {
  const [sought, setSought] = useState('');
  const now = useMinute();
  const shown = matching(chats, sought);
  return (
    <Page
      title="Chats"
      tools={
        chats.length > 0 && (
          <Link href="/bots" className={buttonClass('primary')}>
            <Plus aria-hidden="true" className="size-4" />
            New chat
          </Link>
        )
      }
    >
      {chats.length >= SEARCH_FROM && <SearchField label="Search your chats" value={sought} onChange={setSought} />}
      {chats.length === 0 ? (
        <EmptyState
          action={
            <Link href="/bots" className={buttonClass('primary')}>
              Choose whom to play with
            </Link>
          }
        >
          Your stories will stand here, the latest at the top.
        </EmptyState>
      ) : (
        <ul className="-mx-3 flex flex-col">
          {shown.map((chat) => (
            <ChatRow key={chat.chatId} chat={chat} now={now} />
          ))}
        </ul>
      )}
      {chats.length > 0 && shown.length === 0 && <p role="status" className="text-dim">No chat speaks of “{sought}”.</p>}
    </Page>
  );
}
