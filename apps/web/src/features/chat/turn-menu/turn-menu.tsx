import './turn-menu.css';
import { Ellipsis } from 'lucide-react';
import type { MouseEvent } from 'react';
import { ACT_ICONS } from './act-icons.ts';
import type { Act } from './acts.ts';
import { ACT_NAMES } from './acts.ts';

interface TurnMenuProps {
  readonly usual: readonly Act[];
  /** What is open because of this turn, so that its button says so. */
  readonly openActs: ReadonlySet<Act>;
  readonly moreOpen: boolean;
  readonly onAct: (act: Act) => void;
  /** Opens the rest of what can be done, at the button. */
  readonly onMore: (button: HTMLElement) => void;
}

/** What can be done with a turn: in its margin when it is pointed at or holds the focus. One tab stop, arrows inside. */
export function TurnMenu({ usual, openActs, moreOpen, onAct, onMore }: TurnMenuProps) {
  return (
    <span className="chat-tools" role="toolbar" aria-label="What can be done with this turn">
      {usual.map((act, at) => {
        const Icon = ACT_ICONS[act];
        const name = ACT_NAMES[act];
        return (
          <button key={act} type="button" data-usual tabIndex={at === 0 ? 0 : -1} aria-label={name} title={name} aria-expanded={openActs.has(act) || undefined} onClick={() => onAct(act)}>
            <Icon size={16} aria-hidden="true" />
          </button>
        );
      })}
      <button
        type="button"
        data-more
        // On a narrow page it stands alone: then the turn's one stop is here.
        tabIndex={usual.length === 0 || matchMedia('(width < 48rem)').matches ? 0 : -1}
        aria-label="More"
        title="More"
        aria-haspopup="menu"
        aria-expanded={moreOpen}
        onClick={(event: MouseEvent<HTMLElement>) => onMore(event.currentTarget)}
      >
        <Ellipsis size={16} aria-hidden="true" />
      </button>
    </span>
  );
}
