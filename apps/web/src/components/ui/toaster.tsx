import { X } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import { classes } from '../../lib/classes.ts';
import type { Toast } from '../../lib/toast.ts';
import { dismiss, onToasts, toastPlace, toasts } from '../../lib/toast.ts';
import { IconButton } from './button.tsx';

/** Where there is no wide rail, over whose foot they could stand. */
const NARROW = '(width < 75rem)';

function onWidth(listener: () => void): () => void {
  const narrow = matchMedia(NARROW);
  narrow.addEventListener('change', listener);
  return () => narrow.removeEventListener('change', listener);
}

/**
 * Where toasts stand: above all else, below the eye; on a wide screen over the foot of the rail, where they cover neither
 * the composer nor what is being changed beside the story; on a narrower one where the page offers a place, since in a
 * story every part is in use. Each stays while it is pointed at or holds the focus.
 */
export function Toaster() {
  const standing = useSyncExternalStore(onToasts, toasts);
  const place = useSyncExternalStore(onToasts, toastPlace);
  const narrow = useSyncExternalStore(onWidth, () => matchMedia(NARROW).matches);
  const cards = standing.map((each) => <ToastCard key={each.id} toast={each} />);
  if (place !== null && narrow) {
    return createPortal(
      <div role="status" className={classes('flex flex-col items-center gap-2 px-4', standing.length > 0 && 'py-2')}>
        {cards}
      </div>,
      place,
    );
  }
  return (
    <div role="status" className="pointer-events-none fixed inset-x-4 bottom-[calc(var(--bar)+1rem)] z-50 flex flex-col items-center gap-2 mid:inset-x-auto mid:bottom-3 mid:left-3 mid:items-start">
      {cards}
    </div>
  );
}

function ToastCard({ toast }: { readonly toast: Toast }) {
  const { id, message, action, stays } = toast;
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(() => dismiss(id), stays);
    return () => clearTimeout(timer);
  }, [held, id, stays]);
  return (
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className={classes(
        'pointer-events-auto flex max-w-md items-center justify-end rounded-box border border-edge bg-raised py-1 pr-1 pl-3 text-13 text-ink wide:max-w-52',
        // What there is to do stands under words that leave it no room.
        action !== null && 'flex-wrap',
      )}
    >
      <span className="mr-1 min-w-0 grow wrap-anywhere">{message}</span>
      {action !== null && (
        <button
          type="button"
          className="min-h-9 rounded-small px-2 font-semibold text-accent hover:bg-ground"
          onClick={() => {
            dismiss(id);
            action.run();
          }}
        >
          {action.label}
        </button>
      )}
      <IconButton label="Close" onClick={() => dismiss(id)} className="size-9">
        <X aria-hidden="true" className="size-4" />
      </IconButton>
    </div>
  );
}
