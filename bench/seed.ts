import { randomUUIDv7 } from 'node:crypto';
import type { NewEvent } from '../packages/domain/src/index.ts';
import { inTurn } from '../packages/domain/src/index.ts';
import { advanced } from '../packages/domain/src/projections/stages.ts';
import type { Store } from '../packages/store/src/index.ts';
import { act, begin, cast, moved, names, openLibrary } from './story.ts';
import type { Texts } from './story.ts';

/** Turns written in one commit. */
const AT_ONCE = 200;

/** Events that one full turn is made of. */
const EVENTS_A_TURN = 7;

/** How long chats are to become: all in full turns, or the whole library in events. */
export type Length = { readonly turns: number } | { readonly events: number };

/**
 * Writes a library with these chats, which share a bot and so its edges. Turns go to them one after another; a chat
 * named twice gets twice as many.
 */
export async function makeLibrary(path: string, chatIds: readonly string[], length: Length, texts: Texts): Promise<void> {
  const store = await openLibrary(path);
  try {
    await begin(store, [...new Set(chatIds)]);
    const turns = 'turns' in length ? length.turns : Math.ceil((length.events - (await store.read.seq())) / EVENTS_A_TURN);
    await seedTurns(store, chatIds, turns, texts);
  } finally {
    await store.close();
  }
}

interface Place {
  head: string;
  depth: number;
  clock: string | null;
}

/**
 * Writes full turns quickly: the same seven events in the same order as a turn that is played, but many turns in one
 * commit. The turns go to the chats by turns; a chat named twice gets twice as many.
 */
export async function seedTurns(store: Store, chatIds: readonly string[], turns: number, texts: Texts): Promise<void> {
  const places = new Map<string, Place>();
  for (const chatId of new Set(chatIds)) places.set(chatId, await standingOf(store, chatId));
  for (let done = 0; done < turns; done += AT_ONCE) {
    const events: NewEvent[] = [];
    for (let n = done; n < Math.min(done + AT_ONCE, turns); n += 1) {
      const chatId = chatIds[n % chatIds.length] ?? '';
      const place = places.get(chatId);
      if (place !== undefined) events.push(...turnOf(chatId, place, texts));
    }
    await act(store, async () => ({ events, answer: null }));
  }
}

async function standingOf(store: Store, chatId: string): Promise<Place> {
  const [head, stage] = await Promise.all([store.read.head(chatId), store.read.row('stages', chatId)]);
  if (head === undefined) throw new Error(`The chat ${chatId} has no turn yet.`);
  return { head: head.turnId, depth: head.depth, clock: stage?.clock ?? null };
}

/** The events of one full turn on top of where the chat stands; moves `place` on. */
function turnOf(chatId: string, place: Place, texts: Texts): NewEvent[] {
  const { botId, personaId, continuityId } = cast;
  const { message, reply } = texts.next();
  const [userTurnId, replyTurnId] = [randomUUIDv7(), randomUUIDv7()];
  const common = { sceneId: `${chatId}-scene`, witnesses: [personaId, botId], clock: place.clock };
  const [felt, passed] = moved(chatId, replyTurnId, place.clock);
  if (felt === undefined || passed === undefined) throw new Error('A turn moved nothing.');
  const events = [
    inTurn(chatId, userTurnId, 'user_turn', {
      ...common,
      parentId: place.head,
      depth: place.depth + 1,
      speakerId: personaId,
      addresseeId: botId,
      text: message,
    }),
    inTurn(chatId, replyTurnId, 'assistant_turn_started', {
      ...common,
      parentId: userTurnId,
      depth: place.depth + 2,
      speakerId: botId,
      addresseeId: personaId,
      model: 'bench',
    }),
    inTurn(chatId, replyTurnId, 'assistant_turn', {
      text: reply,
      truncated: false,
      finishReason: 'stop',
      usage: { prompt: 4_000, completion: 220 },
      problem: null,
    }),
    inTurn(chatId, replyTurnId, 'memory_written', {
      memoryId: randomUUIDv7(),
      ownerId: botId,
      continuityId,
      kind: 'turn',
      text: `${names.get(personaId) ?? ''} said to me: ${message}\nI said to ${names.get(personaId) ?? ''}: ${reply}`,
      witnesses: common.witnesses,
      clock: place.clock,
      sceneId: common.sceneId,
      aboutTurnId: replyTurnId,
      source: 'direct',
      reliability: 1,
      significance: 1,
    }),
    felt,
    passed,
    inTurn(chatId, replyTurnId, 'passes_settled', {}),
  ];
  place.head = replyTurnId;
  place.depth += 2;
  place.clock = advanced(place.clock, 3);
  return events;
}
