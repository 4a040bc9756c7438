import { readFileSync } from 'node:fs';
import { expect, test } from './support/app.ts';
import { expectAccessible } from './support/axe.ts';
import { HALINA, anotherTab, meetHalina } from './support/play.ts';

const SECRET = 'Zanzibarmark';

test('TL-12 a chat is deleted for good once its title is typed; the other tab hears of it, and the file holds no trace; then its bot, from its page and by keyboard', async ({ page, app, allowedErrors }) => {
  allowedErrors.push(/status of 404/);
  const chat = await meetHalina(page);
  await chat.say(`The word is ${SECRET}.`);
  await chat.answerOf(HALINA);
  const other = await anotherTab(chat);
  await page.goto('/');
  await page.getByRole('button', { name: /^Delete .* for good$/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete for good?' });
  await expect(dialog).toContainText('The whole chat goes: 4 turns');
  await expectAccessible(page);
  const sure = dialog.getByRole('button', { name: 'Delete for good' });
  const name = dialog.getByRole('textbox');
  await name.fill('Another');
  await expect(sure).toBeDisabled();
  const label = (await dialog.locator('label').textContent()) ?? '';
  await name.fill(/“(.*)”/.exec(label)?.[1] ?? '');
  await sure.click();
  await expect(page.getByText('is gone for good')).toBeVisible();
  await expect(page.getByText('Your stories will stand here')).toBeVisible();
  await expect(other.page.getByText('no longer there')).toBeVisible();
  for (const end of ['', '-wal']) expect(readFileSync(app.library + end).toString('latin1')).not.toContain(SECRET);

  await page.goto('/bots');
  await page.getByRole('link', { name: HALINA }).first().click();
  const button = page.getByRole('button', { name: `Delete ${HALINA} for good` });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText(`${HALINA} goes, with`);
  await dialog.getByRole('textbox').fill(HALINA.toLowerCase());
  await page.keyboard.press('Enter');
  await expect(page.getByText('is gone for good')).toBeVisible();
  await expect(page).toHaveURL(/\/bots$/);
  await expect(page.getByRole('link', { name: HALINA })).toHaveCount(0);
});
