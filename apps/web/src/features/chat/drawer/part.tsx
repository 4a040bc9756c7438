import './part.css';
import './stage.css';
import { ChevronRight, Pencil } from 'lucide-react';
import { createContext, use, useEffect, useId, useRef } from 'react';
import type { ReactNode } from 'react';
import { IconButton } from '#components/ui/button.tsx';
import type { PartName } from './folds.ts';
import { found, useFolded, useSought } from './folds.ts';

interface PartProps {
  readonly title: ReactNode;
  /** What stands across from the title. */
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

/** One part of the drawer, under its title. */
export function Part({ title, tools, children }: PartProps) {
  return (
    <section className="chat-part">
      <header>
        <h2>{title}</h2>
        {tools}
      </header>
      {children}
    </section>
  );
}

interface FoldingPartProps extends PartProps {
  readonly name: PartName;
  /** What it holds, in a few words; shown while it is folded. */
  readonly brief: string;
}

/** True where parts show what once was: that can be looked at and folded, and not changed (TL-11). */
export const InThePast = createContext(false);

/** A part that can be folded to its title and a few words; remembered. */
export function FoldingPart({ name, title, brief, tools, children }: FoldingPartProps) {
  const [folded, fold] = useFolded(name);
  const head = useRef<HTMLButtonElement>(null);
  const past = use(InThePast);
  const bodyId = useId();
  const sought = useSought(name);
  useEffect(() => {
    if (!sought) return;
    found();
    head.current?.focus({ preventScroll: true });
    head.current?.closest('section')?.scrollIntoView({ block: 'start' });
  }, [sought]);
  return (
    <section className="chat-part" data-folded={folded || undefined}>
      <header>
        <h2 id={`${bodyId}-title`}>
          <button ref={head} type="button" className="chat-part-fold" aria-expanded={!folded} aria-controls={folded ? undefined : bodyId} onClick={() => fold(!folded)}>
            <ChevronRight size={14} aria-hidden="true" />
            {title}
          </button>
        </h2>
        {folded ? (
          <span className="chat-part-brief" dir="auto">{brief}</span>
        ) : (
          tools !== undefined && (
            <fieldset disabled={past} className="contents">
              {tools}
            </fieldset>
          )
        )}
      </header>
      {!folded && (
        <fieldset id={bodyId} disabled={past} className="chat-part-body" aria-labelledby={`${bodyId}-title`}>
          {children}
        </fieldset>
      )}
    </section>
  );
}

interface MoreProps {
  /** Whose rows are shown: "Mara". */
  readonly of: string;
  readonly open: boolean;
  readonly onToggle: () => void;
}

/** Shows what has no value yet too, so that it can be given one. */
export function ShowAll({ of, open, onToggle }: MoreProps) {
  return (
    <IconButton label={open ? `Show less of ${of}` : `Change more of ${of}`} aria-expanded={open} onClick={onToggle} className="chat-part-tool">
      <Pencil aria-hidden="true" className="size-3.5" />
    </IconButton>
  );
}

/** A value with its name. */
export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd dir="auto">{children}</dd>
    </div>
  );
}
