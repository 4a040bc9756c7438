import { Menu } from '@base-ui/react/menu';
import { ACT_ICONS } from './act-icons.ts';
import type { Act } from './acts.ts';
import { ACT_NAMES } from './acts.ts';

interface MoreMenuProps {
  readonly anchor: HTMLElement;
  readonly acts: readonly Act[];
  readonly onAct: (act: Act) => void;
  readonly onClose: () => void;
}

/** The rest of what can be done with a turn; on a phone all of it. */
export function MoreMenu({ anchor, acts, onAct, onClose }: MoreMenuProps) {
  return (
    <Menu.Root open onOpenChange={(open) => !open && onClose()} modal={false}>
      <Menu.Portal>
        <Menu.Positioner anchor={anchor} side="bottom" align="end" sideOffset={4} className="z-40">
          <Menu.Popup className="chat-menu" aria-label="What can be done with this turn" finalFocus={() => (anchor.isConnected ? anchor : false)}>
            {acts.map((act) => {
              const Icon = ACT_ICONS[act];
              return (
                <Menu.Item key={act} className="chat-menu-item" onClick={() => onAct(act)}>
                  <Icon size={16} aria-hidden="true" />
                  {ACT_NAMES[act]}
                </Menu.Item>
              );
            })}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
