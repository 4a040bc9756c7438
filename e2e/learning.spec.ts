import { writeFile } from 'node:fs/promises';
import { Drawer } from './pages/drawer.ts';
import { Inspector } from './pages/inspector.ts';
import { expect, test } from './support/app.ts';
import type { App } from './support/app.ts';
import { workingServer } from './support/models.ts';
import { HALINA, meetHalina } from './support/play.ts';

test.use({ viewport: { width: 1440, height: 900 } });

test('SC-2 ME-7 ME-9 ED-3 ED-4 a scene closes by its words; what stays of it is seen, pinned, set, explained, and is there after a reload', async ({ page }) => {
  const chat = await meetHalina(page);
  for (const text of ['Thank you, Halina. You are very kind.', 'My name is Ada and I am a baker.']) {
    await chat.say(text);
    await chat.answerOf(HALINA);
  }
  await chat.say('Enough of this. *We leave the house and walk to the harbour.*', 'Enough of this.');
  await chat.answerOf(HALINA);
  await chat.openDrawer();
  const drawer = new Drawer(chat);
  await expect(drawer.scene).toContainText(/harbour/i);

  await drawer.turnTo('Memories');
  const account = drawer.memories.filter({ hasText: 'A whole scene' }).first();
  await expect(account).toBeVisible();
  const words = (await account.locator('p').first().innerText()).slice(0, 40);
  await drawer.act(words, 'Pin it');
  await expect(drawer.pins).toHaveText(/^[1-8]\/8 pinned$/);
  const pinned = await drawer.pins.innerText();

  await drawer.turnTo('On stage');
  const label = `Affinity, ${HALINA} towards Ada`;
  const name = (await drawer.score(label).textContent()) ?? '';
  const before = Number(/: (\d+),/.exec(name)?.[1]);
  await drawer.setScore(label, before, before + 5);
  await expect(drawer.score(label)).toHaveAccessibleName(new RegExp(`: ${before + 5},`));
  await drawer.root.getByRole('button', { name: new RegExp(`^Why ${HALINA} stands so to Ada|^Why`) }).first().click();
  const inspector = new Inspector(page);
  await expect(inspector.steps.first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(inspector.edge).toBeHidden();
  await inspector.openFrom(chat.turnsOf(HALINA).last());
  await expect(inspector.blocks.first()).toBeVisible();

  await page.goto(page.url().replace(/\?.*$/, ''));
  // It was open before; so it is again.
  await expect(chat.drawer).toBeVisible();
  await drawer.turnTo('On stage');
  await expect(drawer.score(label)).toHaveAccessibleName(new RegExp(`: ${before + 5},`));
  await expect(drawer.scene).toContainText(/harbour/i);
  await drawer.turnTo('Memories');
  await expect(drawer.pins).toHaveText(pinned);
  await expect(drawer.memory(words)).toBeVisible();
});

/** Settings in which one model narrates and another one, of the same server, keeps the books. */
function booksBy(app: App, address: string, model: string): Promise<void> {
  const own = (role: string, name: string): string => `[models.${role}]\nprovider = "stage"\nmodel = "${name}"\n\n`;
  const provider = `[[providers]]\nid = "stage"\nname = "Stage"\nbase_url = "${address}"\nmax_concurrent = 4\n\n`;
  return writeFile(app.config, `${provider}${own('narrative', 'rehearsal')}${own('classifier', model)}`);
}

test('TN-9 kill -9 between a reply and what is learned from it: after the restart it is learned, once', async ({ page, app, allowedErrors }) => {
  allowedErrors.push(/WebSocket connection|ERR_CONNECTION_REFUSED|Failed to load resource/);
  await using models = await workingServer({ misbehaving: true });
  const chat = await meetHalina(page);
  // The bookkeeper says one word and then nothing more.
  await booksBy(app, models.address, 'rehearsal:stall-after-1');
  await app.stop();
  await app.start();
  await page.reload();
  await chat.say('Thank you, Halina. You are very kind. I trust you.');
  const reply = await chat.answerOf(HALINA);
  await app.stop('SIGKILL');
  await booksBy(app, models.address, 'rehearsal');
  await app.start();
  await expect(chat.away).toBeHidden({ timeout: 30_000 });

  const inspector = new Inspector(page);
  await expect(inspector.changeOf(chat.turnsOf(HALINA).last())).toContainText(/affinity|trust/i, { timeout: 30_000 });
  await chat.openDrawer();
  const drawer = new Drawer(chat);
  await drawer.turnTo('Memories');
  await expect(drawer.memory('Thank you, Halina.')).toHaveCount(1);
  await page.reload();
  await drawer.turnTo('Memories');
  await expect(drawer.memory('Thank you, Halina.')).toHaveCount(1);
  expect(await chat.wordsOf(chat.turnsOf(HALINA).last())).toBe(reply);
});
