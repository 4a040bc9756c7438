import { expect, test } from './support/app.ts';
import { HALINA, anotherTab, meetHalina } from './support/play.ts';
import { newWindow } from './support/window.ts';

test.use({ world: { env: { OFFSTAGE_REHEARSAL_WPS: '15' } } });

test('LV-1 two tabs show the same words at the same time, and the list of chats follows', async ({ page }) => {
  const first = await meetHalina(page);
  const second = await anotherTab(first);
  const list = await newWindow(page);
  await list.goto('/');
  const entry = list.getByRole('main').getByRole('link', { name: new RegExp(HALINA) });
  await expect(entry).toBeVisible();

  await first.say('Is the tea still warm?');
  await expect(second.turnsOf('Ada')).toHaveText(/Is the tea still warm\?/);
  await Promise.all([first.streams(3), second.streams(3)]);
  await expect(entry).toContainText('is writing');
  // Both are in the middle of the same reply: what the one shows is the beginning of what the other shows, or is it.
  const [here, there] = await Promise.all([first.wordsOf(first.living), second.wordsOf(second.living)]);
  const [short, long] = here.length < there.length ? [here, there] : [there, here];
  expect(long.startsWith(short.slice(0, -2))).toBe(true);

  const reply = await first.answerOf(HALINA);
  expect(await second.answerOf(HALINA)).toBe(reply);
  await expect(entry).toContainText(`${HALINA}: ${reply.slice(0, 20)}`);

  await second.say('And the bread?');
  await expect(first.turnsOf('Ada').last()).toContainText('And the bread?');
  const next = await second.answerOf(HALINA);
  expect(await first.answerOf(HALINA)).toBe(next);
});

test('LV-2 a reload in mid-stream shows the partial reply and goes on', async ({ page }) => {
  const chat = await meetHalina(page);
  await chat.say('Tell me about the house.');
  await chat.streams(5);
  const before = await chat.wordsOf(chat.living);
  await page.reload();
  await chat.streams(5);
  const after = await chat.wordsOf(chat.living);
  expect(after.startsWith(before.slice(0, 20))).toBe(true);
  await chat.streams(after.split(/\s+/).length + 2);
  expect(await chat.answerOf(HALINA)).toMatch(new RegExp(`^${before.slice(0, 20).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`));
  await expect(chat.turnsOf(HALINA)).toHaveCount(2);
});

test('TN-5 Stop keeps what came and says so; Try again replaces it', async ({ page }) => {
  const chat = await meetHalina(page);
  await chat.say('Tell me everything.');
  await chat.streams(4);
  await chat.stop.click();
  const note = chat.last.getByText(/^You stopped the reply after \d+ words\. They are kept\.$/);
  await expect(note).toBeVisible();
  const kept = await chat.wordsOf(chat.last);
  expect(kept.split(/\s+/).length).toBeGreaterThan(3);

  await page.reload();
  await expect(note).toBeVisible();
  expect(await chat.wordsOf(chat.last)).toBe(kept);

  await chat.again();
  await expect(note).toBeHidden();
  await chat.answerOf(HALINA);
  await expect(chat.turnsOf(HALINA)).toHaveCount(2);
  await expect(chat.tryAgain).toHaveCount(0);
});

test('TN-7 TN-5 UI-5 a message written while a reply streams waits in its field; Esc stops the reply, and it can be sent', async ({ page }) => {
  const chat = await meetHalina(page);
  await chat.say('Tell me everything.');
  await chat.streams(2);
  await chat.message.fill('I interrupt.');
  await chat.message.press('Enter');
  await expect(chat.hints).toContainText(`${HALINA} is still answering.`);
  await expect(chat.message).toHaveValue('I interrupt.');
  await page.keyboard.press('Escape');
  await expect(chat.last).toContainText('You stopped the reply after');
  await chat.send.click();
  await expect(chat.turnsOf('Ada').last()).toContainText('I interrupt.');
  await expect(chat.turnsOf(HALINA)).toHaveCount(3);
  await chat.streams(1);
});

test('TN-5 OP-3 kill -9 in mid-stream: what came is there as a cut-off turn, and both tabs come back by themselves', async ({ page, app, allowedErrors }) => {
  allowedErrors.push(/WebSocket connection|ERR_CONNECTION_REFUSED|Failed to load resource/);
  const first = await meetHalina(page);
  const second = await anotherTab(first);
  await first.say('Tell me about the storm.');
  await Promise.all([first.streams(8), second.streams(8)]);
  const seen = await first.wordsOf(first.living);
  await app.stop('SIGKILL');
  await expect(first.away).toBeVisible();
  await expect(second.away).toBeVisible();
  await first.message.fill('Are you still there?');
  await app.start();

  for (const chat of [first, second]) {
    await expect(chat.away).toBeHidden({ timeout: 30_000 });
    await expect(chat.last.getByText(/^Offstage closed while this was being written, after \d+ words?\. (They are|It is) kept\.$/)).toBeVisible();
    await expect(chat.tryAgain).toBeVisible();
  }
  const kept = await first.wordsOf(first.last);
  expect(kept.slice(0, 12)).toBe(seen.slice(0, 12));
  expect(await second.wordsOf(second.last)).toBe(kept);
  await expect(first.message).toHaveValue('Are you still there?');

  await second.again();
  await expect(first.tryAgain).toHaveCount(0);
  const whole = await second.answerOf(HALINA);
  expect(await first.answerOf(HALINA)).toBe(whole);
  await first.send.click();
  await expect(second.turnsOf('Ada').last()).toContainText('Are you still there?');
});
