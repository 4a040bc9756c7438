import type { Purpose, WaitingCall } from '@offstage/model';
import type { Core } from '../core.ts';

/** A call that has not been sent yet, as a page lists it (MO-5). Times in ms since 1970. */
export interface WaitingLine {
  readonly id: string;
  readonly purpose: Purpose;
  readonly provider: string;
  readonly model: string;
  readonly weight: number;
  readonly since: number;
  /** Calls before it in line; null for one that waits until a time. */
  readonly ahead: number | null;
  readonly until: number | null;
  /** The chat that it is for, where it is for one. */
  readonly chat: { readonly chatId: string; readonly title: string } | null;
}

/** The calls that wait for a place or a time, the oldest first. */
export async function waitingLines({ gateway, store }: Pick<Core, 'gateway' | 'store'>): Promise<WaitingLine[]> {
  const titles = new Map<string, Promise<string | undefined>>();
  const titleOf = (chatId: string): Promise<string | undefined> => {
    const known = titles.get(chatId) ?? store.read.row('chats', chatId).then((chat) => chat?.title);
    titles.set(chatId, known);
    return known;
  };
  return Promise.all(
    gateway.waiting().map(async ({ id, purpose, endpointName, model, weight, since, ahead, until, chatId }: WaitingCall) => {
      const title = chatId === undefined ? undefined : await titleOf(chatId);
      const chat = chatId === undefined || title === undefined ? null : { chatId, title };
      return { id, purpose, provider: endpointName, model, weight, since, ahead, until, chat };
    }),
  );
}
