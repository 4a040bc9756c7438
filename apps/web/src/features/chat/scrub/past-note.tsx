import { Waiting } from '#components/ui/waiting.tsx';
import type { Scrub } from './use-scrub.ts';

/** Over what stood on the stage in the past: that it did. */
export function PastNote({ scrub: { depth, scenery, problem } }: { readonly scrub: Scrub }) {
  if (problem !== null) {
    return (
      <p className="chat-past-note" role="alert">
        {problem}
      </p>
    );
  }
  if (scenery === null) return <Waiting>Looking how things stood</Waiting>;
  return <p className="chat-past-note">As it was at turn {depth?.toLocaleString('en')}. It cannot be changed from here.</p>;
}
