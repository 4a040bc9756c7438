import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';

interface WorkProps {
  readonly label: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** What opens under a turn, or in its place, to work on it. It takes the focus, and Esc closes it. */
export function Work({ label, onClose, children }: WorkProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const own = place.current;
    (own?.querySelector<HTMLElement>('textarea, input') ?? own)?.focus({ preventScroll: true });
    own?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <div
      ref={place}
      className="chat-work"
      role="group"
      aria-label={label}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      {children}
    </div>
  );
}
