import { PanelLeftClose, PanelLeftOpen, Search } from 'lucide-react';
import { Link, useLocation } from 'wouter';
import { IconButton } from '../components/ui/button.tsx';
import { RecentChats } from '../features/chats/recent-chats.tsx';
import { askForOverlay } from '../features/palette/asked.ts';
import { commandKey } from '../features/palette/words.ts';
import { classes } from '../lib/classes.ts';
import { useLook } from '../lib/looks.ts';
import { PLACES } from './places.ts';

/** The way about: names and the latest chats on a wide screen, icons on a middle one or when folded. */
export function Rail() {
  const [path] = useLocation();
  const [look, choose] = useLook('rail');
  const wide = look === 'wide';
  return (
    <header
      className={classes(
        'hidden shrink-0 flex-col border-r border-line bg-raised py-4 transition-[width] duration-(--slow) mid:flex mid:w-(--rail-narrow)',
        wide && 'wide:w-(--rail)',
      )}
    >
      <div className={classes('mb-5 flex h-9 items-center justify-center', wide && 'wide:justify-between wide:pr-3 wide:pl-5')}>
        <Link href="/" className={classes('hidden font-prose text-21 text-ink', wide && 'wide:block')}>
          Offstage
        </Link>
        <span className="hidden wide:block">
          <IconButton label={wide ? 'Fold the rail' : 'Unfold the rail'} className="hover:bg-ground" onClick={() => choose(wide ? 'narrow' : 'wide')}>
            {wide ? <PanelLeftClose aria-hidden="true" className="size-4.5" /> : <PanelLeftOpen aria-hidden="true" className="size-4.5" />}
          </IconButton>
        </span>
        <span aria-hidden="true" className="font-prose text-21 text-accent wide:hidden">
          O
        </span>
      </div>
      <nav aria-label="Offstage" className="flex flex-col gap-0.5 px-3">
        {PLACES.map(({ href, name, Icon, holds }) => (
          <Link
            key={href}
            href={href}
            title={name}
            aria-current={holds(path) ? 'page' : undefined}
            className={classes(
              'flex h-10 items-center justify-center gap-3 rounded-small text-15 transition-colors duration-(--quick)',
              wide && 'wide:justify-start wide:px-2.5',
              holds(path) ? 'bg-ground font-medium text-ink' : 'text-dim hover:text-ink',
            )}
          >
            <Icon aria-hidden="true" className={classes('size-4.5 shrink-0', holds(path) && 'text-accent')} strokeWidth={1.75} />
            <span className={classes('sr-only', wide && 'wide:not-sr-only')}>{name}</span>
          </Link>
        ))}
      </nav>
      <div className="px-3 pt-0.5">
        <button
          type="button"
          title={`Go to, or do (${commandKey('K')})`}
          className={classes('flex h-10 w-full items-center justify-center gap-3 rounded-small text-15 text-dim transition-colors duration-(--quick) hover:text-ink', wide && 'wide:justify-start wide:px-2.5')}
          onClick={() => askForOverlay('palette')}
        >
          <Search aria-hidden="true" className="size-4.5 shrink-0" strokeWidth={1.75} />
          <span className={classes('sr-only', wide && 'wide:not-sr-only')}>Find</span>
          {wide && (
            <span aria-hidden="true" className="ml-auto hidden text-12 wide:block">
              {commandKey('K')}
            </span>
          )}
        </button>
      </div>
      {wide && (
        <div className="mt-6 hidden min-h-0 flex-1 wide:block">
          <RecentChats path={path} />
        </div>
      )}
    </header>
  );
}
