import type { BotIdentityInput, LoreInput } from '@offstage/domain/commands/authoring';
import { post } from './files.ts';

/** A character card as it was read: what a bot would be made from, and what to know about it. */
export interface ImportedCard {
  readonly identity: BotIdentityInput;
  readonly lore: readonly LoreInput[];
  readonly avatar: string | null;
  readonly notes: readonly string[];
  readonly spec: string;
}

/** Reads a card file without keeping a bot. Throws UploadError with the sentence to show. */
export async function readCard(file: File, signal: AbortSignal): Promise<ImportedCard> {
  // The server answers in this shape; it has checked every field on the way in.
  return (await post(`/api/cards?name=${encodeURIComponent(file.name)}`, file, signal)) as ImportedCard;
}

let waiting: File | null = null;
const listeners = new Set<() => void>();

/** Lays a file down for the import page, from wherever it was dropped; null takes it away. */
export function layDown(file: File | null): void {
  waiting = file;
  for (const listener of listeners) listener();
}

/** The file that waits to be looked at; null for none. */
export function laidDown(): File | null {
  return waiting;
}

export function onLaidDown(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
