import type { Locator } from '@playwright/test';
import type { ChatPage } from './chat-page.ts';

/** Commands in place of a message, and skips. */
export class Skipping {
  readonly chat: ChatPage;
  /** The commands that what is typed may become. */
  readonly commands: Locator;
  readonly help: Locator;
  /** The lines that tell a skip. */
  readonly lines: Locator;
  /** The question before a leap in time. */
  readonly question: Locator;
  readonly notable: Locator;
  /** The drawer's part. */
  readonly part: Locator;

  constructor(chat: ChatPage) {
    const { page } = chat;
    this.chat = chat;
    this.commands = page.getByRole('listbox', { name: 'Commands' });
    this.help = page.getByRole('dialog', { name: 'What you can type' });
    this.lines = chat.turns.filter({ has: page.getByRole('heading', { name: 'Time passes', exact: true }) });
    this.question = page.getByRole('form', { name: 'Skip ahead' });
    this.notable = this.question.getByRole('textbox', { name: 'Anything notable in between?' });
    this.part = chat.drawer.locator('section').filter({ has: page.getByRole('heading', { name: 'Skip ahead' }) });
  }

  /** Opens the drawer's part, the drawer too where it is shut. */
  async openPart(): Promise<void> {
    await this.chat.openDrawer();
    const fold = this.part.getByRole('button', { name: 'Skip ahead', exact: true });
    if ((await fold.getAttribute('aria-expanded')) === 'false') await fold.click();
    await this.part.getByRole('group', { name: 'How far' }).waitFor();
  }
}
