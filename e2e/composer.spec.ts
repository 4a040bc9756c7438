import { expect, test } from './support/app.ts';
import { HALINA, meetHalina } from './support/play.ts';

test('UI-5 WD-1 Enter sends, Shift+Enter breaks the line, an empty message does nothing; the title is renamed in place, and Esc leaves the old one', async ({ page }) => {
  const chat = await meetHalina(page);
  await expect(chat.send).toBeDisabled();
  await chat.message.focus();
  await page.keyboard.press('Enter');
  await chat.message.fill('   ');
  await page.keyboard.press('Enter');
  await expect(chat.send).toBeDisabled();
  await expect(chat.turns).toHaveCount(1);

  await chat.message.fill('');
  await page.keyboard.type('One line');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('and another');
  await expect(chat.message).toHaveValue('One line\nand another');
  await page.keyboard.press('Enter');
  await expect(chat.turnsOf('Ada').getByRole('paragraph')).toHaveText('One line\nand another', { useInnerText: true });
  await expect(chat.message).toHaveValue('');
  await expect(chat.message).toBeFocused();
  await chat.answerOf(HALINA);

  const title = page.getByRole('heading', { level: 1 });
  const old = await title.innerText();
  await title.getByRole('button').click();
  await page.getByRole('textbox', { name: 'Title' }).fill('Never kept');
  await page.keyboard.press('Escape');
  await expect(title).toHaveText(old);
  await title.getByRole('button').click();
  await page.getByRole('textbox', { name: 'Title' }).fill('The room upstairs');
  await page.keyboard.press('Enter');
  await expect(title).toHaveText('The room upstairs');
  await expect(page).toHaveTitle(/^The room upstairs/);
  await expect(chat.message).toBeVisible();
});

test('UI-5 LV-5 OP-8 a draft survives a reload, and belongs to its chat; one of 100,000 characters is refused with one sentence and kept', async ({ page }) => {
  const chat = await meetHalina(page);
  await chat.message.fill('Not sent yet, \u05e9\u05dc\u05d5\u05dd');
  await page.reload();
  await expect(chat.message).toHaveValue('Not sent yet, \u05e9\u05dc\u05d5\u05dd');
  await page.goto('/');
  await page.getByRole('main').getByRole('link', { name: new RegExp(HALINA) }).click();
  await expect(chat.message).toHaveValue('Not sent yet, \u05e9\u05dc\u05d5\u05dd');
  await chat.send.click();
  await chat.answerOf(HALINA);
  await page.reload();
  await chat.last.waitFor();
  await expect(chat.message).toHaveValue('');

  const long = 'word '.repeat(20_000).trim();
  await chat.message.fill(long);
  await expect(chat.hints).toContainText('This is 99,999 characters long; 32,000 fit in one message.');
  await expect(chat.send).toBeDisabled();
  await chat.message.press('Enter');
  await expect(chat.turns).toHaveCount(3);
  await page.reload();
  await expect(chat.message).toHaveValue(long);
  await chat.message.fill('Short, then.');
  await expect(chat.hints).toBeEmpty();
  await chat.send.click();
  await chat.answerOf(HALINA);
});

test('UI-2 control characters are dropped, scripts of any direction and markup stand as they were written', async ({ page }) => {
  const chat = await meetHalina(page);
  await chat.say('A\u0007 bell and \u202ea trick\u202c', 'A bell and');
  await chat.answerOf(HALINA);

  const hebrew = '\u05de\u05d4 \u05e9\u05dc\u05d5\u05de\u05da \u05d4\u05d9\u05d5\u05dd?';
  await chat.say(hebrew);
  await chat.answerOf(HALINA);
  const words = chat.story.getByRole('paragraph').filter({ hasText: hebrew });
  await expect(words).toHaveCSS('direction', 'rtl');
  await expect(chat.turnsOf('Ada').last().getByRole('heading')).toHaveCSS('direction', 'ltr');

  await chat.say('<img src=x onerror=alert(1)> *She nods.* ((out of character)) **loud**', 'She nods.');
  await chat.answerOf(HALINA);
  const mixed = chat.turnsOf('Ada').last();
  await expect(mixed).toContainText('<img src=x onerror=alert(1)>');
  await expect(mixed.getByRole('emphasis')).toHaveText('She nods.');
  await expect(mixed.getByRole('strong')).toHaveText('loud');
  await expect(mixed.getByRole('img')).toHaveCount(0);
});
