import { setTimeout as wait } from 'node:timers/promises';
import type { BenchModel } from '../lib/model.ts';
import type { Report } from '../lib/report.ts';
import { median, p99 } from '../lib/stats.ts';
import { Texts } from '../story.ts';
import { Stage } from './stage.ts';

const WARM_UP = 30;
const SENDS = 250;
/** Between two turns, so that what a turn leaves to do afterwards is done, as it is when a person types. */
const PAUSE_MS = 20;

/** PF-1: from the beginning of the request that sends a message until the model's server has the call. */
export async function sending(report: Report, folder: string, chatId: string, model: BenchModel): Promise<void> {
  report.note(`PF-1 sends ${SENDS} messages to the built server; the time includes the client's own and both ways over loopback.`);
  await using stage = await Stage.open(folder, chatId, model);
  const texts = new Texts({ message: 300, reply: 900 });
  const times: number[] = [];
  for (let n = 0; n < WARM_UP + SENDS; n += 1) {
    const { message, reply } = texts.next();
    model.answerWith(({ say }) => say(reply));
    const called = model.nextCall();
    const begun = await stage.play(message);
    if (n >= WARM_UP) times.push((await called) - begun);
    await wait(PAUSE_MS);
  }
  report.add({ id: 'PF-1', what: 'send -> model called, 10,000 turns and memories, median', value: median(times), unit: 'ms', bar: 8, p99: p99(times) });
  report.add({ id: 'PF-1', what: 'send -> model called, 10,000 turns and memories, p99', value: p99(times), unit: 'ms', bar: 30 });
}
