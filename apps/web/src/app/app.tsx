import { QueryClientProvider } from '@tanstack/react-query';
import { Toaster } from '../components/ui/toaster.tsx';
import { queryClient } from '../lib/trpc.ts';
import { LibraryGuard } from './library-guard.tsx';
import { PageGuard } from './page-guard.tsx';
import { Routes } from './routes.tsx';
import { Shell } from './shell.tsx';

/** The whole of it: the shell stands, the page inside changes. */
export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <Shell>
        <PageGuard>
          <LibraryGuard>
            <Routes />
          </LibraryGuard>
        </PageGuard>
      </Shell>
      <Toaster />
    </QueryClientProvider>
  );
}
