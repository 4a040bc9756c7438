import { ChatPage } from './pages/chat-page.ts';
import { Inspector } from './pages/inspector.ts';
import { KickoffPage } from './pages/kickoff-page.ts';
import { expect, test } from './support/app.ts';
import { expectAccessible } from './support/axe.ts';
import { HALINA, meetHalina } from './support/play.ts';

const KIND = 'Thank you, this is very kind of you. I brought you fresh bread from my bakery.';
const SECRET = 'My brother drowned in the lake when I was nine. I have never told anybody.';

test.use({ viewport: { width: 1440, height: 900 } });

async function exchange(chat: ChatPage, text: string): Promise<void> {
  await chat.say(text);
  await chat.answerOf(HALINA);
}

test('PR-4 what was in the prompt stands beside the story, by its address, until Esc; from the keyboard one goes through the replies and is back where one was', async ({ page }) => {
  const chat = await meetHalina(page, 'Ada', [], [SECRET, KIND]);
  const inspector = new Inspector(page);
  const reply = chat.turnsOf(HALINA).last();
  await inspector.openFrom(reply);
  await expect(page).toHaveURL(/\?prompt=/);
  await expect(inspector.blocks.filter({ hasText: `Who ${HALINA} is` })).toBeVisible();
  await expect(inspector.blocks.filter({ hasText: 'Your message' })).toBeVisible();
  await expect(inspector.panel.getByText(/of 8,000 tokens/)).toBeVisible();
  await inspector.blocks.filter({ hasText: 'Your message' }).locator('summary').click();
  await expect(inspector.panel.getByText(KIND).first()).toBeVisible();
  await expectAccessible(page);

  // It follows the reply that is pressed.
  const address = page.url();
  await chat.turnsOf(HALINA).first().locator('.chat-prose p').first().click();
  await expect(page).not.toHaveURL(address);
  await expect(inspector.panel.getByText(/^No model wrote this/)).toBeVisible();
  await reply.locator('.chat-prose p').first().click();
  await expect(page).toHaveURL(address);

  await inspector.tab('Noted after').click();
  await expect(inspector.panel.getByText('Noting what changed')).toBeVisible();
  await expect(page).toHaveURL(/\?afterwards=/);
  await page.reload();
  await expect(inspector.panel.getByText('Noting what changed')).toBeVisible();

  // The story can be written meanwhile; the panel closes on Esc, and the focus is back in the story.
  await chat.message.fill('And how is the lift?');
  await expect(inspector.panel).toBeVisible();
  await chat.message.fill('');
  await page.keyboard.press('Escape');
  await expect(inspector.panel).toBeHidden();
  await expect(page).not.toHaveURL(/\?/);

  const opener = inspector.opener(chat.turnsOf(HALINA).last());
  await opener.focus();
  await page.keyboard.press('Enter');
  await expect(inspector.panel).toBeFocused();
  const before = page.url();
  await inspector.panel.getByRole('button', { name: 'The reply before' }).press('Enter');
  await expect(page).not.toHaveURL(before);
  await inspector.panel.getByRole('button', { name: 'The reply after' }).press('Enter');
  await expect(page).toHaveURL(before);
  await page.keyboard.press('Escape');
  await expect(inspector.panel).toBeHidden();
  await expect(opener).toBeFocused();
});

test('LOOK ED-3 what a reply changed is one quiet line, also after a reload, and opens to the why: what moved an edge, by whose words, drawn and as a table, and the way there', async ({ page }) => {
  const chat = await meetHalina(page, 'Ada', [], [KIND]);
  await exchange(chat, SECRET);
  const inspector = new Inspector(page);
  const line = inspector.changeOf(chat.turnsOf(HALINA).last());
  await expect(line).toContainText(`${HALINA}: `);
  await expect(line).toContainText('will remember this');
  const words = await line.innerText();
  await expect(inspector.changeOf(chat.turnsOf(HALINA).first())).toHaveCount(0);
  await page.reload();
  await expect(line).toHaveText(words);
  await line.click();
  await expect(inspector.tab('What changed')).toHaveAttribute('aria-selected', 'true');
  await expect(inspector.panel.getByText(`${HALINA} remembers this: important`)).toBeVisible();
  await inspector.panel.getByRole('button', { name: `${HALINA} towards Ada` }).click();
  await expect(inspector.edge).toBeVisible();
  await expect(inspector.steps).toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(inspector.edge).toBeHidden();

  await chat.openDrawer();
  await chat.drawer.getByRole('button', { name: /^Why: / }).first().click();
  await expect(inspector.edge.getByRole('heading', { name: `${HALINA} towards Ada` })).toBeVisible();
  await expect(page).toHaveURL(/\?why=/);
  await expect(inspector.steps).toHaveCount(2);
  await expect(inspector.steps.first()).toContainText('My brother drowned');
  await expect(inspector.edge.getByRole('img', { name: /^Affinity from 50 to \d+/ })).toBeVisible();
  await inspector.edge.getByText('As a table').click();
  await expect(inspector.edge.getByRole('row')).toHaveCount(4);
  await expectAccessible(page);
  await inspector.steps.last().getByRole('button', { name: 'Show it' }).click();
  await expect(chat.story.locator('[data-found]')).toBeInViewport();
  await page.keyboard.press('Escape');
  await expect(inspector.edge).toBeHidden();
  await expect(chat.drawer).toBeVisible();
});

