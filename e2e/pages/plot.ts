import { expect, type Locator } from '@playwright/test';
import type { ChatPage } from './chat-page.ts';

/** What lies ahead, what is open, who has what: the drawer's part about the plot. */
export class Plot {
  readonly root: Locator;
  readonly form: Locator;
  readonly #chat: ChatPage;

  constructor(chat: ChatPage) {
    this.#chat = chat;
    this.root = chat.drawer.getByRole('tabpanel', { name: 'Plot' });
    this.form = this.root.getByRole('form', { name: 'A new plan' });
  }

  /** Turns to it; the drawer is opened where it is closed. */
  async open(): Promise<void> {
    await this.#chat.openDrawer();
    await this.#chat.drawer.getByRole('tab', { name: 'Plot' }).click();
    await expect(this.root.getByRole('heading', { name: 'Plans' })).toBeVisible();
  }

  /** A plan that stands, by its name. */
  plan(title: string): Locator {
    return this.root.getByRole('list', { name: 'Plans' }).getByRole('article', { name: title });
  }

  /** A matter that is open, by its name. */
  looseEnd(title: string | RegExp): Locator {
    return this.root.getByRole('list', { name: 'Loose ends' }).getByRole('article', { name: title });
  }

  /** A thing that somebody has, by its name. */
  thing(name: string): Locator {
    return this.root.getByRole('article', { name });
  }
}
