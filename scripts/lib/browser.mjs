// Finds a Chromium for the tests in a real browser.
import { existsSync } from 'node:fs';
import { run, Stop } from './process.mjs';

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** The browser's path: CHROMIUM_PATH, else the first at a usual place, else undefined. */
export const findBrowser = () => process.env.CHROMIUM_PATH ?? usual.find((path) => existsSync(path));

/** Finds a browser, or installs Debian's where we may. Throws `Stop` saying how to get one. */
export async function ensureBrowser() {
  const found = findBrowser();
  if (found !== undefined) {
    if (!existsSync(found)) throw new Stop(`CHROMIUM_PATH names ${found}, but nothing is there.`);
    return found;
  }
  if (existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    console.log('No Chromium found; installing it ...');
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-qq'], { env });
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env, quiet: true });
    const installed = findBrowser();
    if (installed !== undefined) return installed;
  }
  throw new Stop(
    'The browser tests need Chromium or Chrome: install it (Debian: apt-get install chromium), or set CHROMIUM_PATH to its program.',
  );
}
