import { BotForm } from './pages/bot-form.ts';
import { ChatPage } from './pages/chat-page.ts';
import { Hand } from './pages/hand.ts';
import { KickoffPage } from './pages/kickoff-page.ts';
import { WelcomePage } from './pages/welcome-page.ts';
import { expect, test } from './support/app.ts';
import { HALINA } from './support/play.ts';

// Everything moves here as it does for a person.
test.use({ contextOptions: { reducedMotion: 'no-preference' } });

test('UI-9 a newcomer reaches the first words in six clicks and two fields, then a third reply', async ({ page }) => {
  const hand = new Hand();
  const welcome = new WelcomePage(page, hand);
  const kickoff = new KickoffPage(page, hand);
  const chat = new ChatPage(page, hand);

  await page.goto('/');
  await welcome.introduce('Ada');
  await hand.click(welcome.sample(HALINA));
  await kickoff.begin();
  await expect(chat.turnsOf(HALINA)).toHaveCount(1);
  await chat.say('Good evening. I came about the room.');
  const first = await chat.answerOf(HALINA);
  expect(first).not.toBe('');
  expect(hand.clicks).toBeLessThanOrEqual(6);
  expect(hand.fields).toBeLessThanOrEqual(2);

  await chat.say('How long have you been here?');
  const second = await chat.answerOf(HALINA);
  await chat.say('I will take it.');
  const third = await chat.answerOf(HALINA);
  expect(new Set([first, second, third]).size).toBe(3);
});

test('UI-9 WD-2 somebody of your own is written and answers; what is typed survives a reload, and can be discarded', async ({ page }) => {
  const welcome = new WelcomePage(page);
  const form = new BotForm(page);
  const chat = new ChatPage(page);
  await page.goto('/');
  await welcome.introduce('Ada');
  await welcome.write.click();

  await form.name.fill('Half a Name');
  await form.persona.fill('Not done yet.');
  await expect(page.getByText('Not saved yet. It is kept in this browser.')).toBeVisible();
  await page.reload();
  await expect(form.name).toHaveValue('Half a Name');
  await page.getByRole('button', { name: 'Discard them' }).click();
  await expect(form.name).toHaveValue('');
  await expect(form.persona).toHaveValue('');

  await form.save.click();
  await expect(page.getByText('They need a name.')).toBeVisible();
  await form.name.fill('Tomas Rill');
  await form.persona.fill('A ferryman who counts everything twice and trusts nobody who whistles.');
  await form.kickoff.fill('A landing stage at dusk, the last boat of the day.');
  await form.firstWords.fill('You are late, {{user}}. *He holds the rope.*');
  await form.save.click();
  await expect(page.getByRole('heading', { name: 'A story with Tomas Rill' })).toBeVisible();
  await expect(page.getByText('Half a Name')).toHaveCount(0);
  await new KickoffPage(page).begin();

  await expect(chat.turnsOf('Tomas Rill')).toContainText('You are late, Ada.');
  await chat.say('Is there room for one more?');
  expect(await chat.answerOf('Tomas Rill')).not.toBe('');
});
