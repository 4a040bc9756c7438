import { expect, type Locator, type Page } from '@playwright/test';
import { Hand } from './hand.ts';

/** One chat: the story, where you write, and what stands behind it. */
export class ChatPage {
  readonly page: Page;
  readonly hand: Hand;
  readonly story: Locator;
  readonly turns: Locator;
  /** The last thing that was said. */
  readonly last: Locator;
  /** The reply that is being written. */
  readonly living: Locator;
  readonly message: Locator;
  readonly send: Locator;
  readonly stop: Locator;
  readonly tryAgain: Locator;
  readonly away: Locator;
  /** Stands beside the model's name while a script answers in place of a model. */
  readonly scripted: Locator;
  readonly drawer: Locator;
  readonly drawerButton: Locator;
  /** What is said about what is written: too long, refused. */
  readonly hints: Locator;

  constructor(page: Page, hand = new Hand()) {
    this.page = page;
    this.hand = hand;
    this.story = page.getByRole('log', { name: 'Story' });
    this.turns = this.story.getByRole('article');
    this.last = this.turns.last();
    this.living = this.story.locator('article[aria-busy=true]');
    this.message = page.getByRole('textbox', { name: /^Message to/ });
    this.send = page.getByRole('button', { name: 'Send', exact: true });
    this.stop = page.getByRole('button', { name: 'Stop the reply' });
    // The one under a reply that broke off; the turn menu has one of its own.
    this.tryAgain = this.story.locator('.chat-ending').getByRole('button', { name: 'Try again' });
    this.away = page.getByText('Offstage does not answer.');
    this.scripted = page.getByRole('main').getByText('scripted', { exact: true });
    this.drawer = page.getByRole('complementary', { name: 'Behind the story' });
    this.drawerButton = page.getByRole('main').getByRole('button', { name: 'Behind the story' });
    this.hints = page.locator('form').getByRole('alert');
  }

  /** What someone has said. */
  turnsOf(name: string): Locator {
    return this.turns.filter({ has: this.page.getByRole('heading', { name, exact: true }) });
  }

  /** Whether the drawer is open: it is drawn a moment after the story, and its button knows before that. */
  async drawerIsOpen(): Promise<boolean> {
    return (await this.drawerButton.getAttribute('aria-expanded')) === 'true';
  }

  /** Opens the drawer where it is closed; ends when it is there. */
  async openDrawer(): Promise<void> {
    if (!(await this.drawerIsOpen())) await this.drawerButton.click();
    await expect(this.drawer).toBeVisible();
  }

  /** Writes and sends a message; ends when it stands in the story, as `shown`. */
  async say(text: string, shown = text): Promise<void> {
    await this.hand.fill(this.message, text);
    await this.hand.click(this.send);
    await expect(this.turns.filter({ hasText: shown }).last()).toBeVisible();
  }

  /** Waits until `name` has answered to the end, and gives the words. */
  async answerOf(name: string): Promise<string> {
    await expect(this.last.getByRole('heading')).toHaveText(name);
    await this.settled();
    return this.wordsOf(this.last);
  }

  /** Asks for the last reply anew; ends when the old one has gone. */
  async again(): Promise<void> {
    await this.tryAgain.click();
    await expect(this.tryAgain).toHaveCount(0);
  }

  /** Waits until no reply is being written. */
  async settled(): Promise<void> {
    await expect(this.living).toHaveCount(0, { timeout: 30_000 });
    await expect(this.send).toBeVisible();
  }

  /** Waits until the living reply shows at least so many words. */
  async streams(words: number): Promise<void> {
    await expect.poll(async () => (await this.wordsOf(this.living)).split(/\s+/).length, { timeout: 20_000 }).toBeGreaterThan(words);
  }

  /** The prose of a turn, without its name and what stands beneath. */
  async wordsOf(turn: Locator): Promise<string> {
    const paragraphs = await turn.locator('.chat-prose > p[dir]:not(.chat-change), .chat-prose > blockquote').allInnerTexts();
    return paragraphs.join('\n');
  }
}
