import { Company } from './pages/company.ts';
import { Drawer } from './pages/drawer.ts';
import { expect, test } from './support/app.ts';
import { expectAccessible } from './support/axe.ts';
import { HALINA, anotherTab, meetHalina } from './support/play.ts';

/** Another of the cast that comes along. */
const OSGAR = 'Osgar';

test.use({ viewport: { width: 1440, height: 900 } });

test('GU-1 GU-3 TN-3 TN-10 LV-1 a guest comes in, is spoken to and is broken in on, in two tabs; how three are together is told and changed; the guest leaves', async ({ page }) => {
  const chat = await meetHalina(page, 'Ada', [OSGAR]);
  const company = new Company(chat);
  await company.openDrawer();
  const other = await anotherTab(chat);
  const otherCompany = new Company(other);

  await company.invite(OSGAR);
  await expect(otherCompany.says(`${OSGAR} joins you.`)).toBeVisible();
  await expect(otherCompany.likely(HALINA)).toBeVisible();
  await expect(company.likely(HALINA)).toBeVisible();
  await expectAccessible(page);

  // Whom one speaks to follows the words; Halina is spoken of, and breaks in.
  await chat.hand.fill(chat.message, `${OSGAR}, what do you make of Halina?`);
  await expect(company.likely(OSGAR)).toBeVisible();
  await chat.send.click();
  for (const one of [chat, other]) {
    await expect(one.turnsOf(OSGAR)).toHaveCount(1, { timeout: 30_000 });
    await expect(one.turnsOf(HALINA)).toHaveCount(2, { timeout: 30_000 });
    await one.settled();
  }

  await page.getByRole('button', { name: 'Close this scene' }).click();
  await page.getByRole('button', { name: 'Close it' }).click();
  await expect(company.together).toContainText(/Ada|Halina|Osgar/, { timeout: 30_000 });
  const told = await company.together.innerText();
  await company.together.click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('They are wary of each other.');
  await page.keyboard.press('Enter');
  await expect(company.together).toContainText('They are wary of each other.');
  await new Drawer(chat).takeBack('How you are together is changed.');
  await expect(company.together).toHaveText(told);

  await company.letGo(OSGAR);
  await expect(otherCompany.says(`${OSGAR} leaves.`)).toBeVisible();
  await expect(otherCompany.addressees).toHaveCount(0);
  await expect(company.together).toHaveCount(0);
});
