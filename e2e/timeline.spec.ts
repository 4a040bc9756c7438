import { expect, test } from './support/app.ts';
import { expectAccessible } from './support/axe.ts';
import { HALINA, anotherTab, meetHalina } from './support/play.ts';
import type { ChatPage } from './pages/chat-page.ts';
import { Drawer } from './pages/drawer.ts';
import { Timeline } from './pages/timeline.ts';

test.use({ viewport: { width: 1440, height: 900 } });

async function played(chat: ChatPage, lines: readonly string[]): Promise<void> {
  for (const line of lines) {
    await chat.say(line);
    await chat.answerOf(HALINA);
  }
}

const LINES = ['I came about the room.', 'It is warmer than I thought.', 'Who lived here before?', 'And before that?', 'May I see the attic?', 'I will take it.'];

test('TL-5 TL-6 TL-7 TL-9 TL-10 TL-11 LV-1 back, another way, and both ways stay, in two tabs', async ({ page, allowedErrors }) => {
  test.setTimeout(240_000);
  const chat = await meetHalina(page);
  await played(chat, LINES);
  const story = new Timeline(chat);
  const second = await anotherTab(chat);
  const there = new Timeline(second);
  await expect(story.branch).toHaveCount(0);

  // Twice again: once with a nudge, once with other words.
  await story.again(chat.last, { nudge: 'Say no.' });
  for (const one of [story, there]) await expect(one.count(one.chat.last)).toHaveText('2 of 2');
  await story.again(chat.last, { text: 'I will think about it.' });
  for (const one of [story, there]) {
    await expect(one.chat.turnsOf('Ada').last()).toContainText('I will think about it.');
    await expect(one.count(one.chat.turnsOf('Ada').last())).toHaveText('2 of 2');
    await expect(one.branch).toHaveText('on \u201C\u2026think about it.\u201D');
  }

  // The arrow keys walk the alternates while one of their buttons holds the focus.
  await story.count(chat.turnsOf('Ada').last()).focus();
  await page.keyboard.press('ArrowLeft');
  for (const one of [story, there]) {
    await expect(one.chat.turnsOf('Ada').last()).toContainText('I will take it.');
    await expect(one.count(one.chat.last)).toHaveText('2 of 2');
  }
  await chat.last.getByRole('button', { name: 'The one before' }).click();
  await expect(there.count(second.last)).toHaveText('1 of 2');
  await story.act(chat.last, 'Alternates side by side');
  await expect(page.getByRole('dialog', { name: 'Alternates side by side' })).toContainText('in the story now');
  await expectAccessible(page);
  await page.keyboard.press('Escape');

  // Three exchanges back, and forth again.
  await story.act(await story.at(7), 'Rewind to here');
  await expect(story.work).toContainText(/Rewinding to here undoes 6 turns, .*memor/);
  await expectAccessible(page);
  await story.press('Rewind to here');
  for (const one of [story, there]) await one.endsAt(7);
  await expect(story.toasts.last()).toContainText('6 turns');
  await story.undo.last().click();
  for (const one of [story, there]) {
    await one.endsAt(13);
    await expect(one.chat.turnsOf('Ada').last()).toContainText('I will take it.');
  }

  // A branch from the second reply, which gets a name.
  await story.more(await story.at(5), 'Branch from here');
  await story.endsAt(5);
  await played(chat, ['I go up to the roof.']);
  await story.openMap();
  await story.map.press('End');
  await chat.drawer.getByRole('button', { name: 'Name this branch' }).click();
  await chat.drawer.getByRole('textbox', { name: 'Name of the branch' }).fill('The roof');
  await chat.drawer.getByRole('button', { name: 'Keep', exact: true }).click();
  for (const one of [story, there]) await expect(one.branch).toHaveText('on The roof');
  await expectAccessible(page);

  // The other way is read without going there, then gone to; the name stays where it was given.
  await story.choose(/Who lived here/);
  await chat.drawer.getByRole('button', { name: 'Read it' }).click();
  await expect(chat.drawer.getByRole('region', { name: 'Another branch, to read' })).toContainText('I will think about it.');
  await expect(second.turnsOf('Ada').last()).toContainText('I go up to the roof.');
  await expectAccessible(page);
  await chat.drawer.getByRole('button', { name: 'Switch to it' }).click();
  for (const one of [story, there]) await one.endsAt(13);
  await expect(there.branch.filter({ hasText: 'The roof' })).toHaveCount(0);
  await story.choose('The roof');
  await chat.drawer.getByRole('button', { name: 'Switch to it' }).click();
  await expect(there.branch).toHaveText('on The roof');

  // Looking back changes nothing.
  await story.more(await story.at(3), 'How things stood here');
  await expect(story.past).toContainText('The past: turn 3 of 7');
  await chat.drawer.getByRole('tab', { name: 'On stage' }).click();
  await expect(chat.drawer).toContainText('As it was at turn 3.');
  await story.slider.press('ArrowLeft');
  await expect(chat.drawer).toContainText('As it was at turn 2.');
  // What stood then can be folded away, and not be changed.
  const cast = chat.drawer.getByRole('button', { name: 'Cast', exact: true });
  await expect(chat.drawer.getByRole('group', { name: 'Cast' }).getByRole('button').first()).toBeDisabled();
  await cast.click();
  await expect(cast).toHaveAttribute('aria-expanded', 'false');
  await cast.click();
  await expect(cast).toHaveAttribute('aria-expanded', 'true');
  await expectAccessible(page);
  await there.endsAt(7);
  await expect(there.past).toHaveCount(0);
  await story.past.getByRole('button', { name: 'Back to now' }).click();
  await expect(story.past).toHaveCount(0);
  await story.endsAt(7);

  // The bot is reset once its name is typed, and the reset is undone; the other tab goes along.
  allowedErrors.push(/status of 400/);
  await page.goto('/bots');
  await page.getByRole('link', { name: `Change ${HALINA}` }).click();
  await page.getByRole('button', { name: `Reset ${HALINA}` }).click();
  const dialog = page.getByRole('dialog', { name: `Reset ${HALINA}?` });
  await dialog.getByRole('textbox').fill('Helena');
  await dialog.getByRole('button', { name: 'Reset', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText(HALINA);
  await expectAccessible(page);
  await dialog.getByRole('textbox').fill('halina dobre');
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await there.endsAt(1);
  await expect(there.branch.filter({ hasText: 'The roof' })).toHaveCount(0);
  await story.undo.click();
  await there.endsAt(7);
  await expect(there.branch).toHaveText('on The roof');
  await expect(second.turnsOf('Ada').last()).toContainText('I go up to the roof.');
});

test('TL-8 a turn is edited and hidden, and its original can be read', async ({ page }) => {
  const chat = await meetHalina(page, 'Ada', [], LINES.slice(0, 1));
  const story = new Timeline(chat);
  const second = await anotherTab(chat);
  await story.act(chat.turnsOf('Ada'), 'Edit');
  await story.work.getByRole('textbox').fill('I came about the attic.');
  await page.keyboard.press('Control+Enter');
  await expect(second.turnsOf('Ada')).toContainText('I came about the attic.');
  await second.turnsOf('Ada').getByRole('button', { name: 'Edited. Show the original' }).click();
  await expect(second.turnsOf('Ada').getByRole('group', { name: 'The original' })).toHaveText('I came about the room.');
  await story.more(chat.turnsOf('Ada'), 'Hide from the prompt');
  await expect(second.turnsOf('Ada')).toContainText(`Hidden from ${HALINA}`);
  await new Drawer(chat).takeBack('no longer in the prompt');
  await expect(second.turnsOf('Ada')).not.toContainText('Hidden from');
  await new Drawer(chat).takeBack('says it otherwise');
  await expect(second.turnsOf('Ada')).not.toContainText('attic');
  await expect(second.turnsOf('Ada').getByRole('button', { name: /^Edited/ })).toHaveCount(0);

  // Edited for good: what it led to is found anew, and the other tab hears of that too.
  await story.act(chat.turnsOf('Ada'), 'Edit');
  await story.work.getByRole('textbox').fill('I came about the attic.');
  await page.keyboard.press('Control+Enter');
  await expectAccessible(page);
  await new Drawer(second).turnTo('Memories');
  await expect(second.drawer).toContainText('about the room');
  await chat.turnsOf('Ada').getByRole('button', { name: 'Learn this again' }).click();
  await expect(story.toasts.last()).toContainText('looked for anew');
  await expect(second.drawer).toContainText('about the attic');
  await expect(second.drawer).not.toContainText('about the room');
});

test('UI-3 UI-7 TN-6 a turn is one stop of the tab key, the arrow keys go over what can be done; Continue goes on from the old words, which stay beside it; a draft is yours to send', async ({ page }) => {
  const chat = await meetHalina(page, 'Ada', [], LINES.slice(0, 1));
  const story = new Timeline(chat);
  await chat.story.focus();
  const focused = page.locator(':focus');
  const speaker = page.locator('.chat-turn:focus-within .chat-name');
  await page.keyboard.press('Tab');
  await expect(focused).toHaveAccessibleName('Try again');
  await page.keyboard.press('ArrowRight');
  await expect(focused).toHaveAccessibleName('Rewind to here');
  await page.keyboard.press('Tab');
  await expect(speaker).toHaveText('Ada');
  await page.keyboard.press('Tab');
  await expect(speaker).toHaveText(HALINA);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Your message' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.locator('.chat-work')).toHaveCount(0);

  const short = await chat.wordsOf(chat.last);
  await story.more(chat.last, 'Continue');
  await expect(story.count(chat.last)).toHaveText('2 of 2');
  await chat.settled();
  await expect.poll(() => chat.wordsOf(chat.last)).toContain(`${short}\n`);
  await page.getByRole('button', { name: 'Draft my next message' }).click();
  await expect(chat.message).not.toHaveValue('');
  await expect(page.getByRole('button', { name: 'Stop drafting' })).toHaveCount(0);
  await expect(chat.turnsOf('Ada')).toHaveCount(1);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('UI-8 UI-3 one button has all that can be done, and the map is a sheet', async ({ page }) => {
    const chat = await meetHalina(page, 'Ada', [], LINES.slice(0, 2));
    const story = new Timeline(chat);
    await chat.turnsOf(HALINA).nth(1).getByRole('button', { name: 'More' }).click();
    await expectAccessible(page);
    await page.getByRole('menuitem', { name: 'Rewind to here' }).click();
    await expect(story.work).toContainText('Rewinding to here undoes 2 turns');
    await expectAccessible(page);
    await story.press('Rewind to here');
    await expect(chat.turns).toHaveCount(3);
    await chat.drawerButton.click();
    await story.openMap();
    await expectAccessible(page);
    for (const button of await chat.drawer.getByRole('tabpanel').getByRole('button').all()) {
      const box = await button.boundingBox();
      expect(box?.height, (await button.getAttribute('aria-label')) ?? (await button.innerText())).toBeGreaterThanOrEqual(44);
    }
  });
});
