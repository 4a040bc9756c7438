import { randomUUID } from 'node:crypto';
import { type APIResponse, type Page, expect } from '@playwright/test';
import { ChatPage } from '../pages/chat-page.ts';
import { newWindow } from './window.ts';

/** Of the cast that comes along: she speaks first. */
export const HALINA = 'Halina Dobre';

/**
 * In a chat with Halina, whose greeting stands. It is begun over the wire: the way there by hand is `first-words.spec`'s
 * to try, and everybody else's to get behind them. Those `alongside` are in the library too, and `lines` have been said and answered.
 */
export async function meetHalina(page: Page, name = 'Ada', alongside: readonly string[] = [], lines: readonly string[] = []): Promise<ChatPage> {
  const { chatId } = await beginWithHalina(page, name, alongside);
  await playOver(page, chatId, lines);
  await page.goto(`/chats/${chatId}`);
  const chat = new ChatPage(page);
  await chat.turnsOf(HALINA).last().waitFor();
  return chat;
}

/** A chat with Halina, not looked at yet. */
export async function beginWithHalina(page: Page, name: string, alongside: readonly string[]): Promise<{ chatId: string; personaId: string; botId: string }> {
  const { personaId } = await tell<{ personaId: string }>(page, 'personas.author', { identity: { name } });
  const samples = await ask<readonly { readonly sampleId: string; readonly name: string }[]>(page, 'samples.list');
  const sampleIds = samples.filter((sample) => sample.name === HALINA || alongside.includes(sample.name)).map(({ sampleId }) => sampleId);
  await tell(page, 'samples.add', { sampleIds });
  const bots = await ask<readonly { readonly botId: string; readonly name: string }[]>(page, 'bots.list');
  const botId = bots.find((bot) => bot.name === HALINA)?.botId ?? '';
  const { draft } = await ask<{ draft: object }>(page, 'kickoff.read', { botId, personaId });
  const { chatId } = await tell<{ chatId: string }>(page, 'chats.begin', { botId, personaId, continuity: 'shared', draft });
  return { chatId, personaId, botId };
}

/** Plays turns where a chat stands, each until its reply is whole. */
async function playOver(page: Page, chatId: string, lines: readonly string[]): Promise<void> {
  const open = () => ask<{ readonly head: string; readonly turns: readonly { readonly turnId: string; readonly status: string }[] }>(page, 'chats.open', { chatId });
  for (const text of lines) {
    const { head } = await open();
    const { replyTurnId } = await tell<{ replyTurnId: string }>(page, 'turns.send', { chatId, head, text });
    await expect.poll(async () => (await open()).turns.find(({ turnId }) => turnId === replyTurnId)?.status, { intervals: [50, 100, 200], timeout: 30_000 }).toBe('whole');
  }
}

/** Asks the server for something. */
export async function ask<Answer>(page: Page, path: string, input?: object): Promise<Answer> {
  const query = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`;
  // Where the model is made slow, it reads the opening slowly too.
  return answerOf<Answer>(await page.request.get(`/trpc/${path}${query}`, { timeout: 60_000 }));
}

/** Has the server do something, under an id of its own. */
export async function tell<Answer>(page: Page, path: string, input: object): Promise<Answer> {
  return answerOf<Answer>(await page.request.post(`/trpc/${path}`, { data: { commandId: randomUUID(), ...input } }));
}

async function answerOf<Answer>(response: APIResponse): Promise<Answer> {
  if (!response.ok()) throw new Error(`${response.url()} answered ${response.status()}: ${await response.text()}`);
  const { result } = (await response.json()) as { readonly result: { readonly data: Answer } };
  return result.data;
}

/** The same chat in another tab. */
export async function anotherTab(chat: ChatPage): Promise<ChatPage> {
  const page = await newWindow(chat.page);
  await page.goto(chat.page.url());
  const other = new ChatPage(page);
  await other.last.waitFor();
  return other;
}
