import { expect, type Locator } from '@playwright/test';
import type { ChatPage } from './chat-page.ts';

/** Those who are in the story: a guest who comes and goes, and whom one speaks to. */
export class Company {
  readonly cast: Locator;
  readonly bringIn: Locator;
  readonly picker: Locator;
  /** How three who are here are together. */
  readonly together: Locator;
  /** Above what one writes, where several could be meant. */
  readonly addressees: Locator;
  readonly #chat: ChatPage;

  constructor(chat: ChatPage) {
    this.#chat = chat;
    const { page, drawer } = chat;
    this.cast = drawer.locator('section').filter({ has: page.getByRole('heading', { name: 'Cast' }) });
    this.bringIn = this.cast.getByRole('button', { name: 'Bring in a guest' });
    this.picker = this.cast.getByRole('group', { name: 'Who comes in' });
    this.together = drawer.getByRole('button', { name: /^How you are together/ });
    this.addressees = page.getByRole('group', { name: 'Whom you speak to' });
  }

  async openDrawer(): Promise<void> {
    await this.#chat.openDrawer();
    await expect(this.cast).toBeVisible();
  }

  /** Brings somebody in; ends when the story says so. */
  async invite(name: string): Promise<void> {
    await this.bringIn.click();
    await this.picker.getByRole('button', { name }).click();
    await expect(this.says(`${name} joins you.`)).toBeVisible();
  }

  /** Lets the guest go; ends when the story says so. */
  async letGo(name: string): Promise<void> {
    await this.cast.getByRole('button', { name: `Let ${name} go` }).click();
    await expect(this.says(`${name} leaves.`)).toBeVisible();
  }

  /** A quiet line of the story itself. */
  says(line: string): Locator {
    return this.#chat.story.getByText(line, { exact: true });
  }

  /** The one who will be spoken to as things stand. */
  likely(name: string): Locator {
    return this.addressees.locator('[data-likely]').filter({ hasText: name });
  }
}
