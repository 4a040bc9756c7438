import type { Frame } from '@offstage/domain';
import { tabId } from '../../lib/ids.ts';
import { problemOf } from '../../lib/problem.ts';
import { chatAhead, onceOnItsWay, server } from '../../lib/trpc.ts';
import type { MemoryRow } from './model/memory-list.ts';
import type { ChatApi, Connection } from './model/session.ts';

/** A subscription that ended where none should is asked for again after this long, in ms. */
const LISTEN_AGAIN = 2_000;

/** What became of a message, as the page needs it. */
export interface Said {
  readonly said: string | null;
  readonly replyTurnId: string;
}

/** What the chat page asks of the server beside what a session does by itself. */
interface ChatServer extends ChatApi {
  /** Sends a message; `left` is called once, when it is on its way or could not be sent. */
  send(input: { commandId: string; chatId: string; head: string; text: string; to?: string | undefined }, left: () => void): Promise<Said>;
  /** Stands the chat at another turn, so that what is sent next branches off there. */
  branchAt(input: { commandId: string; chatId: string; to: string }): Promise<unknown>;
  stop(chatId: string): Promise<unknown>;
  retry(input: { commandId: string; chatId: string; head: string }): Promise<unknown>;
  /** Goes on with a reply that broke off (TN-6). */
  goOn(input: { commandId: string; chatId: string; head: string }): Promise<unknown>;
  rename(input: { commandId: string; chatId: string; title: string }): Promise<unknown>;
  typing(chatId: string): Promise<unknown>;
  memories(input: { chatId: string; ownerId: string; before: number | undefined; limit: number }, signal: AbortSignal): Promise<readonly MemoryRow[]>;
}

/** The server, as the chat page knows it. */
export const chatServer: ChatServer = {
  open: (chatId, signal) => {
    const anew = () => server.chats.open.query({ chatId }, { signal });
    return chatAhead.take(chatId)?.catch(anew) ?? anew();
  },
  // The server's pages end before `to`.
  page: (chatId, { from, to }, signal) => server.transcript.page.query({ chatId, from, to: to + 1 }, { signal }),
  drawer: (chatId, signal) => server.chats.drawer.query({ chatId }, { signal }),
  cast: (chatId, signal) => server.chats.cast.query({ chatId }, { signal }),
  silent: (problem) => problemOf(problem).code === 'unreachable',
  memories: (input, signal) => server.chats.memories.query(input, { signal }),
  send(input, left) {
    let gone = false;
    const leave = (): void => {
      if (!gone) left();
      gone = true;
    };
    onceOnItsWay(leave);
    return server.turns.send.mutate(input).finally(leave);
  },
  branchAt: (input) => server.timeline.move.mutate({ ...input, reason: 'branch' }),
  stop: (chatId) => server.turns.stop.mutate({ chatId }),
  retry: (input) => server.turns.regenerate.mutate(input),
  goOn: (input) => server.turns.continue.mutate(input),
  rename: (input) => server.chats.rename.mutate(input),
  typing: (chatId) => server.chats.typing.mutate({ chatId, tabId }),
  live,
};

function live(chatId: string, cursor: string, heard: (frame: Frame, cursor: string | null) => void, stands: (now: Connection) => void): () => void {
  let latest = cursor;
  let again: ReturnType<typeof setTimeout> | undefined;
  let subscription = listen();

  function listen() {
    return server.live.subscribe(
      { chatId, tabId, lastEventId: latest },
      {
        onData(told) {
          // Durable frames come in an envelope with their cursor, the others bare.
          if ('id' in told) {
            latest = told.id;
            heard(told.data, told.id);
          } else heard(told, null);
        },
        onConnectionStateChange({ state }) {
          if (state !== 'pending') stands('connecting');
        },
        onError: later,
        onComplete: later,
      },
    );
  }

  /** The connection itself comes back alone; a subscription that the server ended does not. */
  function later(): void {
    stands('connecting');
    again ??= setTimeout(() => {
      again = undefined;
      subscription.unsubscribe();
      subscription = listen();
    }, LISTEN_AGAIN);
  }

  return () => {
    if (again !== undefined) clearTimeout(again);
    subscription.unsubscribe();
  };
}
