import { Drawer } from './pages/drawer.ts';
import { ImportPage } from './pages/import-page.ts';
import { expect, test } from './support/app.ts';
import { jsonCard, mira } from './support/cards.ts';
import { workingServer } from './support/models.ts';
import { HALINA, anotherTab, meetHalina, tell } from './support/play.ts';

test.use({ viewport: { width: 1440, height: 900 } });

test('UI-10 a closed scene says in every tab how much of it is told, and Stop is done with it; a card on its way can be called off', async ({ page }) => {
  await using models = await workingServer({ misbehaving: true });
  const chat = await meetHalina(page, 'Ada', [], ['Good evening.']);
  // From here on whoever keeps the books says one word and then nothing more.
  await tell(page, 'settings.saveProvider', { provider: { name: 'Stage', baseUrl: models.address, maxConcurrent: 2 }, narrative: 'rehearsal', classifier: 'rehearsal:stall-after-1' });
  const other = await anotherTab(chat);
  const [here, there] = [new Drawer(chat), new Drawer(other)];
  await chat.openDrawer();
  await here.scene.getByRole('button', { name: 'Close this scene' }).click();
  await here.scene.getByRole('button', { name: 'Close it' }).click();
  for (const drawer of [here, there]) {
    const telling = drawer.scene.getByRole('group', { name: 'The last scene' });
    await expect(telling.getByRole('progressbar', { name: 'The last scene is being put into words' })).toHaveAttribute('aria-valuetext', '0 of 3');
  }
  await there.scene.getByRole('group', { name: 'The last scene' }).getByRole('button', { name: 'Stop' }).click();
  for (const drawer of [here, there]) await expect(drawer.scene.getByRole('progressbar')).toHaveCount(0);
  await expect(there.toasts).toContainText('Stopped. What was told by then is kept');
  await chat.say('And on we go.');
  await chat.answerOf(HALINA);

  const importing = new ImportPage(page);
  await importing.goto();
  await page.route('**/api/cards*', () => undefined);
  await importing.pick(jsonCard(mira));
  await expect(page.getByText('Reading card.json')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('Reading card.json')).toHaveCount(0);
  await page.unroute('**/api/cards*');
  await importing.pick(jsonCard(mira));
  await expect(importing.character('Mira Sand')).toBeVisible();
});
