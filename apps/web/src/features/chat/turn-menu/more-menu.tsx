import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { ACT_ICONS } from './act-icons.ts';
import type { Act } from './acts.ts';
import { ACT_NAMES } from './acts.ts';

interface MoreMenuProps {
  readonly anchor: HTMLElement;
  readonly acts: readonly Act[];
  readonly onAct: (act: Act) => void;
  readonly onClose: () => void;
}

/** Room between the menu, what it belongs to, and the edges of the story, in px. */
const GAP = 4;

/** The rest of what can be done with a turn; on a phone all of it. It stands in the story, under its button or above it. */
export function MoreMenu({ anchor, acts, onAct, onClose }: MoreMenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ top: 0, left: 0 });

  useLayoutEffect(() => {
    const own = menu.current;
    const stage = own?.offsetParent;
    if (own === null || stage == null) return;
    const [button, around] = [anchor.getBoundingClientRect(), stage.getBoundingClientRect()];
    const under = button.bottom - around.top + GAP;
    const fits = under + own.offsetHeight <= around.height;
    const left = button.right - around.left - own.offsetWidth;
    setPlace({
      top: fits ? under : Math.max(GAP, button.top - around.top - own.offsetHeight - GAP),
      left: Math.max(GAP, Math.min(left, around.width - own.offsetWidth - GAP)),
    });
    own.querySelector<HTMLElement>('[role=menuitem]')?.focus({ preventScroll: true });
  }, [anchor]);

  useEffect(() => {
    const elsewhere = (event: Event): void => {
      const { target } = event;
      if (target instanceof Node && (menu.current?.contains(target) === true || anchor.contains(target))) return;
      onClose();
    };
    // A story that is scrolled takes the button away from its menu.
    addEventListener('pointerdown', elsewhere);
    addEventListener('scroll', elsewhere, { capture: true, passive: true });
    addEventListener('resize', onClose);
    return () => {
      removeEventListener('pointerdown', elsewhere);
      removeEventListener('scroll', elsewhere, { capture: true });
      removeEventListener('resize', onClose);
    };
  }, [anchor, onClose]);

  const leave = (): void => {
    onClose();
    if (anchor.isConnected) anchor.focus({ preventScroll: true });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const items = [...(menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const at = items.findIndex((item) => item === document.activeElement);
    const next = { ArrowDown: (at + 1) % items.length, ArrowUp: (at - 1 + items.length) % items.length, Home: 0, End: items.length - 1 }[event.key];
    if (next === undefined && event.key !== 'Escape' && event.key !== 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (next === undefined) leave();
    else items[next]?.focus({ preventScroll: true });
  };

  return (
    <div ref={menu} className="chat-menu" role="menu" aria-label="What can be done with this turn" style={place} onKeyDown={onKeyDown}>
      {acts.map((act) => {
        const Icon = ACT_ICONS[act];
        return (
          <button
            key={act}
            type="button"
            role="menuitem"
            tabIndex={-1}
            className="chat-menu-item"
            onClick={() => {
              leave();
              onAct(act);
            }}
          >
            <Icon size={16} aria-hidden="true" />
            {ACT_NAMES[act]}
          </button>
        );
      })}
    </div>
  );
}
