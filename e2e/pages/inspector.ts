import { expect, type Locator, type Page } from '@playwright/test';

/** What is looked at beside the story: behind a reply, why an edge is as it is, what the chat sets for itself. */
export class Inspector {
  readonly page: Page;
  /** Behind one reply. */
  readonly panel: Locator;
  readonly blocks: Locator;
  readonly remembered: Locator;
  /** Why one stands to another as they do. */
  readonly edge: Locator;
  readonly steps: Locator;
  /** What the chat sets for itself. */
  readonly tuning: Locator;
  readonly tuningButton: Locator;

  constructor(page: Page) {
    this.page = page;
    this.panel = page.getByRole('complementary', { name: 'Behind this reply' });
    this.blocks = this.panel.getByRole('region', { name: 'In its order' }).getByRole('listitem');
    this.remembered = this.panel.getByRole('region', { name: 'Remembered for this' });
    this.edge = page.getByRole('complementary', { name: 'Why they stand so' });
    this.steps = this.edge.getByRole('article');
    this.tuning = page.getByRole('complementary', { name: 'This chat' });
    this.tuningButton = page.getByRole('main').getByRole('button', { name: 'This chat', exact: true });
  }

  /** The button of a turn that opens what was in its prompt. */
  opener(turn: Locator): Locator {
    return turn.getByRole('button', { name: 'What was in the prompt' });
  }

  /** The line under a turn that says what it changed. */
  changeOf(turn: Locator): Locator {
    return turn.locator('.chat-change');
  }

  /** Opens what stands behind a turn, at its prompt: by its button, or on a phone by the one button that has all. */
  async openFrom(turn: Locator): Promise<void> {
    await turn.hover();
    const more = turn.getByRole('button', { name: 'More' });
    await expect(this.opener(turn).or(more).first()).toBeVisible();
    if (await this.opener(turn).isVisible()) await this.opener(turn).click();
    else {
      await more.click();
      await this.page.getByRole('menuitem', { name: 'What was in the prompt' }).click();
    }
    await expect(this.panel).toBeVisible();
  }

  tab(name: 'What changed' | 'Prompt' | 'Noted after'): Locator {
    return this.panel.getByRole('tab', { name });
  }
}
