import { X } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useRoute } from 'wouter';
import { classes } from '../../lib/classes.ts';
import type { Toast } from '../../lib/toast.ts';
import { dismiss, onToasts, toasts } from '../../lib/toast.ts';
import { IconButton } from './button.tsx';

/**
 * Where toasts stand: above all else, below the eye; on a wide screen over the foot of the rail, where they cover neither
 * the composer nor what is being changed beside the story; in a chat on a phone under its title, since all below is in
 * use. Each stays while it is pointed at or holds the focus.
 */
export function Toaster() {
  const standing = useSyncExternalStore(onToasts, toasts);
  const [inChat] = useRoute('/chats/:chatId');
  return (
    <div
      role="status"
      className={classes(
        'pointer-events-none fixed inset-x-4 z-50 flex flex-col items-center gap-2 mid:inset-x-auto mid:top-auto mid:bottom-4 mid:left-4 mid:items-start',
        inChat ? 'top-16' : 'bottom-[calc(var(--bar)+1rem)]',
      )}
    >
      {standing.map((each) => (
        <ToastCard key={each.id} toast={each} />
      ))}
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
      className="pointer-events-auto flex max-w-md items-center mid:max-w-68 gap-1 rounded-box border border-edge bg-raised py-1 pr-1 pl-4 text-13 text-ink"
    >
      <span className="mr-2 min-w-0 wrap-anywhere">{message}</span>
      {action !== null && (
        <button
          type="button"
          className="min-h-9 rounded-small px-2.5 font-semibold text-accent hover:bg-ground"
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
