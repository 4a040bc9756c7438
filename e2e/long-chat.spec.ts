import { makeLibrary } from '../bench/seed.ts';
import { Texts, names } from '../bench/story.ts';
import { ChatPage } from './pages/chat-page.ts';
import { expect, test } from './support/app.ts';

const [bot = '', you = ''] = names.values();

test.use({
  world: {
    // A full turn is a message and its reply.
    prepare: (app) => makeLibrary(app.library, ['long'], { turns: 1_000 }, new Texts({ message: 200, reply: 600 })),
  },
});

test('UI-6 a chat of 2,000 turns opens at its end, scrolls to its start and back, and goes on', async ({ page }) => {
  const chat = new ChatPage(page);
  await page.goto('/chats/long');
  await expect(chat.last.getByRole('heading')).toHaveText(bot);
  await expect(chat.last).toBeInViewport();
  const end = await chat.wordsOf(chat.last);
  expect(await chat.turns.count()).toBeLessThan(60);

  await chat.story.focus();
  await page.keyboard.press('Home');
  await expect(chat.story.getByText('You came back.')).toBeInViewport();
  await expect(chat.story.locator('.chat-empty')).toHaveCount(0);
  const toEnd = page.getByRole('button', { name: 'To the end' });
  await expect(toEnd).toBeVisible();

  for (let step = 0; step < 12; step += 1) await page.mouse.wheel(0, 4_000);
  await chat.story.hover();
  for (let step = 0; step < 12; step += 1) await page.mouse.wheel(0, 4_000);
  await expect(chat.turns.first()).toBeVisible();
  await expect(chat.story.locator('.chat-empty')).toHaveCount(0);

  await toEnd.click();
  await expect(chat.last).toBeInViewport();
  expect(await chat.wordsOf(chat.last)).toBe(end);
  await expect(toEnd).toBeHidden();

  await chat.say('Still here after all these years.');
  await expect(chat.turnsOf(you).last()).toBeInViewport();
  expect(await chat.answerOf(bot)).not.toBe('');
  await expect(chat.last).toBeInViewport();
});
