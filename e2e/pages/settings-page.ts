import type { Locator, Page } from '@playwright/test';

/** Which models answer, who you are, how it looks. */
export class SettingsPage {
  readonly page: Page;
  readonly connect: Locator;
  readonly form: Locator;
  readonly startFrom: Locator;
  readonly address: Locator;
  readonly key: Locator;
  readonly test: Locator;
  readonly problem: Locator;
  readonly works: Locator;
  readonly save: Locator;
  /** The choice of the model that writes the replies. */
  readonly writes: Locator;

  constructor(page: Page) {
    this.page = page;
    this.connect = page.getByRole('button', { name: 'Connect a model' });
    this.form = page.getByRole('form', { name: 'Connect a model' });
    this.startFrom = this.form.getByLabel('Start from');
    this.address = this.form.getByLabel('Address');
    this.key = this.form.getByRole('textbox', { name: /^Key/ });
    this.test = this.form.getByRole('button', { name: /test/i });
    this.problem = this.form.getByRole('alert');
    this.works = this.form.getByText(/^It answers/);
    this.save = this.form.getByRole('button', { name: 'Save' });
    this.writes = page.getByLabel('Writes the replies');
  }

  async goto(): Promise<void> {
    await this.page.goto('/settings');
    await this.connect.waitFor();
  }

  /** Opens the form and asks an address; ends with the answer, whichever it is. */
  async ask(address: string): Promise<void> {
    if (!(await this.form.isVisible())) await this.connect.click();
    await this.address.fill(address);
    await this.test.click();
    await this.problem.or(this.works).first().waitFor();
  }
}
