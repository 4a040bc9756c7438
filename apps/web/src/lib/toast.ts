import { newId } from './ids.ts';

/** A short word about something that has just happened, with at most one thing to do about it. */
export interface Toast {
  readonly id: string;
  readonly message: string;
  readonly action: { readonly label: string; readonly run: () => void } | null;
  /** What it is about: a newer one about the same takes its place. */
  readonly kind: string;
  /** How long it stays, in ms. */
  readonly stays: number;
}

/** More than this at once nobody reads; the oldest goes. */
const AT_ONCE = 3;

let standing: readonly Toast[] = [];
const listeners = new Set<() => void>();

function set(next: readonly Toast[]): void {
  standing = next;
  for (const listener of listeners) listener();
}

/**
 * Shows a toast. One with an action stays 30 s, as long as Undo is offered; others go after 5. One of the same `kind` as
 * a toast that stands takes its place; without a kind that is one which says the same and offers nothing.
 */
export function toast(message: string, action?: { readonly label: string; readonly run: () => void }, kind?: string): void {
  const id = newId();
  const next: Toast = { id, kind: kind ?? (action === undefined ? message : id), message, action: action ?? null, stays: action === undefined ? 5_000 : 30_000 };
  set([...standing.filter((each) => each.kind !== next.kind), next].slice(-AT_ONCE));
}

export function dismiss(id: string): void {
  set(standing.filter((each) => each.id !== id));
}

export function toasts(): readonly Toast[] {
  return standing;
}

let place: HTMLElement | null = null;

/** Offers a place where toasts stand where there is little room, or takes it back: for a page of which every part is in use. */
export function offerToastPlace(element: HTMLElement | null): void {
  place = element;
  for (const listener of listeners) listener();
}

export function toastPlace(): HTMLElement | null {
  return place;
}

export function onToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
