import type { Page } from '@playwright/test';
import type { ChatPage } from './pages/chat-page.ts';
import { Drawer } from './pages/drawer.ts';
import { expect, test } from './support/app.ts';
import { expectAccessible } from './support/axe.ts';
import { HALINA, anotherTab, meetHalina } from './support/play.ts';

const TOWARDS = `${HALINA} towards Ada`;

/** A chat with Halina in which something was said, its drawer open. */
async function withDrawer(page: Page): Promise<{ chat: ChatPage; drawer: Drawer }> {
  const chat = await meetHalina(page, 'Ada', [], ['Good evening. I came about the room.']);
  await chat.openDrawer();
  return { chat, drawer: new Drawer(chat) };
}

/** The number that a value shows. */
async function shown(drawer: Drawer, label: string): Promise<number> {
  const name = await drawer.score(label).textContent();
  return Number(/: (\d+),/.exec(name ?? '')?.[1]);
}

test('ED-4 LV-1 an edge is set by hand, seen in another tab, and put back', async ({ page }) => {
  const { chat, drawer } = await withDrawer(page);
  const label = `Affinity, ${TOWARDS}`;
  const before = await shown(drawer, label);
  const second = new Drawer(await anotherTab(chat));
  await drawer.setScore(label, before, before + 7);
  await expect(drawer.score(label)).toHaveAccessibleName(new RegExp(`: ${before + 7},`));
  await expect(drawer.score(label)).toBeFocused();
  await expect(second.score(label)).toHaveAccessibleName(new RegExp(`: ${before + 7},`));
  // Leaving it is no keeping.
  await drawer.score(label).click();
  await page.keyboard.press('ArrowRight');
  await drawer.root.getByRole('button', { name: 'Leave it' }).click();
  await expect(drawer.score(label)).toHaveAccessibleName(new RegExp(`: ${before + 7},`));
  await drawer.undo.click();
  await expect(drawer.toasts).toContainText('Put back as it was.');
  for (const one of [drawer, second]) await expect(one.score(label)).toHaveAccessibleName(new RegExp(`: ${before},`));
});

test('UI-4 UI-7 SC-3 SC-8 values change where they stand by keyboard alone, Esc leaves them, a reload finds them', async ({ page }) => {
  const { chat, drawer } = await withDrawer(page);
  await drawer.weather.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('Sleet, and no wind');
  await page.keyboard.press('Escape');
  await expect(drawer.weather).toBeFocused();
  await expect(drawer.weather).not.toContainText('Sleet');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Snow');
  await page.keyboard.press('Enter');
  await expect(drawer.weather).toHaveText('Snow');
  await drawer.time.click();
  await drawer.root.getByLabel('Story time', { exact: true }).last().fill('2031-05-07T09:30');
  await page.keyboard.press('Enter');
  await expect(drawer.time).toHaveText('Wednesday 7 May, 09:30');
  await drawer.root.getByRole('button', { name: 'Change more of Ada' }).click();
  await drawer.root.getByRole('button', { name: 'What Ada holds: Put something in their hands' }).click();
  await page.keyboard.type('a carpet bag');
  await page.keyboard.press('Enter');
  await expect(drawer.root.getByRole('list', { name: 'What Ada holds' })).toContainText('a carpet bag');
  // What takes the place of something that goes gets the focus.
  await drawer.root.getByRole('button', { name: 'What Ada holds: a carpet bag' }).click();
  await drawer.root.getByRole('button', { name: 'Take away a carpet bag' }).click();
  await expect(drawer.root.getByRole('list', { name: 'What Ada holds' })).not.toContainText('a carpet bag');
  await expect(drawer.root.getByRole('button', { name: 'What Ada holds: Put something in their hands' })).toBeFocused();
  await drawer.undo.last().click();
  await expect(drawer.root.getByRole('list', { name: 'What Ada holds' })).toContainText('a carpet bag');
  await expectAccessible(page);
  await page.reload();
  await expect(drawer.weather).toHaveText('Snow');
  await expect(drawer.time).toHaveText('Wednesday 7 May, 09:30');
  await expect(chat.drawer).toContainText('a carpet bag');
});

