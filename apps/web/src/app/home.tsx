import { useQuery } from '@tanstack/react-query';
import { ProblemBanner } from '../components/problem-banner.tsx';
import { Waiting } from '../components/ui/waiting.tsx';
import { ChatsPage } from '../features/chats/chats-page.tsx';
import { WelcomePage } from '../features/welcome/welcome-page.tsx';
import { trpc } from '../lib/trpc.ts';

/** The first page: your chats, or, until there is somebody to play with, the welcome. */
export function Home() {
  const personas = useQuery(trpc.personas.list.queryOptions());
  const bots = useQuery(trpc.bots.list.queryOptions());
  const chats = useQuery(trpc.chats.list.queryOptions());
  const failed = personas.error ?? bots.error ?? chats.error;
  if (failed !== null && chats.data === undefined) {
    return (
      <div className="mx-auto w-full max-w-[42rem] px-5 pt-12">
        <ProblemBanner
          error={failed}
          onRetry={() => {
            for (const query of [personas, bots, chats]) void query.refetch();
          }}
        />
      </div>
    );
  }
  if (personas.data === undefined || bots.data === undefined || chats.data === undefined) {
    return (
      <div className="px-5 pt-12 mid:px-8">
        <Waiting>Opening your library</Waiting>
      </div>
    );
  }
  if (chats.data.length === 0 && (personas.data.length === 0 || bots.data.length === 0)) {
    return <WelcomePage knownAs={personas.data[0]?.name ?? null} />;
  }
  return <ChatsPage chats={chats.data} />;
}
