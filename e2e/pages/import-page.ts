import type { Locator, Page } from '@playwright/test';

export interface CardFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** Looking at a character card before it becomes a bot. */
export class ImportPage {
  readonly page: Page;
  readonly choose: Locator;
  readonly problem: Locator;
  readonly keepAndPlay: Locator;
  readonly keepAndChange: Locator;

  constructor(page: Page) {
    this.page = page;
    this.choose = page.getByRole('button', { name: /^Choose (a|another) file$/ });
    this.problem = page.getByRole('main').getByRole('alert');
    this.keepAndPlay = page.getByRole('button', { name: 'Keep and play' });
    this.keepAndChange = page.getByRole('button', { name: 'Keep and change' });
  }

  async goto(): Promise<void> {
    await this.page.goto('/bots/import');
    await this.choose.waitFor();
  }

  /** Picks a file by the button: its content, or where it lies. */
  async pick(file: CardFile | string): Promise<void> {
    const [chooser] = await Promise.all([this.page.waitForEvent('filechooser'), this.choose.click()]);
    await chooser.setFiles(file);
  }

  /** Drops a file on whatever page is shown. */
  async drop(file: CardFile): Promise<void> {
    const carried = await this.page.evaluateHandle(
      ({ name, mimeType, base64 }) => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const transfer = new DataTransfer();
        transfer.items.add(new File([bytes], name, { type: mimeType }));
        return transfer;
      },
      { name: file.name, mimeType: file.mimeType, base64: file.buffer.toString('base64') },
    );
    const body = this.page.locator('body');
    await body.dispatchEvent('dragover', { dataTransfer: carried });
    await body.dispatchEvent('drop', { dataTransfer: carried });
  }

  /** The name of the character that the card holds. */
  character(name: string): Locator {
    return this.page.getByRole('heading', { level: 2, name, exact: true });
  }
}
