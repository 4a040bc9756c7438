import { Folder } from '../lib/folder.ts';
import type { Report } from '../lib/report.ts';
import { median } from '../lib/stats.ts';
import { begin, openLibrary, playTurn, Texts } from '../story.ts';

const WARM_UP = 500;
const WINDOWS = 5;
const TURNS_A_WINDOW = 1_000;

/** PF-4: full turns played one after another, decided on what was read, checked, written and told; no model, no prompt. */
export async function playing(report: Report): Promise<void> {
  report.note('PF-4 plays full turns (seven events, three commits, texts of 300 and 900 characters) one after another.');
  using folder = new Folder();
  const store = await openLibrary(folder.at('library.sqlite'));
  try {
    const texts = new Texts({ message: 300, reply: 900 });
    await begin(store, ['a']);
    for (let n = 0; n < WARM_UP; n += 1) await playTurn(store, 'a', texts);
    const windows: number[] = [];
    for (let window = 0; window < WINDOWS; window += 1) {
      const since = performance.now();
      for (let n = 0; n < TURNS_A_WINDOW; n += 1) await playTurn(store, 'a', texts);
      windows.push(TURNS_A_WINDOW / ((performance.now() - since) / 1_000));
    }
    report.add({ id: 'PF-4', what: `full turns played, median of ${WINDOWS} windows`, value: median(windows), unit: '/s', bar: 1_000, atLeast: true });
  } finally {
    await store.close();
  }
}
