import { Trash2 } from 'lucide-react';
import { Suspense, useState } from 'react';
import { Link } from 'wouter';
import { Avatar } from '../../components/ui/avatar.tsx';
import { IconButton } from '../../components/ui/button.tsx';
import { later } from '../../lib/later.ts';
import { relativeTime } from '../../lib/relative-time.ts';
import type { Answers } from '../../lib/trpc.ts';

// The first page is light: what deletes is fetched when it is asked for (PF-11).
const DeleteForGood = later(async () => (await import('../../components/delete-for-good.tsx')).DeleteForGood);

interface ChatRowProps {
  readonly chat: Answers['chats']['list'][number];
  /** ms since 1970 */
  readonly now: number;
}

/** One chat in the list: with whom, where it stands, when that was. */
export function ChatRow({ chat, now }: ChatRowProps) {
  const { chatId, title, bot, lastLine, lastSpeaker, touchedAt, streaming } = chat;
  const [deleting, setDeleting] = useState(false);
  const [asked, setAsked] = useState(false);
  return (
    <li className="group flex items-center gap-1 border-b border-line last:border-0">
      <Link href={`/chats/${chatId}`} className="flex min-w-0 flex-1 items-start gap-4 rounded-small px-3 py-4 -outline-offset-2 transition-colors duration-(--quick) hover:bg-raised">
        <Avatar name={bot?.name ?? title} file={bot?.avatar ?? null} hue={bot?.hue ?? 0} size={44} />
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-3">
            <bdi className="min-w-0 flex-1 truncate text-15 font-semibold">{title}</bdi>
            <time dateTime={touchedAt} title={new Date(touchedAt).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' })} className="shrink-0 text-12 text-dim tabular-nums">
              {relativeTime(touchedAt, now)}
            </time>
          </span>
          <span className="mt-0.5 line-clamp-2 font-prose text-15 wrap-anywhere text-dim" dir="auto">
            {streaming ? (
              <span className="text-spot-ink">{bot?.name ?? 'Somebody'} is writing</span>
            ) : (
              <>
                {lastSpeaker !== null && <span className="font-sans text-13">{lastSpeaker}: </span>}
                {lastLine === '' ? 'Nothing has been said yet.' : lastLine}
              </>
            )}
          </span>
        </span>
      </Link>
      <IconButton label={`Delete ${title} for good`} className="opacity-70 group-hover:opacity-100 focus-visible:opacity-100" onClick={() => {
          setAsked(true);
          setDeleting(true);
        }}>
        <Trash2 aria-hidden="true" className="size-4" />
      </IconButton>
      {asked && (
        <Suspense fallback={null}>
          <DeleteForGood goes={{ what: 'chat', chatId }} open={deleting} onClose={() => setDeleting(false)} />
        </Suspense>
      )}
    </li>
  );
}
