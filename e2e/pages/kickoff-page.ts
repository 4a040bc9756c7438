import type { Locator, Page } from '@playwright/test';
import { Hand } from './hand.ts';

/** How a story begins, to correct and confirm. */
export class KickoffPage {
  readonly page: Page;
  readonly hand: Hand;
  readonly start: Locator;
  readonly firstWords: Locator;
  readonly details: Locator;

  constructor(page: Page, hand = new Hand()) {
    this.page = page;
    this.hand = hand;
    this.start = page.getByRole('button', { name: 'Begin', exact: true });
    this.firstWords = page.getByRole('textbox', { name: /first words$/ });
    this.details = page.getByText('Place, time, and the two of you');
  }

  /** Confirms the opening; ends in the chat. */
  async begin(): Promise<void> {
    await this.hand.click(this.start);
    await this.page.waitForURL(/\/chats\//);
  }
}
