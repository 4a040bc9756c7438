import { expect, type Page } from '@playwright/test';
import { LOGIN_STYLE, loginPage } from '../../apps/server/src/ops/loginPage.ts';
import { BackupsPage } from '../pages/backups-page.ts';
import { ChatPage } from '../pages/chat-page.ts';
import { Company } from '../pages/company.ts';
import { ImportPage } from '../pages/import-page.ts';
import { Inspector } from '../pages/inspector.ts';
import { KickoffPage } from '../pages/kickoff-page.ts';
import { Plot } from '../pages/plot.ts';
import { SettingsPage } from '../pages/settings-page.ts';
import { Skipping } from '../pages/skipping.ts';
import { Timeline } from '../pages/timeline.ts';
import { WelcomePage } from '../pages/welcome-page.ts';
import { jsonCard, mira } from './cards.ts';
import { workingServer } from './models.ts';
import { HALINA, ask, tell } from './play.ts';
import { OSGAR, Story } from './story.ts';

/** Leads over every page there is, from an empty library on; stands still at each and names it. */
export async function* everyPage(page: Page): AsyncGenerator<string> {
  const welcome = new WelcomePage(page);
  const kickoff = new KickoffPage(page);
  const chat = new ChatPage(page);
  const inspector = new Inspector(page);
  const importing = new ImportPage(page);
  const settings = new SettingsPage(page);

  await page.goto('/');
  await welcome.name.waitFor();
  yield 'welcome';
  await welcome.introduce('Ada');
  await welcome.sample(HALINA).waitFor();
  yield 'cast';
  await welcome.sample(HALINA).click();
  await kickoff.start.waitFor();
  yield 'kickoff';
  await kickoff.details.click();
  yield 'kickoff in full';
  await kickoff.begin();
  await chat.turnsOf(HALINA).waitFor();
  await chat.say('Good evening. I came about the room.');
  await chat.answerOf(HALINA);
  await chat.say('*I put my bag down.* It is warmer than I thought.', 'It is warmer');
  await chat.answerOf(HALINA);
  if (await chat.drawerIsOpen()) await chat.drawerButton.click();
  await expect(chat.drawer).toBeHidden();
  yield 'chat';
  await chat.drawerButton.click();
  await chat.drawer.getByRole('heading', { name: 'Between you' }).waitFor();
  yield 'chat with drawer';
  await chat.drawer.getByRole('tab', { name: 'Memories' }).click();
  await chat.drawer.getByRole('listitem').first().waitFor();
  yield 'chat with memories';
  await chat.drawerButton.click();
  await expect(chat.drawer).toBeHidden();
  await inspector.openFrom(chat.turnsOf(HALINA).last());
  await inspector.blocks.first().waitFor();
  yield 'behind a reply: its prompt';
  await inspector.tab('What changed').click();
  await inspector.panel.getByText(`${HALINA} remembers this`).waitFor();
  yield 'behind a reply: what changed';
  await inspector.tab('Noted after').click();
  await inspector.panel.getByText('Noting what changed').waitFor();
  yield 'behind a reply: what was noted';
  await page.keyboard.press('Escape');
  await inspector.tuningButton.click();
  await inspector.tuning.getByRole('checkbox').first().waitFor();
  yield 'this chat';
  await page.keyboard.press('Escape');
  await page.goto('/');
  await page.getByRole('main').getByRole('link', { name: new RegExp(HALINA) }).waitFor();
  yield 'chats';
  await page.goto('/bots');
  await page.getByRole('link', { name: `Play with ${HALINA}` }).waitFor();
  yield 'bots';
  await page.getByRole('link', { name: `Change ${HALINA}` }).click();
  await page.getByRole('textbox', { name: 'Persona' }).waitFor();
  yield 'bot';
  await page.goto('/bots/new');
  await page.getByRole('button', { name: 'Save and play' }).click();
  await page.getByText('They need a name.').waitFor();
  yield 'new bot';
  await importing.goto();
  yield 'import';
  await importing.pick(jsonCard(mira));
  await importing.character('Mira Sand').waitFor();
  yield 'import of a card';
  await settings.goto();
  await page.getByLabel('Diagnostics').getByText('Offstage').first().waitFor();
  yield 'settings';
  await page.getByText(/^Read or change the/).click();
  await page.getByText('How every bot plays').click();
  yield 'settings, prompt texts';
  await settings.connect.click();
  await settings.address.waitFor();
  yield 'settings, connecting';
  await page.goto('/nowhere');
  await page.getByRole('heading', { name: 'Nothing stands here' }).waitFor();
  yield 'nowhere';
  const backups = new BackupsPage(page);
  await backups.open();
  await backups.make.click();
  await backups.copies.first().waitFor();
  yield 'copies';
  yield* login(page);
}

