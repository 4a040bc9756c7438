import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { BackupsPage } from './pages/backups-page.ts';
import { expect, test } from './support/app.ts';
import { expectAccessible } from './support/axe.ts';
import { anotherTab, HALINA, meetHalina } from './support/play.ts';

test('OP-2 OP-4 UI-10 a copy is made and put back in every tab; a deleted file is written anew; a damaged library is brought back from the copy', async ({ page, app, allowedErrors }) => {
  test.setTimeout(180_000);
  allowedErrors.push(/WebSocket connection|ERR_CONNECTION_REFUSED|Failed to load resource/);
  const chat = await meetHalina(page);
  const other = await anotherTab(chat);
  const backups = new BackupsPage(page);
  await backups.open();
  await backups.make.click();
  await expect(backups.copies).toHaveCount(1);
  await expect(backups.copies).toContainText('By hand · 1 chat, 2 turns');
  await expectAccessible(page);

  await other.say('I shall not have said this.');
  await other.answerOf(HALINA);
  await backups.putBack(backups.copies.first());
  await expect(page.getByText('The copy is back in its place.')).toBeVisible({ timeout: 20_000 });
  await expect(backups.copies.filter({ hasText: 'Put aside for a copy' })).toHaveCount(1);
  await expect(other.turnsOf(HALINA)).toHaveCount(1);
  await expect(other.page.getByText('I shall not have said this.')).toHaveCount(0);

  rmSync(app.library);
  await expect(backups.notice).toHaveCount(0);
  await page.goto('/');
  await expect(backups.notice).toContainText('The library file is gone');
  await expectAccessible(page);
  await backups.notice.getByRole('button', { name: 'Write it anew' }).click();
  await expect(backups.notice).toBeHidden({ timeout: 20_000 });

  await other.page.close();
  await app.stop();
  const file = openSync(app.library, 'r+');
  writeSync(file, Buffer.alloc(300, 0xa5), 0, 300, 0);
  closeSync(file);
  await app.start('damaged');
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Your library cannot be opened' })).toBeVisible();
  await expect(backups.takeNewest).toContainText('1 chat, ');
  await expectAccessible(page);
  await backups.takeNewest.click();
  await expect(page.getByRole('link', { name: /Halina/ }).or(page.getByText(`${HALINA}:`)).first()).toBeVisible({ timeout: 20_000 });
});
