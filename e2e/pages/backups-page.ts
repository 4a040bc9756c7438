import type { Locator, Page } from '@playwright/test';

/** The copies of the library, under Settings, and what is shown where the library is damaged. */
export class BackupsPage {
  readonly page: Page;
  readonly copies: Locator;
  readonly make: Locator;
  /** What stands before every page while the library is in trouble. */
  readonly notice: Locator;
  readonly takeNewest: Locator;

  constructor(page: Page) {
    this.page = page;
    this.copies = page.getByRole('list', { name: 'Copies' }).getByRole('listitem');
    this.make = page.getByRole('button', { name: 'Make a copy now' });
    this.notice = page.getByRole('dialog');
    this.takeNewest = page.getByRole('button', { name: /^Take the copy of/ });
  }

  async open(): Promise<void> {
    await this.page.goto('/settings/backups');
    await this.make.waitFor();
  }

  /** Puts a copy back, having read what that does. */
  async putBack(copy: Locator): Promise<void> {
    await copy.getByRole('button', { name: /^Put back/ }).click();
    await this.page.getByRole('dialog').getByRole('button', { name: 'Put it back' }).click();
  }
}
