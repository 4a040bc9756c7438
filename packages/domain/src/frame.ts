import type { ProjectionName, Row } from './projections.ts';

/** A row as it now is, or `null` where it is gone; `key` is the row's key in its projection. */
export type RowNow = { [N in ProjectionName]: { readonly p: N; readonly key: string; readonly row: Row<N> | null } }[ProjectionName];

/** How a chat's active path changed: turns deeper than `meet` are other turns now. Depths count from 0 at the root. */
export interface PathMove {
  readonly chatId: string;
  readonly head: string;
  readonly headDepth: number;
  /** Depth of the deepest turn that stood on both paths; -1 for none. */
  readonly meetDepth: number;
}

/**
 * What a page hears on its one connection (LV-2). Durable frames carry `seq`, the place in the log up to which the
 * page now knows everything; the others are gone once shown.
 */
export type Frame =
  | { readonly type: 'commit'; readonly seq: number; readonly rows: readonly RowNow[]; readonly path: readonly PathMove[] }
  /** Too much has changed to tell piece by piece: read everything anew. */
  | { readonly type: 'reset'; readonly seq: number }
  /** What was missing has been sent; from here on it is live. */
  | { readonly type: 'ready'; readonly seq: number }
  /** Words of a reply that streams: `text` stands at `offset` (UTF-16 units) of the whole. */
  | { readonly type: 'words'; readonly chatId: string; readonly turnId: string; readonly offset: number; readonly text: string }
  /** A reply has to wait: for its turn, or until `retryAt` (ms since 1970). */
  | { readonly type: 'waiting'; readonly chatId: string; readonly turnId: string; readonly message: string; readonly retryAt: number | null }
  /** How much of a closed scene has been told, in questions asked; it is over when all are. */
  | { readonly type: 'telling'; readonly chatId: string; readonly sceneId: string; readonly done: number; readonly total: number }
  /** Somebody types in another tab. */
  | { readonly type: 'typing'; readonly chatId: string; readonly tabId: string };
