import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { Avatar } from '../../components/ui/avatar.tsx';
import { classes } from '../../lib/classes.ts';
import { trpc } from '../../lib/trpc.ts';

const SHOWN = 12;

/** The chats last touched, in the rail. The one that is open says for itself that a reply is being written. */
export function RecentChats({ path }: { readonly path: string }) {
  const { data = [] } = useQuery(trpc.chats.list.queryOptions());
  if (data.length === 0) return null;
  return (
    <nav aria-label="Latest chats" className="flex h-full flex-col">
      <p className="px-5.5 pb-1.5 text-12 text-dim">Latest</p>
      <ul className="flex flex-1 flex-col gap-0.5 overflow-y-auto px-3 pb-2">
        {data.slice(0, SHOWN).map(({ chatId, title, bot, streaming }) => {
          const here = path === `/chats/${chatId}`;
          return (
            <li key={chatId}>
              <Link
                href={`/chats/${chatId}`}
                aria-current={here ? 'page' : undefined}
                className={classes('flex h-9 items-center gap-2.5 rounded-small px-2 text-13 -outline-offset-2', here ? 'bg-ground text-ink' : 'text-dim hover:text-ink')}
              >
                <Avatar name={bot?.name ?? title} file={bot?.avatar ?? null} hue={bot?.hue ?? 0} size={22} />
                <bdi className="min-w-0 flex-1 truncate">{title}</bdi>
                {streaming && !here && <span title="A reply is being written" className="size-1.5 shrink-0 rounded-full bg-spot" />}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
