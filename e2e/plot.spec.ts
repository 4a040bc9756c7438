import { Drawer } from './pages/drawer.ts';
import { Plot } from './pages/plot.ts';
import { expect, test } from './support/app.ts';
import { expectAccessible } from './support/axe.ts';
import { HALINA, anotherTab, meetHalina } from './support/play.ts';

test('EV-1 EV-3 EV-6 WD-12 LV-1 a plan is made, comes to pass and brings its thing, live in two tabs, and is put back', async ({ page }) => {
  const chat = await meetHalina(page);
  await chat.openDrawer();
  const drawer = new Drawer(chat);
  const plot = new Plot(chat);
  await plot.open();
  const second = new Plot(await anotherTab(chat));
  await second.open();

  await plot.root.getByRole('button', { name: 'a date', exact: true }).click();
  await expect(plot.form.getByLabel('What is planned')).toBeFocused();
  await plot.form.getByLabel('What is planned').fill('Supper upstairs');
  await plot.form.getByLabel('Where').fill('The attic room');
  // Bad JSON is said beside the field, and what was written stays.
  await plot.form.getByRole('button', { name: 'Details as raw text' }).click();
  const json = plot.form.getByLabel('Details, as raw text');
  await json.fill(`{ "where": "The attic room", "gains": [{ "who": "Ada", "thing": "a key" }`);
  await plot.form.getByRole('button', { name: 'Plan it' }).click();
  await expect(plot.form.getByRole('alert')).toContainText('cannot be read yet');
  await json.fill(`{ "where": "The attic room", "gains": [{ "who": "Ada", "thing": "a key" }] }`);
  await plot.form.getByRole('button', { name: 'Plan it' }).click();
  for (const one of [plot, second]) await expect(one.plan('Supper upstairs')).toContainText('Ada will have a key');

  const title = plot.plan('Supper upstairs');
  await title.getByRole('button', { name: 'What it is called: Supper upstairs' }).click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('Supper under the roof');
  await page.keyboard.press('Enter');
  await expect(second.plan('Supper under the roof')).toBeVisible();

  await plot.plan('Supper under the roof').getByRole('button', { name: 'It came to pass' }).click();
  for (const one of [plot, second]) await expect(one.thing('a key')).toBeVisible();
  await second.root.getByText('One plan that is over').click();
  await expect(second.root.getByText('came to pass', { exact: false }).first()).toBeVisible();
  await drawer.takeBack('came to pass');
  for (const one of [plot, second]) {
    await expect(one.plan('Supper under the roof')).toBeVisible();
    await expect(one.thing('a key')).toHaveCount(0);
  }
  await expectAccessible(page);
});

test('EV-5 WD-12 LV-1 a scene leaves a loose end that is tied up by hand; a thing is given and passed on', async ({ page }) => {
  const chat = await meetHalina(page);
  await chat.say('"Who had the attic room before me?"');
  await chat.answerOf(HALINA);
  await chat.say('"Halina, where is the letter that the miller left?"');
  await chat.answerOf(HALINA);
  await chat.openDrawer();
  const plot = new Plot(chat);
  const second = new Plot(await anotherTab(chat));
  await second.open();
  await chat.drawer.getByRole('button', { name: 'Close this scene' }).click();
  await chat.drawer.getByRole('button', { name: 'Close it' }).click();
  await plot.open();

  await plot.root.getByRole('button', { name: /^Something Ada has: / }).click();
  await page.keyboard.type('A carpet bag');
  await page.keyboard.press('Enter');
  await expect(second.thing('A carpet bag')).toBeVisible();
  await plot.thing('A carpet bag').getByRole('button', { name: /^Give A carpet bag to/ }).click();
  await plot.thing('A carpet bag').getByRole('button', { name: HALINA }).click();
  await expect(second.root.getByRole('region', { name: `What ${HALINA} has` })).toContainText('A carpet bag');
});
