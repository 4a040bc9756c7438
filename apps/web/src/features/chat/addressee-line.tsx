import './addressee.css';
import type { Addressing } from './use-addressee.ts';

/** Whom you speak to, where several could be meant: it follows the words, until one is picked by hand (TN-3). */
export function AddresseeLine({ addressing }: { readonly addressing: Addressing }) {
  const { all, likely, chosen, choose } = addressing;
  if (all.length < 2) return null;
  return (
    <div className="chat-to" role="group" aria-label="Whom you speak to">
      <span aria-hidden="true">To</span>
      {all.map(({ entityId, name, hue }) => (
        <button
          key={entityId}
          type="button"
          data-hue={hue}
          data-likely={likely?.entityId === entityId || undefined}
          aria-pressed={chosen === entityId}
          title={chosen === entityId ? 'Leave it to the words again' : `Speak to ${name}`}
          onClick={() => choose(entityId)}
        >
          <bdi>{name}</bdi>
        </button>
      ))}
      <span className="chat-to-why">{wordsFor(addressing)}</span>
    </div>
  );
}

function wordsFor({ likely, chosen }: Addressing): string {
  if (chosen !== null) return 'as you chose';
  return likely === null ? 'whoever seems meant' : '';
}
