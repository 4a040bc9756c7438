import type { Locator, Page } from '@playwright/test';

/** The page on which a bot is written. */
export class BotForm {
  readonly page: Page;
  readonly name: Locator;
  readonly persona: Locator;
  readonly kickoff: Locator;
  readonly firstWords: Locator;
  readonly save: Locator;

  constructor(page: Page) {
    this.page = page;
    this.name = page.getByRole('textbox', { name: 'Name', exact: true });
    this.persona = page.getByRole('textbox', { name: 'Persona' });
    this.kickoff = page.getByRole('textbox', { name: 'Kickoff' });
    this.firstWords = page.getByRole('textbox', { name: 'First words', exact: true });
    this.save = page.getByRole('button', { name: /^Save/ });
  }
}
