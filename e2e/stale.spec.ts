import { ChatPage } from './pages/chat-page.ts';
import { expect, test } from './support/app.ts';
import { deafTab } from './support/deaf.ts';
import { Timeline } from './pages/timeline.ts';
import { HALINA, anotherTab, meetHalina } from './support/play.ts';

test('TL-14 a tab that has not heard of the last turn is refused kindly, and keeps its words', async ({ page, allowedErrors }) => {
  allowedErrors.push(/status of 409/);
  const chat = await meetHalina(page);
  const deaf = await deafTab(page);
  const stale = new ChatPage(deaf.page);
  await stale.page.goto(page.url());
  await stale.turnsOf(HALINA).waitFor();

  deaf.plug();
  await chat.say('I was here first.');
  await chat.answerOf(HALINA);
  await stale.message.fill('I did not know that.');
  await stale.send.click();
  await expect(stale.hints).toContainText('The story went on elsewhere since you began to write. Your words are kept.');
  await expect(stale.message).toHaveValue('I did not know that.');

  deaf.unplug();
  await expect(stale.turnsOf('Ada')).toHaveText(/I was here first\./);
  await expect(stale.message).toHaveValue('I did not know that.');
  await stale.page.getByRole('button', { name: 'Send here anyway' }).click();
  await expect(chat.turnsOf('Ada').last()).toContainText('I did not know that.');
  await stale.answerOf(HALINA);
  await expect(chat.turnsOf('Ada')).toHaveCount(2);
});

test.describe('while a reply is slow', () => {
  // However busy the machine is, the reply has not ended when the rewind comes.
  test.use({ world: { env: { OFFSTAGE_REHEARSAL_WPS: '4' } } });

  test('TL-3 LV-1 a rewind from another tab stops the reply; its words stay on a branch of their own', async ({ page }) => {
    const chat = await meetHalina(page);
    const second = new Timeline(await anotherTab(chat));
    await chat.say('Go on.');
    await chat.streams(3);
    await second.act(await second.at(1), 'Rewind to here');
    await second.press('Rewind to here');
    for (const one of [chat, second.chat]) {
      await expect(one.turns).toHaveCount(1);
      await expect(one.living).toHaveCount(0);
      await expect(one.send).toBeVisible();
    }
    await second.undo.click();
    for (const one of [chat, second.chat]) {
      await expect(one.turns).toHaveCount(3);
      await expect(one.tryAgain).toBeVisible();
      expect((await one.wordsOf(one.last)).split(/\s+/).length).toBeGreaterThan(3);
    }
  });
});
