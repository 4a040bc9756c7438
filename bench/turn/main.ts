import { ensureBuilt } from '../../scripts/lib/build.mjs';
import { Folder } from '../lib/folder.ts';
import { BenchModel } from '../lib/model.ts';
import type { Report } from '../lib/report.ts';
import { makeLibrary } from '../seed.ts';
import { Texts } from '../story.ts';
import { hearing } from './hearing.ts';
import { memory } from './memory.ts';
import { sending } from './sending.ts';

const TURNS = 10_000;

/** What the server adds to a turn, over loopback: before the model is called, between its words and a page, in memory. */
export async function turn(report: Report): Promise<void> {
  await ensureBuilt();
  report.note(`The chat has ${TURNS} full turns (${TURNS * 2} messages), its bot as many memories; the model is a server of the bench and answers at once.`);
  using folder = new Folder();
  await makeLibrary(folder.at('offstage.sqlite'), ['a'], { turns: TURNS }, new Texts({ message: 300, reply: 900 }));
  const model = await BenchModel.start();
  try {
    await memory(report, folder.path, 'a', model);
    await sending(report, folder.path, 'a', model);
    await hearing(report, folder.path, 'a', model);
  } finally {
    await model.close();
  }
}
