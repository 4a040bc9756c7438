import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useStanding } from '#lib/library-standing.ts';
import { queryClient, trpc } from '#lib/trpc.ts';

/** The copies of the library, read again whenever one was made or deleted, in whichever tab. */
export function useCopies() {
  const standing = useStanding();
  const copies = useQuery(trpc.keeping.copies.queryOptions());
  useEffect(() => {
    if (standing?.copiesChanged !== undefined) void queryClient.invalidateQueries({ queryKey: trpc.keeping.copies.queryKey() });
  }, [standing?.copiesChanged]);
  return { standing, copies };
}
