import { Link, useLocation } from 'wouter';
import { classes } from '../lib/classes.ts';
import { PLACES } from './places.ts';

/** The way about on a phone. */
export function BottomBar() {
  const [path] = useLocation();
  return (
    <nav aria-label="Offstage" className="grid h-(--bar) shrink-0 grid-cols-3 border-t border-line bg-ground pb-[env(safe-area-inset-bottom)] mid:hidden">
      {PLACES.map(({ href, name, Icon, holds }) => (
        <Link
          key={href}
          href={href}
          aria-current={holds(path) ? 'page' : undefined}
          className={classes('flex flex-col items-center justify-center gap-0.5 text-12 -outline-offset-4', holds(path) ? 'font-semibold text-accent' : 'text-dim')}
        >
          <Icon aria-hidden="true" className="size-5" strokeWidth={1.75} />
          {name}
        </Link>
      ))}
    </nav>
  );
}