test('ME-9 ME-4 OP-8 memories are given, weighed, pinned, reworded, deleted and brought back; both tabs see it; one of 100 KB is refused in words and stays in its field', async ({ page, allowedErrors }) => {
  allowedErrors.push(/413/);
  const { chat, drawer } = await withDrawer(page);
  const second = new Drawer(await anotherTab(chat));
  for (const one of [drawer, second]) await one.turnTo('Memories');
  await drawer.add('I dislike gulls.');
  await expect(second.memory('I dislike gulls.')).toBeVisible();
  await drawer.act('I dislike gulls.', 'Pin it');
  await expect(drawer.pins).toHaveText('1/8 pinned');
  await expect(second.pins).toHaveText('1/8 pinned');
  await drawer.memory('I dislike gulls.').getByRole('button', { name: /^How much it matters/ }).click();
  await drawer.memory('I dislike gulls.').getByRole('button', { name: 'Important' }).click();
  await expect(second.memory('I dislike gulls.')).toContainText('Important');
  await drawer.act('I dislike gulls.', 'Change its words');
  await drawer.root.getByRole('textbox', { name: 'The memory in words' }).fill('I am fond of gulls.');
  await page.keyboard.press('Enter');
  await expect(second.memory('I am fond of gulls.')).toBeVisible();
  await drawer.search.fill('gull');
  await expect(drawer.memories).toHaveCount(1);
  await drawer.search.fill('zeppelin');
  await expect(drawer.root).toContainText('remembers nothing like that');
  await drawer.search.fill('');
  await drawer.act('I am fond of gulls.', 'Delete it');
  await expect(second.memory('I am fond of gulls.')).toHaveCount(0);
  await expect(second.pins).toHaveText('0/8 pinned');
  await drawer.takeBack('The memory is deleted.');
  for (const one of [drawer, second]) {
    await expect(one.memory('I am fond of gulls.')).toContainText('Important');
    await expect(one.pins).toHaveText('1/8 pinned');
  }
  await expectAccessible(page);
  await page.reload();
  await drawer.turnTo('Memories');
  await drawer.pins.click();
  await expect(drawer.memories).toHaveCount(1);
  await expect(drawer.memories).toContainText('I am fond of gulls.');
  await drawer.pins.click();

  const text = 'gulls and '.repeat(10_240);
  await drawer.add(text);
  const field = drawer.root.getByRole('textbox', { name: /shall remember$/ });
  await expect(drawer.root.getByRole('alert')).toHaveText('This is 102,399 characters long; a memory holds 20,000. Shorten it, or write it as several.');
  await expect(field).toHaveValue(text);
  await drawer.turnTo('On stage');
  await drawer.turnTo('Memories');
  await expect(field).toHaveValue(text);
  await field.fill('I dislike herons.');
  await drawer.root.getByRole('button', { name: 'Keep', exact: true }).click();
  await expect(drawer.memory('I dislike herons.')).toContainText('Written by hand');
});

test('SC-2 a scene is closed by hand once it was said what that does, and stands among those before', async ({ page }) => {
  const { drawer } = await withDrawer(page);
  await drawer.root.getByRole('button', { name: 'Close this scene' }).click();
  await expect(drawer.scene).toContainText('keeps an account of it');
  await page.keyboard.press('Escape');
  await expect(drawer.root.getByRole('button', { name: 'Close this scene' })).toBeFocused();
  await page.keyboard.press('Enter');
  await drawer.root.getByRole('button', { name: 'Close it' }).click();
  await expect(drawer.toasts).toContainText('The scene is closed');
  await drawer.root.getByText('One earlier scene').click();
  await expect(drawer.scene.getByRole('listitem')).toHaveCount(1);
  await drawer.turnTo('Memories');
  await drawer.root.getByRole('button', { name: /folded in$/ }).click();
  await expect(drawer.memories.first().getByRole('article').first()).toBeVisible();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('UI-8 UI-4 the drawer is a sheet in which everything has room for a finger', async ({ page }) => {
    const { drawer } = await withDrawer(page);
    await drawer.weather.click();
    await page.keyboard.type('Snow');
    await drawer.time.click();
    await expect(drawer.weather).toHaveText('Snow');
    await page.keyboard.press('Escape');
    await drawer.turnTo('Memories');
    await drawer.memories.first().waitFor();
    await expectAccessible(page);
    for (const button of await drawer.root.getByRole('tabpanel').getByRole('button').all()) {
      const box = await button.boundingBox();
      expect(box?.height, (await button.getAttribute('aria-label')) ?? (await button.innerText())).toBeGreaterThanOrEqual(44);
    }
  });
});
