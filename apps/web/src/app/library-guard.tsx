import type { ReactNode } from 'react';
import { Suspense, useEffect } from 'react';
import { later } from '#lib/later.ts';
import { useLocation } from 'wouter';
import { followLibrary, justRestored, useStanding } from '../lib/library-standing.ts';
import { toast } from '../lib/toast.ts';

// Wanted when something is wrong, which is seldom.
const LibraryNotice = later(async () => (await import('./library-notice.tsx')).LibraryNotice);
const RecoveryPage = later(async () => (await import('../features/settings/backups/recovery-page.tsx')).RecoveryPage);

/** Shows the pages while the library is open; what is wrong with it stands before them, or in their place. */
export function LibraryGuard({ children }: { readonly children: ReactNode }) {
  const standing = useStanding();
  const [path] = useLocation();
  useEffect(() => {
    if (justRestored()) toast('The copy is back in its place. What was there before it is kept among the copies.');
    return followLibrary();
  }, []);
  const closed = standing?.state === 'damaged' || standing?.state === 'missing';
  const troubled = standing !== null && !closed && (standing.trouble !== null || standing.state === 'restoring');
  return (
    <>
      {closed ? (
        <Suspense>
          <RecoveryPage />
        </Suspense>
      ) : (
        children
      )}
      {troubled && (standing.state === 'restoring' || path !== '/settings/backups') && (
        <Suspense>
          <LibraryNotice standing={standing} />
        </Suspense>
      )}
    </>
  );
}
