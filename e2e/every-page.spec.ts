import { expect, test } from './support/app.ts';
import { expectAccessible } from './support/axe.ts';
import { everyPage, everyPanel } from './support/walk.ts';

const widths = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;
const walks = { page: everyPage, 'panel of a long story': everyPanel } as const;

for (const [width, viewport] of Object.entries(widths)) {
  test.describe(() => {
    test.use({ viewport, colorScheme: 'light' });

    for (const [places, walk] of Object.entries(walks)) {
      test(`UI-7 UI-8 axe finds nothing on any ${places}, in light and dark, and none is too broad: ${width}`, async ({ page }) => {
        test.setTimeout(360_000);
        for await (const name of walk(page)) {
          await test.step(name, async () => {
            await expectAccessible(page);
            // The dark page is the same page in other colours: what can differ is contrast.
            await page.emulateMedia({ colorScheme: 'dark' });
            await expectAccessible(page, ['color-contrast']);
            await page.emulateMedia({ colorScheme: 'light' });
            const beyond = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
            expect(beyond, 'pixels beyond the right edge').toBeLessThanOrEqual(0);
          });
        }
      });
    }
  });
}
