import { Button } from '#components/ui/button.tsx';
import type { Standing } from '#lib/library-standing.ts';
import { server } from '#lib/trpc.ts';
import { useCommand } from '#lib/use-command.ts';

/** How far long work with the library's file is, and the way to call it off (UI-10). */
export function WorkBar({ work }: { readonly work: NonNullable<Standing['work']> }) {
  const cancel = useCommand((_: null, commandId) => server.keeping.cancel.mutate({ commandId }));
  const { what, done, total, cancellable } = work;
  const share = total === 0 ? 0 : Math.round((100 * done) / total);
  const label = what === 'copy' ? 'Making a copy' : cancellable ? 'Reading the copy' : 'Putting it in place';
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-box border border-line bg-raised px-4 py-3">
      <div className="min-w-0 flex-1 basis-36">
        <p role="status" className="text-13">
          {total > 0 && done >= total && cancellable ? 'Reading it through, to see that it is whole' : label}
        </p>
        <div role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={share} className="mt-2 h-1.5 overflow-hidden rounded-full bg-line">
          <div className="h-full rounded-full bg-spot transition-[width] duration-(--slow)" style={{ width: `${share}%` }} />
        </div>
      </div>
      <span className="text-13 text-dim tabular-nums">{share} %</span>
      {cancellable && (
        <Button disabled={cancel.running} onClick={() => cancel.run(null)}>
          Cancel
        </Button>
      )}
    </div>
  );
}
