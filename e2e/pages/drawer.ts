import { expect, type Locator, type Page } from '@playwright/test';
import type { ChatPage } from './chat-page.ts';

/** What stands behind the story, as a hand changes it. */
export class Drawer {
  readonly page: Page;
  readonly root: Locator;
  readonly scene: Locator;
  readonly weather: Locator;
  readonly time: Locator;
  readonly search: Locator;
  readonly pins: Locator;
  readonly memories: Locator;
  readonly undo: Locator;
  readonly toasts: Locator;

  constructor(chat: ChatPage) {
    this.page = chat.page;
    this.root = chat.drawer;
    this.scene = this.root.locator('section').filter({ has: this.page.getByRole('heading', { name: 'Scene' }) });
    this.weather = this.root.getByRole('button', { name: /^Weather:/ });
    this.time = this.root.getByRole('button', { name: /^Story time:/ });
    this.search = this.root.getByRole('searchbox');
    this.pins = this.root.getByRole('button', { name: /pinned$/ });
    this.memories = this.root.getByRole('article');
    this.toasts = this.page.getByRole('status').filter({ has: this.page.getByRole('button', { name: 'Close' }) });
    this.undo = this.toasts.getByRole('button', { name: 'Undo' });
  }

  /** Takes back what a toast tells of: the page may hear of its own change before it is answered. */
  async takeBack(told: string | RegExp): Promise<void> {
    await this.toasts.locator('> div').filter({ hasText: told }).getByRole('button', { name: 'Undo' }).click();
  }

  /** Turns to a tab of the drawer. */
  async turnTo(name: 'On stage' | 'Memories'): Promise<void> {
    await this.root.getByRole('tab', { name }).click();
    await expect(this.root.getByRole('tab', { name })).toHaveAttribute('aria-selected', 'true');
  }

  /** A value from 0 to 100, as it is read: `Affinity, Halina Dobre towards Ada`. */
  score(label: string): Locator {
    return this.root.getByRole('button', { name: new RegExp(`^${label}: `) });
  }

  /** Sets such a value with the arrow keys. */
  async setScore(label: string, from: number, to: number): Promise<void> {
    await this.score(label).click();
    await expect(this.root.getByRole('slider')).toBeFocused();
    const key = to > from ? 'ArrowRight' : 'ArrowLeft';
    for (let step = 0; step < Math.abs(to - from); step += 1) await this.page.keyboard.press(key);
    await this.page.keyboard.press('Enter');
    await expect(this.root.getByRole('slider')).toHaveCount(0);
  }

  /** A memory that says this. */
  memory(text: string): Locator {
    return this.memories.filter({ hasText: text });
  }

  /** Writes a memory by hand; it stands in the list when this ends, unless it was refused. */
  async add(text: string): Promise<void> {
    await this.root.getByRole('button', { name: /^Give .* a memory$/ }).click();
    await this.root.getByRole('textbox', { name: /shall remember$/ }).fill(text);
    await this.root.getByRole('button', { name: 'Keep', exact: true }).click();
  }

  /** Presses one of the tools of a memory. */
  async act(text: string, tool: string | RegExp): Promise<void> {
    const memory = this.memory(text);
    await memory.hover();
    await memory.getByRole('button', { name: tool }).click();
  }
}
