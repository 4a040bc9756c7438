import { ChatPage } from './pages/chat-page.ts';
import { expect, test } from './support/app.ts';
import { deafTab } from './support/deaf.ts';
import { HALINA, meetHalina } from './support/play.ts';

test('LV-5 a tab of an older version says so and waits; its connection died asleep, and it catches up when it is looked at; what was being written stays', async ({ page }) => {
  const chat = await meetHalina(page);
  const sleeper = await deafTab(page);
  await sleeper.page.goto(page.url());
  const old = new ChatPage(sleeper.page);
  await old.last.waitFor();
  await old.message.fill('What was I about to say');
  sleeper.plug();
  await chat.say('You are asleep over there.');
  await chat.answerOf(HALINA);
  await expect(old.turnsOf('Ada')).toHaveCount(0);

  // As if the server that it comes back to served another build of the pages.
  await sleeper.page.evaluate(`document.querySelector('meta[name="offstage-build"]').content = 'older'`);
  await sleeper.page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);
  await expect(old.turnsOf('Ada')).toHaveText(/You are asleep over there\./);
  await old.answerOf(HALINA);
  await expect(old.away).toBeHidden();
  await expect(old.message).toHaveValue('What was I about to say');

  await expect(sleeper.page.getByText('Offstage was updated. Reload this page to go on with the new version; what you have written is kept.')).toBeVisible();
  await sleeper.page.getByRole('button', { name: 'Reload' }).click();
  await expect(sleeper.page.getByText('Offstage was updated.')).toBeHidden();
  await expect(old.message).toHaveValue('What was I about to say');
  await expect(page.getByText('Offstage was updated.')).toBeHidden();
});