test('PR-4 memories that were in a prompt say how well they fitted, and where they come from', async ({ page }) => {
  await meetHalina(page, 'Ada', [], [SECRET]);
  const title = await page.getByRole('main').getByRole('heading', { level: 1 }).innerText();
  await page.goto('/bots/sample-dobre/begin');
  await new KickoffPage(page).begin();
  const chat = new ChatPage(page);
  await chat.turnsOf(HALINA).waitFor();
  await exchange(chat, 'Do you remember my brother, and the lake?');
  const inspector = new Inspector(page);
  await inspector.openFrom(chat.turnsOf(HALINA).last());
  await expect(inspector.remembered).toContainText('My brother drowned');
  await expect(inspector.remembered.getByText('fits best').first()).toBeVisible();
  await expect(inspector.remembered).toContainText(title);
});

test('PR-7 a chat keeps an author\u2019s note of its own, which the next prompt holds', async ({ page }) => {
  const chat = await meetHalina(page);
  const inspector = new Inspector(page);
  await inspector.tuningButton.click();
  await inspector.tuning.getByRole('textbox', { name: 'Author\u2019s note' }).fill('The power fails tonight.');
  await inspector.tuning.getByRole('textbox', { name: 'Temperature' }).fill('9');
  await inspector.tuning.getByRole('button', { name: 'Keep' }).click();
  await expect(inspector.tuning.getByText('A number from 0 to 5, or nothing.')).toBeVisible();
  await inspector.tuning.getByRole('textbox', { name: 'Temperature' }).fill('0.9');
  // What was typed outlives a look elsewhere.
  await page.keyboard.press('Escape');
  await expect(inspector.tuning).toBeHidden();
  await inspector.tuningButton.click();
  await expect(inspector.tuning.getByRole('textbox', { name: 'Author\u2019s note' })).toHaveValue('The power fails tonight.');
  await inspector.tuning.getByRole('button', { name: 'Keep' }).click();
  await expect(page.getByText('Kept for this chat')).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await exchange(chat, KIND);
  await inspector.openFrom(chat.turnsOf(HALINA).last());
  await expect(inspector.blocks.filter({ hasText: /note/i })).toBeVisible();
});

test('PR-5 a prompt text is changed, refused without what must stay, and put back', async ({ page, allowedErrors }) => {
  allowedErrors.push(/400/);
  await page.goto('/settings');
  await page.getByText(/^Read or change the/).click();
  await page.getByText('How every bot plays').click();
  const text = page.getByRole('textbox', { name: 'rules.txt' });
  const shipped = await text.inputValue();
  const row = page.getByRole('listitem').filter({ has: text });
  await text.fill('Write well.');
  await row.getByRole('button', { name: 'Keep' }).click();
  await expect(row.getByRole('alert')).toContainText('{{char}}');
  await expect(text).toHaveValue('Write well.');
  await text.fill(`${shipped}\nWrite well.`);
  await row.getByRole('button', { name: 'Keep' }).click();
  await expect(row.getByText('your own')).toBeVisible();
  await page.reload();
  await page.getByText(/one is your own/).click();
  await page.getByText('How every bot plays').click();
  await expect(text).toHaveValue(`${shipped}\nWrite well.`);
  await row.getByRole('button', { name: 'Back to the shipped text' }).click();
  await expect(text).toHaveValue(shipped);
});
