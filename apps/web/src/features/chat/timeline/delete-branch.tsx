import { useState } from 'react';
import { DeleteForGood } from '#components/delete-for-good.tsx';
import { Button } from '#components/ui/button.tsx';
import { queryClient, trpc } from '#lib/trpc.ts';

interface DeleteBranchProps {
  readonly chatId: string;
  /** A turn of the branch; null for all on which the story does not stand. */
  readonly tipId: string | null;
}

/** Deletes a branch for good, or all others (TL-12). */
export function DeleteBranch({ chatId, tipId }: DeleteBranchProps) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button tone="quiet" onClick={() => setAsking(true)}>
        {tipId === null ? 'Delete all of them for good' : 'Delete it for good'}
      </Button>
      <DeleteForGood
        goes={{ what: 'branches', chatId, tipId }}
        open={asking}
        onClose={() => setAsking(false)}
        onDone={() => void queryClient.invalidateQueries({ queryKey: trpc.timeline.tree.queryKey({ chatId }) })}
      />
    </>
  );
}
