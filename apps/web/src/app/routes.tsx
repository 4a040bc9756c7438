import { Suspense, useEffect } from 'react';
import { later } from '#lib/later.ts';
import { Route, Switch, useLocation } from 'wouter';
import { Waiting } from '../components/ui/waiting.tsx';
import { queryClient } from '../lib/trpc.ts';
import { Arrival } from './arrival.tsx';
import { ChatRoute, askForPressed, fetchChatPage } from './chat-route.tsx';
import { Home } from './home.tsx';
import { NotFound } from './not-found.tsx';

/** How long after the first page the chat page is fetched, in ms: late enough not to be in its way, and later where that still reads. */
const AHEAD_MS = 300;

// Every page but the first comes when it is asked for; the chat page, which everybody opens next, a little before.
const BotsPage = later(async () => (await import('../features/bots/bots-page.tsx')).BotsPage);
const BotPage = later(async () => (await import('../features/bots/bot-page.tsx')).BotPage);
const ImportPage = later(async () => (await import('../features/bots/import-page.tsx')).ImportPage);
const KickoffPage = later(async () => (await import('../features/kickoff/kickoff-page.tsx')).KickoffPage);
const SettingsPage = later(async () => (await import('../features/settings/settings-page.tsx')).SettingsPage);

const BackupsPage = later(async () => (await import('../features/settings/backups/backups-page.tsx')).BackupsPage);

export function Routes() {
  const [path] = useLocation();
  useEffect(() => {
    const look = (): void => {
      if (queryClient.isFetching() > 0) timer = setTimeout(look, AHEAD_MS);
      else fetchChatPage();
    };
    let timer = setTimeout(look, AHEAD_MS);
    return () => clearTimeout(timer);
  }, []);
  useEffect(askForPressed, []);
  return (
    <Suspense fallback={<Loading />}>
      <Switch>
        <Route path="/" component={Home} />
        <Route path="/chats/:chatId">{({ chatId }) => <ChatRoute chatId={chatId} />}</Route>
        <Route path="/bots" component={BotsPage} />
        <Route path="/bots/new">
          <BotPage botId={null} />
        </Route>
        <Route path="/bots/import" component={ImportPage} />
        <Route path="/bots/:botId/begin">{({ botId }) => <KickoffPage key={botId} botId={botId} />}</Route>
        <Route path="/bots/:botId">{({ botId }) => <BotPage key={botId} botId={botId} />}</Route>
        <Route path="/settings" component={SettingsPage} />
        <Route path="/settings/backups" component={BackupsPage} />
        <Route component={NotFound} />
      </Switch>
      <Arrival path={path} />
    </Suspense>
  );
}

function Loading() {
  return (
    <div className="px-5 pt-12 mid:px-8">
      <Waiting>Opening the page</Waiting>
    </div>
  );
}
