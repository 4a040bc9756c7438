import type { Row } from '@offstage/domain';
import { keyOf } from '@offstage/domain';
import type { Commit, Vectors } from '@offstage/store';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ChosenModel, Core } from '../core.ts';

/** Memories whose meaning is asked for in one call. */
const TOGETHER = 32;
/** What comes in quick succession is worked on together, in ms. */
const GATHER_MS = 300;
/** When a model that failed is asked again, in ms. */
const AGAIN_MS = 60_000;
/** Looks for memories without a meaning in one go, and those in a row that may find none; the rest follows with the next new one. */
const LOOKS_MOST = 400;
const VAIN_MOST = 20;
/** Owners whose last meaning is kept at hand. */
const KEPT = 2_000;

/**
 * What memories mean, by the embedding model of the settings (ME-5). Without one, nothing of it is loaded and nothing is
 * asked. A prompt is never kept waiting for it (TN-2): it seeks by what the owner's last exchange meant, which is known.
 */
export interface Meanings {
  /** What an owner's newest memory means; undefined where that is not known. */
  latest(owner: { readonly ownerId: string; readonly continuityId: string }): Float32Array | undefined;
  /** What some words mean, for a person who seeks; undefined without a model, or where it fails. */
  of(text: string, signal: AbortSignal): Promise<Float32Array | undefined>;
  /** Takes up memories that have no meaning yet. */
  start(): void;
  /** Resolves when nothing is being worked on. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

type Tools = Pick<Core, 'store' | 'gateway' | 'models' | 'config' | 'log'>;

export function createMeanings({ store, gateway, models, config, log }: Tools): Meanings {
  const closing = new AbortController();
  const newest = new Map<string, string>();
  const known = new Map<string, Float32Array>();
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> | undefined;
  let wanted = false;

  const isWanted = (): boolean => config.current.models.embedding !== undefined && !closing.signal.aborted;

  function want(afterMs: number): void {
    if (!isWanted()) return;
    wanted = true;
    if (timer !== undefined || working !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      working = work().finally(() => {
        working = undefined;
        if (wanted) want(GATHER_MS);
      });
    }, afterMs);
    timer.unref();
  }

  const stopListening = store.onCommit((commit: Commit) => {
    const added = commit.diff.memories?.added;
    if (added === undefined || !isWanted()) return;
    for (const row of Object.values(added)) remember(newest, ownerOf(row), row.memoryId);
    want(GATHER_MS);
  });

  async function work(): Promise<void> {
    wanted = false;
    try {
      const chosen = await models.embedding();
      if (chosen === undefined) return;
      const vectors = await store.vectors(chosen.model);
      for (let looks = 0, vain = 0; looks < LOOKS_MOST && vain < VAIN_MOST && !closing.signal.aborted; looks++) {
        const memories = await vectors.missing(TOGETHER);
        vain = memories.length === 0 ? vain + 1 : 0;
        if (memories.length > 0) await give(chosen, vectors, memories);
        // Other work goes on between two looks.
        await nextTurn();
      }
    } catch (error) {
      if (closing.signal.aborted) return;
      log.warn({ err: error }, 'what memories mean could not be asked for; they are found by their words');
      want(AGAIN_MS);
    }
  }

  async function give(chosen: ChosenModel, vectors: Vectors, memories: Awaited<ReturnType<Vectors['missing']>>): Promise<void> {
    const request = { model: chosen.model, texts: memories.map(({ text }) => text) };
    const found = await gateway.embed(chosen.endpoint, request, closing.signal);
    for (const [n, memory] of memories.entries()) {
      const vector = found[n];
      if (vector === undefined) continue;
      await vectors.put(memory, vector);
      for (const [owner, memoryId] of newest) if (memoryId === memory.memoryId) remember(known, owner, vector);
    }
  }

  return {
    latest: (owner) => (isWanted() ? known.get(ownerOf(owner)) : undefined),
    async of(text, signal) {
      try {
        const chosen = isWanted() ? await models.embedding() : undefined;
        if (chosen === undefined) return undefined;
        await store.vectors(chosen.model);
        const [vector] = await gateway.embed(chosen.endpoint, { model: chosen.model, texts: [text] }, AbortSignal.any([signal, closing.signal]));
        return vector;
      } catch (error) {
        log.warn({ err: error }, 'a search by meaning was not possible; it goes by words');
        return undefined;
      }
    },
    start: () => want(GATHER_MS),
    async idle() {
      while (timer !== undefined || working !== undefined) {
        await (working ?? nextTurn());
      }
    },
    async close() {
      stopListening();
      closing.abort(new Error('Offstage is closing.'));
      clearTimeout(timer);
      timer = undefined;
      await working;
    },
  };
}

const ownerOf = ({ ownerId, continuityId }: Pick<Row<'memories'>, 'ownerId' | 'continuityId'>): string => keyOf(continuityId, ownerId);

/** Keeps the last so many, the most recent ones. */
function remember<Value>(kept: Map<string, Value>, key: string, value: Value): void {
  kept.delete(key);
  kept.set(key, value);
  const [oldest] = kept.keys();
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
}
