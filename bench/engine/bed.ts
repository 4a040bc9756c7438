import { randomUUID, randomUUIDv7 } from 'node:crypto';
import type { Core } from '../../apps/server/src/core.ts';
import { createLive } from '../../apps/server/src/live/hub.ts';
import type { Live } from '../../apps/server/src/live/hub.ts';
import { openConfig } from '../../apps/server/src/ops/configFile.ts';
import { openChat, readDrawer } from '../../apps/server/src/story/chatViews.ts';
import { createPeople } from '../../apps/server/src/story/people.ts';
import type { People } from '../../apps/server/src/story/people.ts';
import { inChat, inLibrary, inTurn } from '../../packages/domain/src/index.ts';
import type { Store } from '../../packages/store/src/index.ts';
import { makeLibrary } from '../seed.ts';
import { act, cast, finishReply, kickoffOf, moveHead, openLibrary, playTurn, Texts } from '../story.ts';

/** Chats of a bed: the first is measured, the others share its bot, and so its edges. */
const CHATS = ['a', 'b', 'c'] as const;
export const MEASURED = CHATS[0];

/** Writes a library of so many events: three of five turns go to the chat that is measured. */
export function makeBed(path: string, events: number): Promise<void> {
  const [a, b, c] = CHATS;
  return makeLibrary(path, [a, b, a, c, a], { events }, new Texts({ message: 300, reply: 900 }));
}

type Views = Parameters<typeof openChat>[0];

const MODELS: Core['models'] = {
  choose: () => Promise.reject(new Error('No model is called here.')),
  name: () => ({ endpointId: 'bench', model: 'bench', scripted: true }),
  fallbacks: () => [],
  embedding: () => Promise.resolve(undefined),
  close: () => Promise.resolve(),
};


/** A library with what a server keeps over it, and the operations that are timed on its first chat. */
export class Bed {
  readonly store: Store;
  readonly #live: Live;
  readonly #people: People;
  readonly views: Views;
  readonly #texts = new Texts({ message: 300, reply: 900 });
  #turns = 0;

  private constructor(store: Store, config: Core['config']) {
    this.store = store;
    this.#live = createLive({ store });
    this.#people = createPeople(store);
    this.views = { store, config, models: MODELS, live: this.#live, story: { people: this.#people } };
  }

  static async open(path: string): Promise<Bed> {
    const config = await openConfig(`${path}.toml`, () => new Date().toISOString());
    return new Bed(await openLibrary(path), config);
  }

  /**
   * Plays a turn, rewinds it and returns, makes an alternate of its reply, swipes to and fro, opens the chat; between
   * them another chat plays a turn on the same edges. Answers the milliseconds of each.
   */
  async round(): Promise<Record<Operation, number>> {
    const before = await this.head();
    this.#turns += 1;
    const turn = await timed(() => playTurn(this.store, MEASURED, this.#texts));
    const reply = turn.answer.replyTurnId;
    await playTurn(this.store, CHATS[1 + (this.#turns % 2)] ?? MEASURED, this.#texts);
    const rewind = await timed(() => moveHead(this.store, MEASURED, before, 'rewind'));
    const back = await timed(() => moveHead(this.store, MEASURED, reply, 'undo'));
    const other = await this.#alternate(turn.answer.userTurnId, reply);
    const swipe = await timed(() => moveHead(this.store, MEASURED, reply, 'swipe'));
    const swipeBack = await timed(() => moveHead(this.store, MEASURED, other, 'swipe'));
    const open = await timed(() => openChat(this.views, MEASURED));
    const drawer = await timed(() => readDrawer(this.views, MEASURED));
    return {
      turn: turn.ms,
      rewind: rewind.ms,
      'rewind and return': rewind.ms + back.ms,
      swipe: (swipe.ms + swipeBack.ms) / 2,
      open: open.ms + drawer.ms,
      drawer: drawer.ms,
    };
  }

  /** Rewinds the measured chat by so many full turns, as far as it goes, and undoes that. Milliseconds of each way. */
  async rewindAndUndo(turns: number): Promise<{ away: number; back: number }> {
    const head = await this.head();
    const depth = (await this.store.read.head(MEASURED))?.depth ?? 0;
    const at = Math.max(1, depth - 2 * turns);
    const [target] = await this.store.read.path(MEASURED, at, at + 1);
    const to = target?.turnId ?? head;
    const away = await timed(() => moveHead(this.store, MEASURED, to, 'rewind'));
    const back = await timed(() => moveHead(this.store, MEASURED, head, 'undo'));
    return { away: away.ms, back: back.ms };
  }

  /** TL-10: resets the bot, its chats going back to their kickoffs, and undoes that. Milliseconds of each way. */
  async resetAndUndo(): Promise<{ away: number; back: number }> {
    const { botId } = cast;
    const upTo = await this.store.read.seq();
    const heads = await Promise.all(CHATS.map((chatId) => this.store.read.head(chatId)));
    const moves = CHATS.map((chatId, n) => ({ chatId, from: heads[n]?.turnId ?? '', to: kickoffOf(chatId) }));
    const away = await timed(() =>
      act(this.store, async () => ({
        events: [
          inLibrary('bot_reset', { botId, upTo }),
          ...moves.map(({ chatId, from, to }) => inChat(chatId, 'head_moved', { from, to, reason: 'reset' })),
        ],
        answer: null,
      })),
    );
    const back = await timed(() =>
      act(this.store, async () => ({
        events: [
          inLibrary('bot_reset_undone', { botId, upTo }),
          ...moves.map(({ chatId, from, to }) => inChat(chatId, 'head_moved', { from: to, to: from, reason: 'undo' })),
        ],
        answer: null,
      })),
    );
    return { away: away.ms, back: back.ms };
  }

  async head(): Promise<string> {
    return (await this.store.read.head(MEASURED))?.turnId ?? '';
  }

  async close(): Promise<void> {
    this.#live.close();
    this.#people.close();
    await this.store.close();
  }

  /** Regenerates a reply: a sibling of it, with what its own passes found. Answers the new reply's id. */
  async #alternate(userTurnId: string, reply: string): Promise<string> {
    const replyTurnId = randomUUIDv7();
    await act(
      this.store,
      async (read) => {
        const old = await read.row('turns', reply);
        if (old === undefined) throw new Error('There is no reply to replace.');
        const { parentId, depth, speakerId, addresseeId, sceneId, witnesses, clock, model } = old;
        const start = { parentId, depth, speakerId, addresseeId, sceneId, witnesses, clock, model };
        return {
          events: [
            inChat(MEASURED, 'head_moved', { to: userTurnId, from: reply, reason: 'regenerate' }),
            inTurn(MEASURED, replyTurnId, 'assistant_turn_started', start),
          ],
          answer: null,
        };
      },
      randomUUID(),
    );
    await finishReply(this.store, { userTurnId, replyTurnId }, this.#texts.next().reply);
    return replyTurnId;
  }
}

export type Operation = 'turn' | 'rewind' | 'rewind and return' | 'swipe' | 'open' | 'drawer';

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; answer: T }> {
  const since = performance.now();
  const answer = await work();
  return { ms: performance.now() - since, answer };
}
