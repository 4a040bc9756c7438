import { expect, test } from './support/app.ts';
import { expectAccessible } from './support/axe.ts';
import { everyPage } from './support/walk.ts';

const widths = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;

for (const [width, viewport] of Object.entries(widths)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(() => {
      test.use({ viewport, colorScheme, contextOptions: { reducedMotion: 'reduce' } });

      test(`UI-7 UI-8 axe finds nothing on any page and none is too broad: ${width}, ${colorScheme}`, async ({ page }) => {
        test.setTimeout(120_000);
        for await (const name of everyPage(page)) {
          await test.step(name, async () => {
            await expectAccessible(page);
            const beyond = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
            expect(beyond, 'pixels beyond the right edge').toBeLessThanOrEqual(0);
          });
        }
      });
    });
  }
}
