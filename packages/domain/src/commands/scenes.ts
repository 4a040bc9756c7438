import type { NewEvent } from '../catalogue.ts';
import { inTurn } from '../catalogue.ts';
import { presentSetOf } from '../presence.ts';
import type { Cast } from '../presence.ts';
import type { EdgeRow } from '../projections/edges.ts';
import type { MemoryRow } from '../projections/memories.ts';
import type { SceneRow } from '../projections/scenes.ts';
import { cleanText } from '../words.ts';

/** ME-8: verbatim quotes that a scene memory keeps, characters of each, and the significance from which it keeps any. */
const QUOTES_MOST = 3;
const QUOTE_MOST = 200;
const QUOTED_FROM = 2;
/** Characters of a summary that are kept. */
const SUMMARY_MOST = 4_000;

type Significance = MemoryRow['significance'];

/** A place that the story moves to: one that is known, or one that is made. */
export interface NextPlace {
  readonly containerId: string;
  /** What to make of it where it is new. */
  readonly create: { readonly name: string; readonly type: string; readonly description: string } | null;
}

export interface CloseScene {
  readonly chatId: string;
  /** The turn at which the scene ends. */
  readonly turnId: string;
  /** The scene that is open. One that is closed, or none, closes nothing (SC-9). */
  readonly scene: SceneRow | undefined;
  readonly cast: Cast;
  /** Story time at the end, ISO 8601 UTC. */
  readonly clock: string | null;
  /** Story time at which the next one begins; by default the end of this one. */
  readonly opensAt?: string | null;
  /** The highest of what happened in it. */
  readonly significance: Significance;
  readonly nextSceneId: string;
  /** Where the next scene is; undefined stays where this one was. */
  readonly place: NextPlace | undefined;
}

/** SC-2: ends a scene, and opens the next one with the same people, in a new place or in the same. */
export function closeScene(input: CloseScene): NewEvent[] {
  const { chatId, turnId, scene, clock, place, cast } = input;
  if (scene === undefined || scene.closed) return [];
  const here = <K extends Parameters<typeof inTurn>[2]>(kind: K, payload: Parameters<typeof inTurn<K>>[3]): NewEvent =>
    inTurn(chatId, turnId, kind, payload);
  const containerId = place?.containerId ?? scene.containerId;
  const made = place?.create ?? null;
  return [
    here('scene_closed', { sceneId: scene.sceneId, endedAt: clock, significance: input.significance }),
    ...(made === null || containerId === null
      ? []
      : [here('container_created', { containerId, place: { ...made, moving: false, public: true, audibleRange: '', parentId: null } })]),
    ...(place === undefined ? [] : scene.present.map((entityId) => here('activity_set', { entityId, changes: { containerId } }))),
    here('scene_opened', {
      sceneId: input.nextSceneId,
      containerId,
      startedAt: input.opensAt ?? clock,
      participants: scene.present,
      presentSet: presentSetOf(scene.present, cast),
      parentSceneId: null,
    }),
  ];
}

/** One bot's own account of a scene (ME-8). */
export interface SceneAccount {
  readonly ownerId: string;
  readonly summary: string;
  readonly quotes: readonly string[];
  /** What the bot now makes of the others. */
  readonly feelings: readonly { readonly target: string; readonly summary: string }[];
}

export interface SettleScene {
  readonly scene: SceneRow;
  /** The turn at which the scene ended. */
  readonly turnId: string;
  readonly continuityId: string;
  readonly account: SceneAccount;
  /** The owner's memories of the scene. */
  readonly memories: readonly Pick<MemoryRow, 'memoryId' | 'kind' | 'significance'>[];
  /** What the owner witnessed of it, word for word: quotes must stand there. */
  readonly words: readonly string[];
  /** The owner's edges to the others, as they were. */
  readonly edges: readonly EdgeRow[];
  /** A plain account that stands in until the real one can be written. */
  readonly standIn: boolean;
  /** A hand has reworded or deleted the account that stood in: its word stays. */
  readonly byHand: boolean;
}

