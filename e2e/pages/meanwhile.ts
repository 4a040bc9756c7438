import type { Locator } from '@playwright/test';
import type { ChatPage } from './chat-page.ts';

/** Two who are by themselves: the drawer's part, and what stands of them in the story. */
export class Meanwhile {
  readonly part: Locator;
  /** Whether they go on, and for how long. */
  readonly standing: Locator;
  readonly nudge: Locator;
  /** What went on, told in short where they were. */
  readonly digest: Locator;
  /** What they said, in the story. */
  readonly turns: Locator;
  readonly #chat: ChatPage;

  constructor(chat: ChatPage) {
    this.#chat = chat;
    const { page, drawer, story } = chat;
    this.part = drawer.locator('section').filter({ has: page.getByRole('heading', { name: 'Meanwhile' }) });
    this.standing = this.part.getByRole('status');
    this.nudge = this.part.getByRole('button', { name: /^What the next turn is nudged to/ });
    this.digest = story.getByText('Meanwhile, while you were away:');
    this.turns = story.locator('[data-aside]').getByRole('article');
  }

  /** Leaves them by themselves for so many turns. */
  async begin(turns: number): Promise<void> {
    await this.#chat.openDrawer();
    await this.part.getByRole('spinbutton', { name: 'Turns' }).fill(String(turns));
    await this.press('Leave them by themselves');
  }

  async press(name: string): Promise<void> {
    await this.part.getByRole('button', { name, exact: true }).click();
  }

  /** How far each row of the story reaches into the one below it, in px; 0 where they stand one under the other. */
  overlaps(): Promise<number> {
    return this.#chat.story.evaluate((story) => {
      const boxes = [...story.querySelectorAll('.chat-row')].map((row) => row.getBoundingClientRect()).toSorted((a, b) => a.top - b.top);
      return Math.max(0, ...boxes.map((box, at) => box.bottom - (boxes[at + 1]?.top ?? box.bottom)));
    });
  }
}
