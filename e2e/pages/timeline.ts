import { expect, type Locator, type Page } from '@playwright/test';
import type { ChatPage } from './chat-page.ts';

/** Going back and across in a story: the turn menu, alternates, the map of branches, looking back. */
export class Timeline {
  readonly chat: ChatPage;
  readonly page: Page;
  /** What is open under a turn, or in its place. */
  readonly work: Locator;
  readonly toasts: Locator;
  readonly undo: Locator;
  /** The branch that the header names. */
  readonly branch: Locator;
  readonly map: Locator;
  readonly past: Locator;
  readonly slider: Locator;

  constructor(chat: ChatPage) {
    this.chat = chat;
    this.page = chat.page;
    this.work = this.page.locator('.chat-work');
    this.toasts = this.page.getByRole('status').filter({ has: this.page.getByRole('button', { name: 'Close' }) });
    this.undo = this.toasts.getByRole('button', { name: 'Undo' });
    this.branch = this.page.locator('.chat-branch');
    this.map = this.page.getByRole('application', { name: 'The story and its branches' });
    this.past = this.page.getByRole('region', { name: 'The past' });
    this.slider = this.past.getByRole('slider');
  }

  /** Does one of the usual things with a turn. */
  async act(turn: Locator, name: string): Promise<void> {
    await turn.hover();
    await turn.getByRole('toolbar').getByRole('button', { name, exact: true }).click();
  }

  /** Does one of the other things. */
  async more(turn: Locator, name: string): Promise<void> {
    await this.act(turn, 'More');
    await this.page.getByRole('menuitem', { name, exact: true }).click();
  }

  /** Presses a button of what is open under a turn. */
  async press(name: string): Promise<void> {
    await this.work.getByRole('button', { name, exact: true }).click();
  }

  /** Another reply in place of one, with other words for the message, or a nudge. */
  async again(reply: Locator, { text, nudge }: { text?: string; nudge?: string }): Promise<void> {
    await this.act(reply, 'Try again');
    if (text !== undefined) await this.work.getByRole('textbox', { name: 'Your message' }).fill(text);
    if (nudge !== undefined) await this.work.getByRole('textbox', { name: /nudge/ }).fill(nudge);
    await this.press('Try again');
    await expect(this.work).toHaveCount(0);
    await this.chat.settled();
  }

  /** The turn at a depth of the story: 0 is the opening, 1 the greeting. Brings it into view. */
  async at(depth: number): Promise<Locator> {
    const row = this.page.locator(`.chat-row[data-index="${depth}"] article`);
    await this.chat.story.press('End');
    for (let page = 0; page < 20 && (await row.count()) === 0; page += 1) await this.chat.story.press('PageUp');
    return row;
  }

  /** Ends when the last turn of the story is the one at this depth. */
  async endsAt(depth: number): Promise<void> {
    await expect(async () => {
      await this.chat.story.press('End');
      await expect(this.page.locator('.chat-row').last()).toHaveAttribute('data-index', String(depth), { timeout: 500 });
    }).toPass({ timeout: 15_000 });
  }

  /** `2 of 3` under a turn. */
  count(turn: Locator): Locator {
    return turn.locator('.chat-alternates-count');
  }

  /** Turns to the map of the story. */
  async openMap(): Promise<void> {
    await this.chat.drawer.getByRole('tab', { name: 'Timeline' }).click();
    await expect(this.map).toBeVisible();
  }

  /** Chooses a branch of the list under the map. */
  async choose(name: string | RegExp): Promise<void> {
    const list = this.chat.drawer.locator('.chat-branches');
    if ((await list.getAttribute('open')) === null) await list.locator('summary').click();
    await list.getByRole('button', { name }).click();
  }
}
