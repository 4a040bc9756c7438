/** A message that was sent and not yet acknowledged: asked again with the same id it acts once (TL-14). */
export interface Pending {
  readonly commandId: string;
  /** The turn that it was written against. */
  readonly head: string;
  readonly text: string;
  /** Whom the person chose to speak to; left out, the words tell. */
  readonly to?: string | undefined;
}

/** What a person has typed in a chat and not brought through yet (LV-5). */
export interface Draft {
  readonly text: string;
  readonly pending: Pending | null;
}

/** Where drafts are kept: this browser's storage, which may be shut off. */
export type Keeper = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const EMPTY: Draft = { text: '', pending: null };
const keyOf = (chatId: string): string => `offstage.draft.${chatId}`;

/** The draft kept for a chat; an empty one where none is kept, or where it cannot be read. */
export function readDraft(store: Keeper | null, chatId: string): Draft {
  try {
    const kept: unknown = JSON.parse(store?.getItem(keyOf(chatId)) ?? 'null');
    if (typeof kept !== 'object' || kept === null) return EMPTY;
    const { text, pending } = kept as Partial<Record<keyof Draft, unknown>>;
    return { text: typeof text === 'string' ? text : '', pending: isPending(pending) ? pending : null };
  } catch {
    return EMPTY;
  }
}

function isPending(value: unknown): value is Pending {
  if (typeof value !== 'object' || value === null) return false;
  const { commandId, head, text, to } = value as Partial<Record<keyof Pending, unknown>>;
  return typeof commandId === 'string' && typeof head === 'string' && typeof text === 'string' && (to === undefined || typeof to === 'string');
}

/** Keeps a draft; an empty one leaves nothing behind. False when the browser has no room for it. */
export function keepDraft(store: Keeper | null, chatId: string, draft: Draft): boolean {
  if (store === null) return draft.text === '' && draft.pending === null;
  try {
    if (draft.text === '' && draft.pending === null) store.removeItem(keyOf(chatId));
    else store.setItem(keyOf(chatId), JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

/** A refused message back in the composer, before what has been typed since. */
export function givenBack(pending: Pending, typed: string): string {
  return typed.trim() === '' ? pending.text : `${pending.text}\n\n${typed}`;
}
