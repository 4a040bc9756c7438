import { setTimeout as wait } from 'node:timers/promises';
import type { BenchModel } from '../lib/model.ts';
import type { Report } from '../lib/report.ts';
import { median, p99 } from '../lib/stats.ts';
import { Stage } from './stage.ts';

const REPLIES = 3;
const CHUNKS = 100;
/** Farther apart than the server gathers words (25 ms): each chunk is told by itself, at once. */
const APART_MS = 40;
/** Much closer: most chunks wait until the words so far are told together. */
const CLOSE_MS = 5;

/** PF-2: from the model's writing a chunk until a page's connection has its words. */
export async function hearing(report: Report, folder: string, chatId: string, model: BenchModel): Promise<void> {
  report.note(
    `PF-2 has the model say a chunk every ${APART_MS} ms, so that none waits for others to be told with it: what is left is the way through the server.`,
  );
  await using stage = await Stage.open(folder, chatId, model);
  await listen(stage, model, 1, APART_MS);
  const apart = await listen(stage, model, REPLIES, APART_MS);
  const close = await listen(stage, model, REPLIES, CLOSE_MS);
  report.add({ id: 'PF-2', what: 'model chunk -> subscriber, beyond coalescing', value: median(apart), unit: 'ms', bar: 5, p99: p99(apart) });
  report.add({ id: 'PF-2', what: `the same at 200 chunks a second, waits of up to 25 ms included`, value: median(close), unit: 'ms', p99: p99(close) });
}

/** Plays replies of chunks so far apart; answers for each chunk how long its words took, the first of a reply left out. */
async function listen(stage: Stage, model: BenchModel, replies: number, apart: number): Promise<number[]> {
  const times: number[] = [];
  for (let reply = 0; reply < replies; reply += 1) {
    const sent: { end: number; at: number }[] = [];
    let heard = 0;
    stage.onFrame = (frame) => {
      if (frame.type !== 'words') return;
      const now = performance.now();
      const known = frame.offset + frame.text.length;
      for (; heard < sent.length && (sent[heard]?.end ?? Infinity) <= known; heard += 1) {
        const at = sent[heard]?.at;
        // The first words wait for the turn to be written and for the speaker's name not to stand before them.
        if (heard > 0 && at !== undefined) times.push(now - at);
      }
    };
    model.answerWith(async ({ say }) => {
      let end = 0;
      for (let n = 0; n < CHUNKS; n += 1) {
        const words = n === 0 ? '"So' : ` word${n}`;
        end += words.length;
        sent.push({ end, at: performance.now() });
        say(words);
        await wait(apart);
      }
    });
    await stage.play('Tell me everything, slowly.');
  }
  stage.onFrame = () => {};
  const wanted = replies * (CHUNKS - 1);
  // The last words may come with the whole turn instead.
  if (times.length < wanted * 0.9) throw new Error(`Of ${wanted} chunks only ${times.length} were heard by themselves.`);
  return times;
}
