import { useLocation } from 'wouter';
import { Banner } from '../components/ui/banner.tsx';
import { Button, buttonClass } from '../components/ui/button.tsx';
import { Dialog } from '../components/ui/dialog.tsx';
import { Waiting } from '../components/ui/waiting.tsx';
import type { Standing } from '../lib/library-standing.ts';
import { server } from '../lib/trpc.ts';
import { useCommand } from '../lib/use-command.ts';

const TITLES: Readonly<Record<NonNullable<Standing['trouble']>['kind'], string>> = {
  full: 'The disk is full',
  readonly: 'The library cannot be written',
  locked: 'The library is held by another program',
  disk: 'The disk does not answer',
  damaged: 'The library is damaged',
  gone: 'The library file is gone',
  replaced: 'The library file was replaced',
};

/** Trouble with the library's file stands before every page until it is over: what is written now could not be kept (OP-4). */
export function LibraryNotice({ standing: { state, trouble } }: { readonly standing: Standing }) {
  const [, go] = useLocation();
  const anew = useCommand((_: null, commandId) => server.keeping.writeAnew.mutate({ commandId }));
  if (state === 'restoring') {
    return (
      <Dialog open onClose={stay} title="One moment" actions={null}>
        <Waiting>The library is being put in place. This page loads again by itself.</Waiting>
      </Dialog>
    );
  }
  if (trouble === null) return null;
  const held = trouble.kind === 'gone' || trouble.kind === 'replaced';
  return (
    <Dialog
      open
      onClose={stay}
      title={TITLES[trouble.kind]}
      actions={
        held ? (
          <Button tone="primary" disabled={anew.running} onClick={() => anew.run(null)}>
            Write it anew
          </Button>
        ) : (
          (trouble.kind === 'damaged' || trouble.kind === 'full') && (
            <button type="button" className={buttonClass('plain')} onClick={() => go('/settings/backups')}>
              {trouble.kind === 'full' ? 'Delete old copies' : 'Put back a copy'}
            </button>
          )
        )
      }
    >
      <p>{trouble.message}</p>
      <p className="mt-2">What you have typed is kept.</p>
      {anew.problem !== undefined && (
        <div className="mt-3">
          <Banner tone="problem">{anew.problem.message}</Banner>
        </div>
      )}
    </Dialog>
  );
}

/** There is nothing to go back to until it is over. */
function stay(): void {}
