import type { Page } from '@playwright/test';
import { Timeline } from './pages/timeline.ts';
import { expect, test } from './support/app.ts';
import { HALINA, meetHalina } from './support/play.ts';

// A reply is still being written while all of this is looked at.
test.use({ viewport: { width: 1440, height: 900 }, world: { env: { OFFSTAGE_REHEARSAL_WPS: '4' } } });

/** Notes every scroll that a script asks to be smooth. */
const NOTE_SCROLLS = `
window.smooth = [];
for (const name of ['scroll', 'scrollTo', 'scrollBy', 'scrollIntoView']) {
  const own = Element.prototype[name];
  Element.prototype[name] = function (...how) {
    if (how.some((one) => one?.behavior === 'smooth')) window.smooth.push(name);
    return own.apply(this, how);
  };
}`;

/** What on the page as it stands would move for longer than \`most\` ms, or scroll smoothly; \`breathing\` are names of what may go on and on. */
function moving(page: Page, most: number, breathing: readonly string[]): Promise<readonly string[]> {
  return page.evaluate<string[]>(`(() => {
    const ms = (list) => Math.max(...list.split(',').map((one) => Number.parseFloat(one) * (one.trim().endsWith('ms') ? 1 : 1000)));
    const found = new Set(window.smooth.map((name) => name + ' smoothly'));
    for (const element of document.querySelectorAll('*')) {
      for (const part of ['', '::before', '::after']) {
        const style = getComputedStyle(element, part || null);
        const where = element.localName + '.' + (element.getAttribute('class') ?? '').split(' ').slice(0, 4).join('.') + part;
        if (ms(style.transitionDuration) > ${most}) found.add(where + ' changes for ' + style.transitionDuration);
        if (style.animationName !== 'none' && ms(style.animationDuration) > Math.max(1, ${most}) && !${JSON.stringify(breathing)}.includes(style.animationName)) found.add(where + ' is moved by ' + style.animationName);
        if (style.scrollBehavior === 'smooth') found.add(where + ' scrolls smoothly');
      }
    }
    return [...found];
  })()`);
}

test('UI-7 with reduced motion nothing moves on the chat, its drawer, a toast or the palette; without it nothing moves for long', async ({ page }) => {
  await page.addInitScript(NOTE_SCROLLS);
  const chat = await meetHalina(page);
  const story = new Timeline(chat);
  const look = async (at: string): Promise<void> => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await moving(page, 0, []), `${at}, reduced`).toEqual([]);
    // Whatever began to move before has come to rest.
    await expect.poll(() => page.evaluate(`document.getAnimations().filter(({ playState }) => playState === 'running').length`), at).toBe(0);
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    expect(await moving(page, 180, ['chat-breathe', 'pulse']), at).toEqual([]);
  };
  await chat.openDrawer();
  await chat.say('Go on.');
  await chat.streams(1);
  await look('while a reply is written, beside the drawer');
  await story.more(chat.turnsOf(HALINA).first(), 'Hide from the prompt');
  await expect(story.undo).toBeVisible();
  await look('with a toast');
  await page.keyboard.press('ControlOrMeta+K');
  await page.getByRole('option').first().waitFor();
  await look('under the palette');
  await page.keyboard.press('Escape');
  await story.undo.click();
  await chat.stop.click();
  await chat.settled();
});
