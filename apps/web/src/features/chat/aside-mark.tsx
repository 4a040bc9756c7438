import type { Row } from '@offstage/domain';
import { ChevronRight } from 'lucide-react';
import type { Scenery } from './model/scenery.ts';
import { toldOf } from './model/scenery.ts';
import type { ChatOpen } from './model/state.ts';
import { nameIn } from './model/state.ts';

interface AsideMarkProps {
  readonly open: ChatOpen;
  readonly scenery: Scenery;
  /** The scene that is played, or was, without you. */
  readonly aside: Row<'scenes'>;
  /** Whether this is its last stretch: what went on is told once, where it is over. */
  readonly last: boolean;
  readonly folded: boolean;
  readonly onFold: (folded: boolean) => void;
}

/** Where a stretch begins that you are not in: who, where, and, once it is over, what went on, with the words folded beneath (MW-4). */
export function AsideMark({ open, scenery, aside, last, folded, onFold }: AsideMarkProps) {
  const place = aside.containerId === null ? undefined : scenery.containers.get(aside.containerId)?.name;
  const two = aside.participants.map((entityId) => nameIn(open, entityId)).join(' and ');
  const words = ['Meanwhile', [two, place].filter((part) => part !== undefined && part !== '').join(', ')].join(' \u00B7 ');
  const told = aside.closed && last ? toldOf(scenery, aside.sceneId) : undefined;
  return (
    <div className="chat-aside">
      <div className="chat-scene" role="separator" aria-label={words}>
        <span dir="auto">{words}</span>
      </div>
      {aside.closed && (
        <>
          {last && (
            <p className="chat-aside-told" dir="auto">
              <b>Meanwhile, while you were away:</b> {told ?? 'They are still finding the words for it.'}
            </p>
          )}
          <button type="button" className="chat-aside-fold" aria-expanded={!folded} onClick={() => onFold(!folded)}>
            <ChevronRight size={14} aria-hidden="true" />
            {folded ? 'Read what was said' : 'Fold it away'}
          </button>
        </>
      )}
    </div>
  );
}
