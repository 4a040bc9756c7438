import type { ReactNode } from 'react';

interface SectionProps {
  readonly id: string;
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
}

/** One part of the settings, with an address of its own. */
export function Section({ id, title, lead, children }: SectionProps) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="flex scroll-mt-6 flex-col gap-5 border-t border-line pt-8 first-of-type:border-0 first-of-type:pt-0">
      <div>
        <h2 id={`${id}-title`} className="font-prose text-21">
          {title}
        </h2>
        {lead !== undefined && <p className="mt-1 text-13 text-dim">{lead}</p>}
      </div>
      {children}
    </section>
  );
}
