import { readFile, writeFile } from 'node:fs/promises';
import { SettingsPage } from './pages/settings-page.ts';
import { expect, test } from './support/app.ts';
import { lockedServer, nobody, webSite, workingServer } from './support/models.ts';
import { HALINA, meetHalina } from './support/play.ts';

test('MO-1 UI-9 each way an address can be wrong is told in a plain sentence', async ({ page }) => {
  await using site = await webSite();
  await using locked = await lockedServer('sk-right');
  const settings = new SettingsPage(page);
  await settings.goto();

  await settings.ask(await nobody());
  await expect(settings.problem).toContainText(/^Nothing is listening at 127\.0\.0\.1:\d+\./);
  await settings.ask(site.address);
  await expect(settings.problem).toContainText('answers, but not as a model API.');
  await settings.ask('not an address');
  await expect(settings.problem).toContainText(/address/);
  await settings.ask(locked.address);
  await expect(settings.problem).toContainText('wants an API key');
  await settings.key.fill('sk-wrong');
  await settings.ask(locked.address);
  await expect(settings.problem).toContainText('refused the API key');
  await expect(page.getByRole('main')).not.toContainText(/undefined|\[object|Error:|ECONN|sk-wrong/);

  await settings.key.fill('sk-right');
  await settings.ask(locked.address);
  await expect(settings.works).toContainText('2 models');
  await settings.form.getByLabel('Model that writes the replies').selectOption('large-1');
  await settings.save.click();
  await expect(settings.form).toBeHidden();
  await expect(settings.writes).toHaveValue(/large-1$/);
});

test('OP-5 a provider is kept in config.toml beside what a person wrote there, and its key is never shown', async ({ page, app }) => {
  await using locked = await lockedServer('sk-very-secret');
  await writeFile(app.config, '# mine\n[sampler]\ntemperature = 0.7 # warm enough\n');
  const settings = new SettingsPage(page);
  await settings.goto();
  await settings.connect.click();
  await settings.key.fill('sk-very-secret');
  await settings.ask(locked.address);
  await expect(settings.works).toBeVisible();
  await settings.save.click();
  await expect(page.getByRole('main')).toContainText('with a key');

  const kept = await readFile(app.config, 'utf8');
  expect(kept).toContain('# mine');
  expect(kept).toContain('temperature = 0.7 # warm enough');
  expect(kept).toContain(`base_url = "${locked.address}"`);
  expect(kept).toContain('api_key = "sk-very-secret"');
  const told = page.waitForResponse(/settings\.get/);
  await page.reload();
  expect(await (await told).text()).not.toContain('sk-very-secret');
  expect(app.output).not.toContain('sk-very-secret');
  await page.getByRole('button', { name: /^Change 127/ }).click();
  await expect(settings.key).toHaveValue('');
  await expect(settings.form).toContainText('A key is set.');
});

test('MO-1 MO-2 WD-1 a model of one\u2019s own takes over from the rehearsal model; another persona is made, and chosen at the kickoff', async ({ page }) => {
  await using working = await workingServer();
  const settings = new SettingsPage(page);
  const chat = await meetHalina(page);
  await expect(chat.scripted).toBeVisible();
  const address = page.url();

  await settings.goto();
  await settings.connect.click();
  await settings.ask(working.address);
  await expect(settings.works).toContainText('2 models');
  // One of them makes vectors alone, so the other selects itself.
  await expect(settings.form.getByLabel('Model that writes the replies')).toHaveValue('rehearsal');
  await settings.save.click();
  await expect(settings.form).toBeHidden();

  await page.goto(address);
  await chat.last.waitFor();
  await expect(chat.scripted).toBeHidden();
  await chat.say('Who is speaking now?');
  expect(await chat.answerOf(HALINA)).not.toBe('');

  await page.goto('/settings');
  await page.getByRole('button', { name: 'Another you' }).click();
  const you = page.getByRole('form', { name: 'Who you are' });
  await you.getByRole('textbox', { name: 'Name' }).fill('Bo');
  await you.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('button', { name: 'Change Bo' })).toBeVisible();
  await page.goto('/bots');
  await page.getByRole('link', { name: `Play with ${HALINA}` }).click();
  await expect(page.getByLabel('You are')).toContainText('Bo');
});

test.describe('with a slip in the settings file', () => {
  test.use({
    world: { prepare: (app) => writeFile(app.config, '[chat]\nooc = ["((", "))"]\n\n[sampler]\ntemperature = "warm"\n') },
  });

  test('OP-5 the slip is named with its line, and all the rest works', async ({ page }) => {
    const settings = new SettingsPage(page);
    await settings.goto();
    await expect(page.getByRole('alert')).toContainText('Part of config.toml could not be read; the rest is in use.');
    await expect(page.getByRole('alert')).toContainText(/Line 5: .*temperature/);
    const chat = await meetHalina(page);
    await chat.say('All well?');
    expect(await chat.answerOf(HALINA)).not.toBe('');
  });
});
