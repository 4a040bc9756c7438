import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';

interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** What it is about, in a sentence or two. */
  readonly children: ReactNode;
  /** The buttons, the way out first; null where it is over by itself. */
  readonly actions: ReactNode;
}

/** A question that has to be answered before anything else. Esc and a click beside it are the way out. */
export function Dialog({ open, onClose, title, children, actions }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 bg-veil transition-opacity duration-(--slow) data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup className="fixed top-1/2 left-1/2 flex max-h-[85dvh] w-[min(30rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 flex-col gap-3 overflow-y-auto rounded-box border border-line bg-ground p-6 outline-none transition-opacity duration-(--slow) data-ending-style:opacity-0 data-starting-style:opacity-0">
          <Base.Title className="font-prose text-21">{title}</Base.Title>
          <Base.Description render={<div />} className="text-15 text-dim">
            {children}
          </Base.Description>
          {actions !== null && <div className="mt-2 flex flex-wrap justify-end gap-2">{actions}</div>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
