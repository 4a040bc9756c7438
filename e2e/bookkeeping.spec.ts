import { readFile } from 'node:fs/promises';
import { SettingsPage } from './pages/settings-page.ts';
import { expect, test } from './support/app.ts';
import { lockedServer, workingServer } from './support/models.ts';

test('MO-3 ED-1 TN-8 how the books are kept is chosen in the settings, kept in the file, and still there after a reload', async ({ page, app }) => {
  await using locked = await lockedServer('sk-right');
  await using working = await workingServer();
  const settings = new SettingsPage(page);
  await settings.goto();
  const books = page.getByRole('region', { name: 'Bookkeeping' });
  await expect(books).toContainText('Every reply takes 2 calls');

  await settings.ask(working.address);
  await settings.save.click();
  await expect(settings.form).toBeHidden();
  await settings.connect.click();
  await settings.key.fill('sk-right');
  await settings.ask(locked.address);
  await settings.save.click();
  await expect(settings.form).toBeHidden();

  await books.getByLabel('Keeps the books').selectOption('small-1');
  const standIns = books.getByRole('combobox', { name: /^Stand-ins/ });
  const list = books.getByRole('list', { name: 'Stand-ins, in order' }).getByRole('listitem');
  await standIns.selectOption('large-1');
  await expect(list).toHaveCount(1);
  await standIns.selectOption('rehearsal');
  await expect(list).toHaveCount(2);
  await books.getByRole('button', { name: 'Move rehearsal up' }).click();
  await expect(list.first()).toContainText('rehearsal');
  await books.getByText('One thing at a time').click();
  await books.getByLabel('Whether the scene ended').click();
  await books.getByText('Left to you').click();
  await expect(books).toContainText('Every reply takes 5 calls: one for its words, and 4 for the books.');
  await page.getByLabel('Embedding model').selectOption('rehearsal-embedding');

  await expect.poll(() => readFile(app.config, 'utf8')).toContain('embedding = ');
  const kept = await readFile(app.config, 'utf8');
  expect(kept).toMatch(/classifier = \{ provider = "[^"]+", model = "small-1" \}/);
  expect(kept).toMatch(/fallbacks = \[\{ provider = "[^"]+", model = "rehearsal" \}, \{ provider = "[^"]+", model = "large-1" \}\]/);
  expect(kept).toContain('mode = "separate"');
  expect(kept).toContain('your_feelings = false');
  expect(kept).toContain('off = ["scene"]');

  await page.reload();
  await expect(list).toHaveText([/rehearsal/, /large-1/]);
  await expect(books.getByLabel('Whether the scene ended')).not.toBeChecked();
  await expect(books.getByRole('radio', { name: 'Left to you' })).toBeChecked();
  await books.getByRole('button', { name: 'Take rehearsal off the list' }).click();
  await expect(list).toHaveText([/large-1/]);
});
