import { ChatPage } from './pages/chat-page.ts';
import { ImportPage } from './pages/import-page.ts';
import { KickoffPage } from './pages/kickoff-page.ts';
import { WelcomePage } from './pages/welcome-page.ts';
import { expect, test } from './support/app.ts';
import { converted, jsonCard, mira, pngCard } from './support/cards.ts';

test('IO-1 UI-9 a dropped V2 PNG becomes a bot that one can talk to', async ({ page }) => {
  const welcome = new WelcomePage(page);
  const importing = new ImportPage(page);
  const chat = new ChatPage(page);
  await page.goto('/');
  await welcome.introduce('Ada');
  await importing.drop(await pngCard(page));

  await expect(importing.character('Mira Sand')).toBeVisible();
  await expect(page.getByRole('main')).toContainText('distrusts the sea');
  await importing.keepAndPlay.click();
  await new KickoffPage(page).begin();

  await expect(chat.turnsOf('Mira Sand')).toContainText('"You took your time, Ada."');
  await expect(chat.turnsOf('Mira Sand')).not.toContainText('{{');
  await chat.say('The fog is thick tonight.');
  expect(await chat.answerOf('Mira Sand')).not.toBe('');
});

test('IO-1 picked cards of the first, second and third format keep their words and their lorebook', async ({ page }) => {
  const importing = new ImportPage(page);
  for (const version of ['v1', 'v2', 'v3'] as const) {
    await importing.goto();
    const inPicture = version !== 'v1';
    await importing.pick(inPicture ? await pngCard(page, converted(version), version === 'v3' ? 'ccv3' : 'chara') : jsonCard(converted('v1')));
    await expect(importing.character('Mira Sand')).toBeVisible();
    await importing.keepAndChange.click();

    await expect(page.getByRole('heading', { level: 1, name: 'Mira Sand' })).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Persona' })).toHaveValue(/keeps the lighthouse and distrusts the sea/);
    await expect(page.getByRole('textbox', { name: 'First words', exact: true })).toHaveValue(mira.data.first_mes);
    if (!inPicture) continue;
    await expect(page.getByRole('textbox', { name: 'Other first words, 1' })).toHaveValue('"Mind the third step, {{user}}."');
    await expect(page.getByRole('main').getByRole('img', { includeHidden: true }).first()).toBeVisible();
    await expect(page.getByRole('main')).toContainText('One knowledge entry');
  }
  await page.goto('/bots');
  await expect(page.getByRole('link', { name: 'Play with Mira Sand' })).toHaveCount(3);
});
