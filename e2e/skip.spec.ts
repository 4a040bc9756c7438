import { expect, test } from './support/app.ts';
import { expectAccessible } from './support/axe.ts';
import { anotherTab, meetHalina } from './support/play.ts';
import { Skipping } from './pages/skipping.ts';

test('TN-2 UI-5 commands complete as one types, by keyboard, and /help lists them', async ({ page, allowedErrors }) => {
  // What is refused is refused with a status that the browser notes.
  allowedErrors.push(/status of 400/);
  const chat = await meetHalina(page);
  const skipping = new Skipping(chat);
  await chat.message.focus();
  await page.keyboard.type('/');
  await expect(skipping.commands.getByRole('option').first()).toHaveAttribute('aria-selected', 'true');
  await expectAccessible(page);
  await page.keyboard.type('h');
  await expect(skipping.commands.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Tab');
  await expect(chat.message).toHaveValue('/help');
  await page.keyboard.press('Enter');
  await expect(skipping.help).toContainText('/skip WHEN');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(chat.message).toHaveValue('');

  await chat.message.fill('/ro');
  await skipping.commands.getByRole('option').click();
  await expect(chat.message).toHaveValue('/roll ');
  await expect(chat.message).toBeFocused();
  await page.keyboard.type('2d6 to find the key');
  await page.keyboard.press('Enter');
  await expect(chat.last).toContainText(/rolls 2d6 to find the key: \d \+ \d = \d+/);

  await chat.message.fill('/dance');
  await page.keyboard.press('Enter');
  await expect(chat.hints).toContainText('There is no command /dance.');
  await expect(chat.message).toHaveValue('/dance');
});

test('SC-4 SC-5 LV-1 skipping ahead in two tabs: asked, taken back, answered, by words and from the drawer', async ({ page, allowedErrors }) => {
  test.setTimeout(150_000);
  allowedErrors.push(/status of 400/);
  await page.setViewportSize({ width: 1440, height: 900 });
  const chat = await meetHalina(page);
  const here = new Skipping(chat);
  const second = await anotherTab(chat);
  const there = new Skipping(second);

  // A leap asks first, in every tab, and after a reload too; taken back it gives the words back.
  await chat.message.fill('*The next morning.*');
  await chat.send.click();
  await expect(here.notable).toBeFocused();
  await expect(there.question).toBeVisible();
  await here.notable.fill('We talked all night, and');
  await page.reload();
  await expect(here.notable).toHaveValue('We talked all night, and');
  await expectAccessible(page);
  await here.question.getByRole('button', { name: 'Not now' }).click();
  await expect(there.question).toHaveCount(0);
  await expect(chat.message).toHaveValue('*The next morning.*');
  await expect(chat.turns).toHaveCount(1);

  // Another message in its place: nothing that was written is lost, and it is said where it is.
  await chat.send.click();
  await expect(here.notable).toHaveValue('We talked all night, and');
  await expect(here.question).toContainText('Your words from before are still here.');
  await here.notable.fill('We talked all night,');
  await chat.message.fill('/roll d6');
  await chat.send.click();
  await expect(page.getByText('The skip was not made. The message that asked for it is back below. What you wrote about the time in between is kept for the next one.')).toBeVisible();
  await expect(here.question).toHaveCount(0);
  await expect(chat.message).toHaveValue('*The next morning.*');

  // Answered in the other tab, told in both.
  await chat.send.click();
  await expect(here.notable).toHaveValue('We talked all night,');
  await there.notable.fill('We talked all night, and became friends.');
  await second.page.keyboard.press('Enter');
  await expect(here.lines).toHaveCount(1);
  await chat.settled();
  await expect(here.question).toHaveCount(0);
  await expect(here.lines.first().locator('.chat-change')).toContainText('affinity +3');
  await expect(there.lines.first()).toContainText(/\w{3,}/);

  // From the drawer: what is refused, and what needs no question.
  await here.openPart();
  await here.part.getByRole('textbox', { name: /To when/ }).fill('yesterday');
  await page.keyboard.press('Enter');
  await expect(here.part.getByRole('alert')).toContainText('A skip goes ahead, never back.');
  await here.part.getByRole('button', { name: 'An hour' }).click();
  await expect(here.lines).toHaveCount(2);
  await chat.settled();
  await expect(there.lines).toHaveCount(2);
  await expect(chat.drawer).toContainText('09:00');
  await expectAccessible(page);
});
