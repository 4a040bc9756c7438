import type { Locator, Page } from '@playwright/test';
import { ChatPage } from './pages/chat-page.ts';
import { KickoffPage } from './pages/kickoff-page.ts';
import { Timeline } from './pages/timeline.ts';
import { WelcomePage } from './pages/welcome-page.ts';
import { expect, test } from './support/app.ts';
import { HALINA } from './support/play.ts';

/** Goes on with Tab, or back with Shift and Tab, until something has the focus. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await target.waitFor();
  for (let stops = 0; stops < 60 && !(await target.evaluate((element) => element.matches(':focus'))); stops += 1) await page.keyboard.press(key);
  await expect(target).toBeFocused();
}

test('UI-7 UI-5 UI-9 TL-5 from the first run to a rewind and its undo without a pointer', async ({ page }) => {
  test.setTimeout(120_000);
  const welcome = new WelcomePage(page);
  const kickoff = new KickoffPage(page);
  const chat = new ChatPage(page);
  const story = new Timeline(chat);
  const { keyboard } = page;

  await page.goto('/');
  await tabTo(page, welcome.name);
  await keyboard.type('Ada');
  await keyboard.press('Enter');
  await welcome.whom.waitFor();
  await tabTo(page, welcome.sample(HALINA));
  await keyboard.press('Enter');
  await tabTo(page, kickoff.start);
  await keyboard.press('Enter');
  await chat.turnsOf(HALINA).waitFor();

  // The chat begins where one writes.
  await expect(chat.message).toBeFocused();
  await keyboard.type('Good evening. I came about the room.');
  await keyboard.press('Enter');
  const first = await chat.answerOf(HALINA);
  await keyboard.type('Is it warm?');
  await keyboard.press('Enter');
  await expect(chat.turns).toHaveCount(5);
  await chat.settled();

  // The up arrow edits what was sent last; Esc leaves it, Ctrl and Enter keep it; either way one is back where one writes.
  await keyboard.press('ArrowUp');
  const words = page.getByRole('textbox', { name: 'The words of this turn' });
  await expect(words).toBeFocused();
  await keyboard.press('Escape');
  await expect(chat.message).toBeFocused();
  await keyboard.press('ArrowUp');
  await expect(words).toBeFocused();
  await keyboard.press('ControlOrMeta+A');
  await keyboard.type('Is it dry?');
  await keyboard.press('ControlOrMeta+Enter');
  await expect(chat.turns.nth(3)).toContainText('Is it dry?');
  await expect(chat.message).toBeFocused();

  // Back through the story, one stop for each turn; the arrow keys go over what can be done with one.
  const tools = (turn: Locator): Locator => turn.getByRole('toolbar').getByRole('button').first();
  await tabTo(page, tools(chat.turns.nth(3)), 'Shift+Tab');
  await keyboard.press('Shift+Tab');
  await expect(tools(chat.turns.nth(2))).toBeFocused();
  const rewind = chat.turns.nth(2).getByRole('button', { name: 'Rewind to here' });
  for (let steps = 0; steps < 5 && !(await rewind.evaluate((element) => element.matches(':focus'))); steps += 1) await keyboard.press('ArrowRight');
  await expect(rewind).toBeFocused();
  await keyboard.press('Enter');
  await expect(story.work).toContainText('2 turns');
  await tabTo(page, story.work.getByRole('button', { name: 'Rewind to here', exact: true }));
  await keyboard.press('Enter');
  await expect(chat.turns).toHaveCount(3);
  expect(await chat.wordsOf(chat.last)).toBe(first);

  // By name: Undo, while its toast stands; then the drawer's map; then another page and back.
  const palette = page.getByRole('dialog', { name: 'Go to, or do' });
  await keyboard.press('ControlOrMeta+K');
  await expect(palette.getByRole('combobox')).toBeFocused();
  await keyboard.type('undo');
  await expect(palette.getByRole('option', { name: /^Undo: Rewound/ })).toHaveAttribute('aria-selected', 'true');
  await keyboard.press('Enter');
  await expect(chat.turns).toHaveCount(5);
  await keyboard.press('ControlOrMeta+K');
  await keyboard.type('map branches');
  await keyboard.press('Enter');
  await expect(story.map).toBeVisible();
  await keyboard.press('ControlOrMeta+K');
  await keyboard.type('skip ahead');
  await keyboard.press('Enter');
  await expect(chat.drawer.getByRole('button', { name: 'Skip ahead', exact: true })).toBeFocused();
  await expect(chat.drawer.getByRole('group', { name: 'How far' })).toBeVisible();

  // The list of keys, by its own; it gives the focus back.
  await keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await keyboard.press('Escape');
  await expect(chat.drawer.getByRole('button', { name: 'Skip ahead', exact: true })).toBeFocused();
  await keyboard.press('ControlOrMeta+K');
  await keyboard.type('settings');
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await expect(page.getByRole('main')).toBeFocused();
});
