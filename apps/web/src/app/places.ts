import type { LucideIcon } from 'lucide-react';
import { MessagesSquare, Settings, Users } from 'lucide-react';

interface Place {
  readonly href: string;
  readonly name: string;
  readonly Icon: LucideIcon;
  /** Whether an address belongs here. */
  readonly holds: (path: string) => boolean;
}

/** Where one can go from anywhere (UI-1). */
export const PLACES: readonly Place[] = [
  { href: '/', name: 'Chats', Icon: MessagesSquare, holds: (path) => path === '/' || path.startsWith('/chats') },
  { href: '/bots', name: 'Bots', Icon: Users, holds: (path) => path.startsWith('/bots') },
  { href: '/settings', name: 'Settings', Icon: Settings, holds: (path) => path.startsWith('/settings') },
];
