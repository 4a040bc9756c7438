import './stage.css';
import { Pencil } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '#components/ui/button.tsx';

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
