import type { ComponentType } from 'react';
import { useState } from 'react';
import { later } from '../lib/later.ts';

type Page = ComponentType<{ readonly chatId: string }>;

let fetched: Page | undefined;

async function load(): Promise<Page> {
  const { ChatPage } = await import('../features/chat/chat-page.tsx');
  fetched = ChatPage;
  return ChatPage;
}

const Later = later(load);

/** Fetches the chat page before it is asked for. That it fails costs nothing: asking for it fetches it again. */
export function fetchChatPage(): void {
  load().catch(() => undefined);
}

/**
 * The chat page, at once when it has been fetched: a lazy component always waits, and React keeps what it shows
 * meanwhile for 300 ms, which is longer than opening a chat takes.
 */
export function ChatRoute({ chatId }: { readonly chatId: string }) {
  // Kept for as long as the page stands: another component in its place would begin it anew.
  const [Page] = useState<Page>(() => fetched ?? Later);
  return <Page chatId={chatId} />;
}
