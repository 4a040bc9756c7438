import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { ChatPage } from './pages/chat-page.ts';
import { ImportPage } from './pages/import-page.ts';
import { KickoffPage } from './pages/kickoff-page.ts';
import { expect, test } from './support/app.ts';
import { jsonCard } from './support/cards.ts';
import { meetHalina } from './support/play.ts';

/** Whatever would run, load or lead away if it were markup. */
const MARKUP = [
  '<img src="http://evil.example/a.png" onerror="window.ran=1">',
  '<script>window.ran=1</script><svg onload="window.ran=1"></svg>',
  '<iframe src="http://evil.example/"></iframe><style>body{display:none}</style>',
  '![a picture](http://evil.example/b.png) [a link](javascript:window.ran=1)',
  '<form action="http://evil.example/"><button>Go</button></form>',
].join(' ');
const NAME = 'Eve <img src=//evil.example/n onerror=ran=1>';

/** Counts what would be wrong: breaches of the policy, scripts that ran, questions to the person, requests that leave. */
async function watch(page: Page, home: string): Promise<() => Promise<readonly unknown[]>> {
  const wrong: string[] = [];
  page.context().on('request', (request) => {
    if (!request.url().startsWith(home) && !request.url().startsWith('blob:')) wrong.push(`asked for ${request.url()}`);
  });
  page.on('dialog', (dialog) => {
    wrong.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.addInitScript(`window.breaches = []; addEventListener('securitypolicyviolation', (event) => breaches.push(event.violatedDirective));`);
  return async () => [...wrong, ...(await page.evaluate<string[]>('[...window.breaches, ...(window.ran === undefined ? [] : ["a script ran"])]'))];
}

test('OP-7 a card, a message and a reply full of markup stay words on every page, and nothing leaves', async ({ page, app }) => {
  test.setTimeout(180_000);
  const wrong = await watch(page, app.url);
  await meetHalina(page, 'Ada <b onclick=ran=1>');
  const importing = new ImportPage(page);
  await importing.goto();
  await importing.pick(
    jsonCard({
      spec: 'chara_card_v2',
      data: {
        name: NAME,
        description: MARKUP,
        personality: MARKUP,
        scenario: MARKUP,
        first_mes: MARKUP,
        mes_example: MARKUP,
        creator_notes: MARKUP,
        alternate_greetings: [MARKUP],
        tags: ['<img src=//evil.example/t>'],
        character_book: { entries: [{ keys: ['<b>'], content: MARKUP, enabled: true, insertion_order: 1, extensions: {} }] },
      },
    }),
  );
  await expect(importing.character(NAME)).toBeVisible();
  await importing.keepAndChange.click();
  await expect(page.getByRole('textbox', { name: 'Persona' })).toHaveValue(/<script>/);
  expect(await wrong()).toEqual([]);

  await page.getByRole('main').getByRole('link', { name: 'Play' }).click();
  await new KickoffPage(page).begin();
  const chat = new ChatPage(page);
  await expect(chat.turnsOf(NAME).first()).toContainText('<script>window.ran=1</script>');
  await chat.say(MARKUP, '<iframe src="http://evil.example/">');
  await chat.answerOf(NAME);
  // A reply is words as much as a message is: the last one gets other words, and stands in every tab.
  const chatId = new URL(page.url()).pathname.split('/').at(-1);
  const opened = await page.request.get(`/trpc/chats.open?input=${encodeURIComponent(JSON.stringify({ chatId }))}`);
  const { result } = (await opened.json()) as { result: { data: { turns: { turnId: string }[] } } };
  const edited = await page.request.post('/trpc/turns.edit', { data: { commandId: randomUUID(), turnId: result.data.turns.at(-1)?.turnId, text: MARKUP } });
  expect(edited.ok()).toBe(true);
  await expect(chat.last).toContainText('<script>window.ran=1</script>');
  if (await chat.drawer.isHidden()) await chat.drawerButton.click();
  await expect(chat.drawer).toBeVisible();
  await expect(chat.story.locator('script, iframe, style, form, svg[onload], img[src*="evil"], a[href^="javascript"]')).toHaveCount(0);
  await expect(page.locator('img[src*="evil"], iframe')).toHaveCount(0);
  expect(await wrong()).toEqual([]);

  for (const path of ['/', '/settings', '/bots']) {
    await page.goto(path);
    await expect(page.getByRole('main')).toBeVisible();
    expect(await wrong(), path).toEqual([]);
  }
});
