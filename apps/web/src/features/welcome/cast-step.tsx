import { FileInput, PenLine } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { SampleCast } from '../../components/sample-cast.tsx';
import { buttonClass } from '../../components/ui/button.tsx';

/** Asks whom to play with: one of those who come along, one of your own, or one from a card. */
export function CastStep({ name }: { readonly name: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  // The step before has gone; what follows is read from its title on.
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-col gap-2">
        <h1 ref={heading} tabIndex={-1} className="font-prose text-34 outline-none">
          Whom would you like to meet, <bdi className="wrap-anywhere">{name}</bdi>?
        </h1>
        <p className="font-prose text-17 text-dim">Choose one, and the story opens where their world does.</p>
      </div>
      <SampleCast />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-t border-line pt-6 text-13 text-dim">
        <span className="mr-1 w-full mid:w-auto">Or bring somebody of your own:</span>
        <Link href="/bots/new" className={buttonClass('plain')}>
          <PenLine aria-hidden="true" className="size-4" />
          Write a bot
        </Link>
        <Link href="/bots/import" className={buttonClass('plain')}>
          <FileInput aria-hidden="true" className="size-4" />
          Import a card
        </Link>
        <span>or drop a card file anywhere.</span>
      </div>
    </div>
  );
}
