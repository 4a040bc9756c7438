import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ChatPage } from './pages/chat-page.ts';
import { ImportPage } from './pages/import-page.ts';
import { KickoffPage } from './pages/kickoff-page.ts';
import { expect, test } from './support/app.ts';
import { hugeChunk, jsonCard, mira, pngWith } from './support/cards.ts';
import { meetHalina } from './support/play.ts';

const file = (name: string, mimeType: string, buffer: Buffer) => ({ name, mimeType, buffer });

test('IO-4 what is no card is refused with one sentence, and the next card still comes in', async ({ page, app, allowedErrors }) => {
  // A refusal is an answer that the browser reports.
  allowedErrors.push(/Failed to load resource: the server responded with a status of 4\d\d/);
  const importing = new ImportPage(page);
  await importing.goto();
  const jpeg = await page.screenshot({ type: 'jpeg' });
  const plain = await pngWith(page, {});
  const refused = [
    [file('photo.jpg', 'image/jpeg', jpeg), 'This is a JPEG picture'],
    [file('photo.png', 'image/png', jpeg), 'This is a JPEG picture'],
    [file('letter.txt', 'text/plain', Buffer.from('Dear Ann, how are you?')), 'carries no character'],
    [file('plain.png', 'image/png', plain), 'This PNG carries no character'],
    [file('half.png', 'image/png', plain.subarray(0, plain.length - 40)), 'too early'],
    [file('claim.png', 'image/png', hugeChunk(plain)), 'too early'],
    [file('empty.json', 'application/json', Buffer.alloc(0)), 'empty'],
    [jsonCard('{"name":"Ann'), 'JSON is damaged'],
    [jsonCard(`{"name":"Ann","first_mes":"x","x":${'['.repeat(200)}${']'.repeat(200)}}`), 'nested'],
    [jsonCard({ spec: 'chara_card_v2', data: { name: '   ' } }), 'has no name'],
    [jsonCard({ name: 'n'.repeat(121), first_mes: 'x' }), 'name is 121 characters long'],
  ] as const;
  for (const [wrong, words] of refused) {
    await importing.pick(wrong);
    await expect(importing.problem).toContainText(words);
    await expect(importing.problem).toContainText(wrong.name);
    await expect(importing.keepAndPlay).toBeHidden();
  }

  const large = join(app.folder, 'large.png');
  await writeFile(large, Buffer.alloc(60 * 1024 * 1024, plain));
  await importing.pick(large);
  await expect(importing.problem).toContainText(/at most 20 MB/);

  await importing.pick(jsonCard(mira));
  await expect(importing.character('Mira Sand')).toBeVisible();
  await expect(importing.problem).toBeHidden();
});

test('IO-1 IO-4 a card full of slips comes in with all it holds', async ({ page }) => {
  const importing = new ImportPage(page);
  const chat = await meetHalina(page);
  await importing.goto();
  const slips = `{"spec":"chara_card_v2","__proto__":{"polluted":1},"data":{"name":"Ann <b>Bold</b>",
    "constructor":{"prototype":{"polluted":1}},"description":"Keeps bees.","first_mes":"Hello <script>alert(1)</script>, {{user}}.",
    "alternate_greetings":"Once more, {{user}}.","tags":"bees, summer,,","character_book":null,"extensions":null,"creator_notes":null,}}`;
  await importing.pick(jsonCard(slips));
  await expect(importing.character('Ann <b>Bold</b>')).toBeVisible();
  await expect(page.getByText('small slips, which were mended')).toBeVisible();
  await importing.keepAndChange.click();
  await expect(page.getByRole('textbox', { name: 'Persona' })).toHaveValue(/Keeps bees/);
  await expect(page.getByRole('textbox', { name: 'Other first words, 1' })).toHaveValue('Once more, {{user}}.');

  await page.getByRole('main').getByRole('link', { name: 'Play' }).click();
  await new KickoffPage(page).begin();
  // What looks like markup stays words (OP-7).
  await expect(chat.turnsOf('Ann <b>Bold</b>')).toContainText('Hello <script>alert(1)</script>, Ada.');
  await expect(chat.story.locator('script, b')).toHaveCount(0);
  await new ChatPage(page).say('Good day.');
  expect(await chat.answerOf('Ann <b>Bold</b>')).not.toBe('');
});