/**
 * SC-2, ME-7, ME-8: one bot's scene memory, the turn memories that it covers, and what the bot now makes of the others.
 * The memory's id follows from scene and owner: an account written later takes the place of the one before.
 */
export function settleAccount(input: SettleScene): NewEvent[] {
  const { scene, account, memories } = input;
  const summary = trimmed(account.summary, SUMMARY_MOST);
  if (summary === '') return [];
  const { chatId, sceneId } = scene;
  const { ownerId } = account;
  const memoryId = sceneMemoryId(sceneId, ownerId);
  const turnMemories = memories.filter(({ kind }) => kind === 'turn' || kind === 'told');
  const highest = highestOf(turnMemories);
  const written: NewEvent[] = [
    inTurn(chatId, input.turnId, 'memory_written', {
      memoryId,
      ownerId,
      continuityId: input.continuityId,
      kind: 'scene',
      text: summary,
      witnesses: scene.participants,
      clock: scene.endedAt,
      sceneId,
      aboutTurnId: input.turnId,
      source: 'direct',
      reliability: 1,
      // Its turns may be pinned by themselves; their summary need not be too.
      significance: Math.max(1, Math.min(2, highest)) as Significance,
      quotes: highest < QUOTED_FROM ? [] : verbatim(account.quotes, input.words),
    }),
  ];
  const covered = turnMemories.map((memory) => memory.memoryId);
  if (covered.length > 0) written.push(inTurn(chatId, input.turnId, 'memory_covered', { ownerId, sceneMemoryId: memoryId, memoryIds: covered }));
  const events = input.byHand ? [] : written;
  if (input.standIn) return events;
  for (const { target, summary: feeling } of account.feelings) {
    const prior = input.edges.find((edge) => edge.target === target)?.summary ?? '';
    const next = trimmed(feeling, SUMMARY_MOST);
    if (next === '' || next === prior || target === ownerId) continue;
    const pair = { continuityId: input.continuityId, source: ownerId, target };
    events.push(inTurn(chatId, input.turnId, 'edge_summarized', { ...pair, summary: next, prior }));
  }
  return events;
}

/** TN-9: a closed scene's accounts are all written. Where a reply was judged after the scene had closed, it counts here. */
export function settleScene(
  scene: Pick<SceneRow, 'chatId' | 'sceneId' | 'significance'>,
  turnId: string,
  memories: readonly Pick<MemoryRow, 'kind' | 'significance'>[],
): NewEvent {
  const significance = highestOf(memories.filter(({ kind }) => kind === 'turn' || kind === 'told'));
  return inTurn(scene.chatId, turnId, 'scene_settled', { sceneId: scene.sceneId, ...(significance > scene.significance && { significance }) });
}

/** The id of a bot's memory of a scene. */
export function sceneMemoryId(sceneId: string, ownerId: string): string {
  return `${sceneId}.${ownerId}`;
}

/** The highest significance among memories; 0 for none. */
export function highestOf(memories: readonly { readonly significance: Significance }[]): Significance {
  return memories.reduce<Significance>((most, { significance }) => (significance > most ? significance : most), 0);
}

/** ME-8: only what was really said, word for word, counts as a quote. */
function verbatim(quotes: readonly string[], words: readonly string[]): string[] {
  const plain = words.map(flat);
  const kept = quotes
    .map((quote) => trimmed(quote.replace(/^["“”'\s]+|["“”'\s]+$/g, ''), QUOTE_MOST))
    .filter((quote) => quote !== '' && plain.some((text) => text.includes(flat(quote))));
  return [...new Set(kept)].slice(0, QUOTES_MOST);
}

const flat = (text: string): string => text.replaceAll(/\s+/g, ' ').toLowerCase();

function trimmed(text: string, most: number): string {
  return cleanText(text).trim().slice(0, most).toWellFormed();
}
