import type { Row } from '@offstage/domain';
import { DomainError } from '@offstage/domain';
import { pinKey } from '@offstage/domain/projections/pins';
import type { Core } from '../core.ts';
import type { Meanings } from './meanings.ts';

type Tools = Pick<Core, 'store'>;

/** The memories that a bot keeps pinned in a chat's continuity, newest first. Throws DomainError `not_found`. */
export async function readPinned({ store }: Tools, { chatId, ownerId }: { chatId: string; ownerId: string }): Promise<readonly Row<'memories'>[]> {
  const continuityId = await continuityOf({ store }, chatId);
  const row = await store.read.row('pins', pinKey({ ownerId, continuityId }));
  const memories = await Promise.all((row?.pins ?? []).map((pin) => store.read.row('memories', pin.memoryId)));
  return memories.filter((memory) => memory !== undefined).toSorted((a, b) => b.bornSeq - a.bornSeq);
}

/** What a bot remembers of something in a chat's continuity, best first. Throws DomainError `not_found`. */
export async function searchMemories(
  { store, story }: Tools & { readonly story: { readonly meanings: Meanings } },
  { chatId, ownerId, text, limit }: { chatId: string; ownerId: string; text: string; limit: number },
  signal: AbortSignal,
): Promise<readonly Row<'memories'>[]> {
  const continuityId = await continuityOf({ store }, chatId);
  const vector = await story.meanings.of(text, signal);
  const hits = await store.read.searchMemories({ ownerId, continuityId, text, k: limit, ...(vector !== undefined && { vector }) });
  return hits.map((hit) => hit.memory);
}

async function continuityOf({ store }: Tools, chatId: string): Promise<string> {
  const chat = await store.read.row('chats', chatId);
  if (chat === undefined) throw new DomainError('not_found', 'This chat is no longer there.', ['chatId']);
  return chat.continuityId;
}
