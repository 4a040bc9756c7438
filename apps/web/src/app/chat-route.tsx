import type { ComponentType } from 'react';
import { useState } from 'react';
import { later } from '../lib/later.ts';
import { chatAhead } from '../lib/trpc.ts';

type Page = ComponentType<{ readonly chatId: string }>;

let fetched: Page | undefined;

async function load(): Promise<Page> {
  const { ChatPage } = await import('../features/chat/chat-page.tsx');
  fetched = ChatPage;
  return ChatPage;
}

const Later = later(load);

/** Half of a story is set in these, and words that have been set in others would have to be set anew. */
const ITALICS = 'italic 17px "Literata Variable"';

/** Fetches the chat page before it is asked for. That it fails costs nothing: asking for it fetches it again. */
export function fetchChatPage(): void {
  load().catch(() => undefined);
  document.fonts.load(ITALICS).catch(() => undefined);
}

const LINK = 'a[href^="/chats/"]';

/**
 * Asks for the chat whose link is pressed: by the time the button is let go it is on its way. Returns what ends that. A
 * finger presses what it scrolls, too, and asks for nothing.
 */
export function askForPressed(): () => void {
  const pressed = ({ target, button, pointerType }: PointerEvent): void => {
    if (button !== 0 || pointerType === 'touch' || !(target instanceof Element)) return;
    const chatId = target.closest(LINK)?.getAttribute('href')?.slice('/chats/'.length);
    if (chatId !== undefined && chatId !== '') chatAhead.ask(decodeURIComponent(chatId));
  };
  addEventListener('pointerdown', pressed);
  return () => removeEventListener('pointerdown', pressed);
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