/** Leads over every panel of a story in which all stands that can: it is prepared over the wire. */
export async function* everyPanel(page: Page): AsyncGenerator<string> {
  const { chatId } = await Story.told(page);
  const chat = new ChatPage(page);
  const company = new Company(chat);
  const story = new Timeline(chat);
  const skipping = new Skipping(chat);
  const plot = new Plot(chat);
  await page.goto(`/chats/${chatId}`);
  await chat.turnsOf(HALINA).last().waitFor();
  await skipping.openPart();
  await chat.drawer.getByRole('spinbutton', { name: 'Turns' }).waitFor();
  yield 'a long story, all on stage: guest, skip, together, meanwhile';
  await plot.open();
  await plot.root.getByRole('button', { name: 'a date', exact: true }).click();
  await plot.form.waitFor();
  yield 'plot, with a new plan';
  await plot.form.getByRole('button', { name: 'Leave it' }).click();
  await story.openMap();
  await story.choose(/Or rather/);
  await chat.drawer.getByRole('button', { name: 'Read it' }).click();
  await page.getByRole('region', { name: 'Another branch, to read' }).waitFor();
  yield 'timeline, with a branch to read';
  await chat.drawer.getByRole('tab', { name: 'On stage' }).click();
  await chat.drawer.getByRole('button', { name: /^Why: / }).first().click();
  await page.getByRole('complementary', { name: 'Why they stand so' }).getByRole('heading').first().waitFor();
  yield 'why they stand so';
  await page.keyboard.press('Escape');
  await company.letGo(OSGAR);
  await company.bringIn.click();
  await company.picker.getByRole('button', { name: OSGAR }).waitFor();
  await expect(async () => expect(await underToasts(chat), 'what a toast lies over').toEqual([])).toPass({ timeout: 5_000 });
  yield 'who could come in, and a toast';
  await chat.message.fill('*The next morning.*');
  await page.keyboard.press('Enter');
  await skipping.notable.waitFor();
  yield 'the question before a leap';
  await page.keyboard.press('ControlOrMeta+K');
  await page.getByRole('option').first().waitFor();
  yield 'palette';
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+/');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  yield 'keys';
  await page.keyboard.press('Escape');
  yield* underWay(chat, chatId);
}

/** Whether a toast lies over the story or over what one writes. */
async function underToasts({ page, story, message }: ChatPage): Promise<readonly string[]> {
  const toast = await page.getByRole('status').getByRole('button', { name: 'Undo' }).locator('..').boundingBox();
  const places = { story, message };
  const found: string[] = [];
  for (const [name, place] of Object.entries(places)) {
    const box = await place.boundingBox();
    if (toast === null || box === null) found.push(`${name}, or there is none`);
    else if (toast.x < box.x + box.width && box.x < toast.x + toast.width && toast.y < box.y + box.height && box.y < toast.y + toast.height) found.push(name);
  }
  return found;
}

/** What goes on: two by themselves of whom one speaks, and a call that was asked to wait. */
async function* underWay(chat: ChatPage, chatId: string): AsyncGenerator<string> {
  const { page } = chat;
  await using models = await workingServer({ misbehaving: true });
  const provider = { name: 'Stage', baseUrl: models.address, maxConcurrent: 1 };
  const { id } = await tell<{ id: string }>(page, 'settings.saveProvider', { provider, narrative: 'rehearsal:slow' });
  await tell(page, 'skips.cancel', { chatId });
  const bots = await ask<readonly { readonly botId: string; readonly name: string }[]>(page, 'bots.list');
  await tell(page, 'guests.set', { chatId, botId: bots.find(({ name }) => name === OSGAR)?.botId });
  await tell(page, 'meanwhile.begin', { chatId, turns: 4, nudge: '' });
  await chat.streams(2);
  yield 'two by themselves, one of whom speaks';
  await tell(page, 'settings.choose', { narrative: { endpointId: id, model: 'rehearsal:429-7200s' } });
  await chat.stop.click();
  await chat.settled();
  await chat.say('Are you there?');
  await page.goto('/settings');
  await page.getByRole('button', { name: /^Cancel: A reply/ }).waitFor();
  yield 'settings, a call that waits';
}

/** The page that asks for the passphrase, as a server says it that others can reach. */
async function* login(page: Page): AsyncGenerator<string> {
  await page.route(/\/login(\.css)?$/, (route) =>
    route.request().url().endsWith('.css')
      ? route.fulfill({ contentType: 'text/css', body: LOGIN_STYLE })
      : route.fulfill({ contentType: 'text/html', body: loginPage({ to: '/', signedIn: false, problem: 'This is not the passphrase.' }) }),
  );
  await page.goto('/login');
  await page.getByRole('button').waitFor();
  yield 'passphrase';
}
