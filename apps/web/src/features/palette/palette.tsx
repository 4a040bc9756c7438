import { Dialog } from '@base-ui/react/dialog';
import { Search } from 'lucide-react';
import { useId, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { Offer } from '#lib/offers.ts';
import { fitting } from './listed.ts';
import { useShelves } from './use-shelves.ts';

interface PaletteProps {
  /** Takes the palette away, and then does what was chosen. */
  readonly onLeave: (then?: () => void) => void;
}

/** Go anywhere and do anything by name: type, arrow keys, Enter (UI-5). */
export function Palette({ onLeave }: PaletteProps) {
  const [sought, setSought] = useState('');
  const [stand, setStand] = useState({ sought: '', at: 0 });
  const listId = useId();
  const shelves = fitting(useShelves(), sought);
  const all = shelves.flatMap(({ offers }) => offers);
  const at = stand.sought === sought ? Math.min(stand.at, Math.max(0, all.length - 1)) : 0;
  const choose = (offer: Offer): void => onLeave(() => offer.run());

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = all[at];
    if (step !== undefined && all.length > 0) setStand({ sought, at: (at + step + all.length) % all.length });
    else if (event.key === 'Enter' && chosen !== undefined) choose(chosen);
    else return;
    event.preventDefault();
  };

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onLeave()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-veil" />
        <Dialog.Popup finalFocus={false} className="fixed top-[12dvh] left-1/2 z-40 flex max-h-[70dvh] w-[min(36rem,calc(100vw-2rem))] -translate-x-1/2 flex-col overflow-hidden rounded-box border border-edge bg-ground outline-none">
          <Dialog.Title className="sr-only">Go to, or do</Dialog.Title>
          <div className="flex items-center gap-3 border-b border-line px-4">
            <Search aria-hidden="true" className="size-4.5 shrink-0 text-dim" />
            <input
              role="combobox"
              aria-label="Go to, or do"
              aria-expanded={all.length > 0}
              aria-controls={all.length > 0 ? listId : undefined}
              aria-activedescendant={all.length > 0 ? `${listId}-${at}` : undefined}
              aria-autocomplete="list"
              autoComplete="off"
              spellCheck={false}
              placeholder="A chat, a bot, something to do"
              className="h-13 min-w-0 flex-1 bg-transparent text-17 outline-none"
              value={sought}
              onChange={(event) => setSought(event.target.value)}
              onKeyDown={onKeyDown}
            />
          </div>
          <p role="status" className={all.length === 0 ? 'px-4 py-5 text-15 text-dim' : 'sr-only'}>
            {all.length === 0 ? `Nothing goes by \u201C${sought.trim()}\u201D here.` : `${all.length} to choose from`}
          </p>
          {all.length > 0 && (
            <div id={listId} role="listbox" aria-label="What fits" className="min-h-0 flex-1 scroll-py-8 overflow-y-auto p-2">
              {shelves.map(({ title, offers }) => (
                <div key={title} role="group" aria-label={title} className="mb-1 last:mb-0">
                  <p aria-hidden="true" className="px-2.5 pt-2 pb-1 text-12 font-medium text-dim">
                    {title}
                  </p>
                  {offers.map((offer) => {
                    const place = all.indexOf(offer);
                    return <Row key={offer.id} id={`${listId}-${place}`} offer={offer} chosen={place === at} onChoose={choose} />;
                  })}
                </div>
              ))}
            </div>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface RowProps {
  readonly id: string;
  readonly offer: Offer;
  /** True where the keys stand. */
  readonly chosen: boolean;
  readonly onChoose: (offer: Offer) => void;
}

function Row({ id, offer, chosen, onChoose }: RowProps) {
  return (
    <div
      id={id}
      role="option"
      aria-selected={chosen}
      tabIndex={-1}
      ref={(row) => {
        if (chosen) row?.scrollIntoView({ block: 'nearest' });
      }}
      className="flex min-h-11 cursor-pointer mid:min-h-10 items-center gap-4 rounded-small px-2.5 text-15 hover:bg-raised aria-selected:bg-accent-wash"
      // Pressing must not take the focus from where one types.
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => onChoose(offer)}
    >
      <bdi className="min-w-0 flex-1 truncate">{offer.name}</bdi>
      {offer.beside !== undefined && offer.beside !== '' && <span className="max-w-2/5 shrink-0 truncate text-13 text-dim">{offer.beside}</span>}
    </div>
  );
}
