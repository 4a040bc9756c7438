import type { Locator } from '@playwright/test';

/** What a person does with a page, counted: so many clicks, so many fields filled in (UI-9). */
export class Hand {
  clicks = 0;
  fields = 0;

  async click(target: Locator): Promise<void> {
    await target.click();
    this.clicks += 1;
  }

  async fill(field: Locator, text: string): Promise<void> {
    await field.fill(text);
    this.fields += 1;
  }
}
