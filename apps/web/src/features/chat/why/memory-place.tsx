import type { Answers } from '#lib/trpc.ts';
import { storyMoment } from '../model/times.ts';
import { TurnLink } from './turn-link.tsx';

type Place = Answers['explain']['memories'][number];

/** Where a memory comes from: a turn of this story to go to, or another story by its title. */
export function MemoryPlace({ place }: { readonly place: Place | undefined }) {
  if (place === undefined) return null;
  const when = storyMoment(place.clock);
  if (place.elsewhere !== null) {
    return (
      <small>
        from {'\u201C'}
        <bdi>{place.elsewhere}</bdi>
        {'\u201D'}
        {when === undefined ? '' : `, ${when}`}
      </small>
    );
  }
  if (place.depth === null) return when === undefined ? null : <small>{when}</small>;
  return <TurnLink depth={place.depth}>{when === undefined ? 'Where it comes from' : `${when}: where it comes from`}</TurnLink>;
}
