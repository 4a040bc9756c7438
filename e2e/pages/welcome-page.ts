import type { Locator, Page } from '@playwright/test';
import { Hand } from './hand.ts';

/** The first run: who you are, then whom you play with. */
export class WelcomePage {
  readonly page: Page;
  readonly hand: Hand;
  readonly name: Locator;
  readonly proceed: Locator;
  /** The question that opens the second step. */
  readonly whom: Locator;
  readonly write: Locator;
  readonly import: Locator;

  constructor(page: Page, hand = new Hand()) {
    this.page = page;
    this.hand = hand;
    this.name = page.getByRole('textbox', { name: 'What shall they call you?' });
    this.proceed = page.getByRole('button', { name: 'Continue' });
    this.whom = page.getByRole('heading', { name: /^Whom would you like to meet/ });
    this.write = page.getByRole('link', { name: 'Write a bot' });
    this.import = page.getByRole('link', { name: 'Import a card' });
  }

  /** One of the cast that comes along. */
  sample(name: string): Locator {
    return this.page.getByRole('main').getByRole('button', { name: new RegExp(name) });
  }

  /** Says who you are; ends at the question whom to play with. */
  async introduce(name: string): Promise<void> {
    await this.hand.fill(this.name, name);
    await this.hand.click(this.proceed);
    await this.whom.waitFor();
  }
}
