import { Meanwhile } from './pages/meanwhile.ts';
import { expect, test } from './support/app.ts';
import { HALINA, anotherTab, meetHalina } from './support/play.ts';
import { OSGAR, Story } from './support/story.ts';

test.use({ viewport: { width: 1440, height: 900 }, world: { env: { OFFSTAGE_REHEARSAL_WPS: '20' } } });

test('MW-1 MW-4 LV-1 two by themselves, in two tabs: read along, nudged, interrupted, ended, and told in short', async ({ page }) => {
  test.setTimeout(120_000);
  const chat = await meetHalina(page, 'Ada', [OSGAR]);
  await Story.of(page, chat.page.url()).invite();
  const other = await anotherTab(chat);
  const [here, there] = [new Meanwhile(chat), new Meanwhile(other)];
  await there.part.waitFor();

  await here.begin(8);
  await Promise.all([chat.streams(2), other.streams(2)]);
  await expect(there.standing).toContainText(`${HALINA} and ${OSGAR} are by themselves`);
  await here.nudge.click();
  await page.keyboard.type('Speak of the lamp.');
  await page.keyboard.press('Enter');
  await expect(there.nudge).toContainText('Speak of the lamp.');

  // A message of one's own goes when the one who speaks has ended, and the two pause.
  await chat.message.fill('"I am back."');
  await page.keyboard.press('Enter');
  for (const tab of [chat, other]) await expect(tab.turnsOf('Ada')).toHaveCount(1, { timeout: 30_000 });
  for (const one of [here, there]) await expect(one.standing).toContainText('They have paused.');
  for (const tab of [chat, other]) await tab.settled();
  const said = await here.turns.count();
  expect(said).toBeGreaterThan(0);

  await there.press('End it');
  for (const one of [here, there]) await expect(one.digest.first()).toBeVisible({ timeout: 30_000 });
  // What they said is folded: its rows take no room, and none lies on another.
  await expect(here.turns).toHaveCount(0);
  await expect.poll(() => here.overlaps()).toBeLessThan(1);
  await chat.story.getByRole('button', { name: 'Read what was said' }).first().click();
  await expect(here.turns).not.toHaveCount(0);
  await expect.poll(() => here.overlaps()).toBeLessThan(1);
  await expect(there.turns).toHaveCount(0);
});
