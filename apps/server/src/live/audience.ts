import type { Subscriber } from './subscriber.ts';

/** Pages that show the same chat: they hear the same. */
export interface Group {
  readonly chatId: string | null;
  readonly continuityId: string | null;
  readonly members: ReadonlySet<Subscriber>;
}

/** Everyone who listens, by what they show: a commit is looked at once for each chat that is open, not for each page. */
export class Audience {
  readonly #groups = new Map<string | null, Group & { readonly members: Set<Subscriber> }>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get groups(): Iterable<Group> {
    return this.#groups.values();
  }

  /** The pages that show a chat. */
  of(chatId: string): Iterable<Subscriber> {
    return this.#groups.get(chatId)?.members ?? [];
  }

  add(subscriber: Subscriber): void {
    const { chatId, continuityId } = subscriber;
    const known = this.#groups.get(chatId);
    const members = known?.members ?? new Set<Subscriber>();
    // A page may have come before the chat did, and then did not know its continuity.
    this.#groups.set(chatId, { chatId, continuityId: continuityId ?? known?.continuityId ?? null, members });
    members.add(subscriber);
    this.#size++;
  }

  delete(subscriber: Subscriber): void {
    const group = this.#groups.get(subscriber.chatId);
    if (group === undefined || !group.members.delete(subscriber)) return;
    this.#size--;
    if (group.members.size === 0) this.#groups.delete(subscriber.chatId);
  }
}
