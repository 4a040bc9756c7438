import type { Page } from '@playwright/test';
import { ChatPage } from '../pages/chat-page.ts';
import { KickoffPage } from '../pages/kickoff-page.ts';
import { WelcomePage } from '../pages/welcome-page.ts';

/** Of the cast that comes along: she speaks first. */
export const HALINA = 'Halina Dobre';

/** From an empty library into a chat with Halina, whose greeting stands. */
export async function meetHalina(page: Page, name = 'Ada'): Promise<ChatPage> {
  const welcome = new WelcomePage(page);
  await page.goto('/');
  await welcome.introduce(name);
  await welcome.sample(HALINA).click();
  await new KickoffPage(page).begin();
  const chat = new ChatPage(page);
  await chat.turnsOf(HALINA).waitFor();
  return chat;
}

/** The same chat in another tab. */
export async function anotherTab(chat: ChatPage): Promise<ChatPage> {
  const page = await chat.page.context().newPage();
  await page.goto(chat.page.url());
  const other = new ChatPage(page);
  await other.last.waitFor();
  return other;
}
