import type { ReactNode } from 'react';
import { classes } from '../../lib/classes.ts';

interface PageProps {
  readonly title: string;
  /** A face beside the title. */
  readonly face?: ReactNode;
  /** One sentence under the title. */
  readonly lead?: ReactNode;
  /** What stands across from the title. */
  readonly tools?: ReactNode;
  readonly narrow?: boolean;
  readonly children: ReactNode;
}

/** The frame of a page that is not a chat: a title, what it is for, and its one column. */
export function Page({ title, face, lead, tools, narrow = false, children }: PageProps) {
  return (
    <div className={classes('mx-auto flex w-full flex-col gap-6 px-5 pt-7 pb-16 mid:px-8 mid:pt-12', narrow ? 'max-w-[42rem]' : 'max-w-[52rem]')}>
      <title>{`${title} · Offstage`}</title>
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="flex min-w-0 flex-1 basis-64 items-center gap-4">
          {face}
          <div className="min-w-0">
            <h1 className="font-prose text-27 wrap-anywhere">{title}</h1>
            {lead !== undefined && <div className="mt-1.5 max-w-[36rem] text-15 text-dim">{lead}</div>}
          </div>
        </div>
        {tools !== undefined && <div className="flex flex-wrap items-center gap-2">{tools}</div>}
      </header>
      {children}
    </div>
  );
}
