import { CircleAlert, Info } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from '../../lib/classes.ts';

interface BannerProps {
  readonly tone?: 'note' | 'problem';
  readonly children: ReactNode;
  /** What to do about it. */
  readonly action?: ReactNode;
}

/** A sentence about the page as a whole, with the next step. A problem is read out when it appears. */
export function Banner({ tone = 'note', children, action }: BannerProps) {
  const Icon = tone === 'problem' ? CircleAlert : Info;
  return (
    <div
      role={tone === 'problem' ? 'alert' : undefined}
      className={classes(
        'flex flex-wrap items-center gap-x-4 gap-y-2 rounded-box border px-4 py-2.5 text-13',
        tone === 'problem' ? 'border-danger text-ink' : 'border-line bg-raised text-ink',
      )}
    >
      <Icon aria-hidden="true" className={classes('size-4 shrink-0', tone === 'problem' ? 'text-danger' : 'text-dim')} />
      <div className="min-w-0 flex-1 basis-52">{children}</div>
      {action}
    </div>
  );
}
