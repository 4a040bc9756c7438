import { useCallback, useState } from 'react';
import type { Addressees } from './model/addressee.ts';
import { addresseesOf } from './model/addressee.ts';
import type { ChatState } from './model/state.ts';

export interface Addressing extends Addressees {
  /** Whom a hand has picked for the next message; null where the words tell. */
  readonly chosen: string | null;
  /** Picks one; picking the same again leaves it to the words. */
  choose(entityId: string): void;
  /** The choice was for one message: the next is spoken to the same one anyway, unless its words say otherwise. */
  forget(): void;
}

/** Whom the message that is being written speaks to, as it is written (TN-3). */
export function useAddressee(state: ChatState, text: string): Addressing {
  const [chosen, setChosen] = useState<string | null>(null);
  const found = addresseesOf(state, text, chosen);
  const forget = useCallback(() => setChosen(null), []);
  // Whoever was picked may have left since.
  const here = found.all.length > 1 && found.all.some(({ entityId }) => entityId === chosen) ? chosen : null;
  return { ...found, chosen: here, choose: (entityId) => setChosen(entityId === here ? null : entityId), forget };
}
