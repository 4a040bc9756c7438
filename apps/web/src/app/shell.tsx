import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { useRoute } from 'wouter';
import { Overlays } from '../features/palette/overlays.tsx';
import { classes } from '../lib/classes.ts';
import { checkConnection } from '../lib/trpc.ts';
import { onWaking } from '../lib/waking.ts';
import { BottomBar } from './bottom-bar.tsx';
import { ConnectionLine } from './connection-line.tsx';
import { DropTarget } from './drop-target.tsx';
import { Rail } from './rail.tsx';
import { UpdateLine } from './update-line.tsx';
import { useLibraryLive } from './use-library-live.ts';

/** The frame of every page: the rail at its edge, or the bar at its foot. Inside a chat on a phone the bar gives way to the composer. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const connection = useLibraryLive();
  useEffect(() => onWaking(checkConnection), []);
  const [inChat] = useRoute('/chats/:chatId');
  return (
    <div className="flex h-dvh overflow-hidden">
      <a
        href="#page"
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-small bg-accent px-4 py-3 text-on-accent focus:translate-y-0"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById('page')?.focus();
        }}
      >
        To the page
      </a>
      <Rail />
      <div className="flex min-w-0 flex-1 flex-col">
        <ConnectionLine connection={connection} />
        <UpdateLine />
        {/* What is gone to, by Tab or otherwise, comes to stand above the bar that some pages keep at their foot. */}
        <main id="page" tabIndex={-1} className={classes('min-h-0 flex-1 scroll-pt-4 scroll-pb-28 outline-none', inChat ? 'overflow-clip' : 'overflow-y-auto')}>
          {children}
        </main>
        {!inChat && <BottomBar />}
      </div>
      <DropTarget />
      <Overlays />
    </div>
  );
}
