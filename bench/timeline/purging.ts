import { purgeChat } from '../../packages/domain/src/commands/purge.ts';
import { longestBlock } from '../lib/block.ts';
import type { Report } from '../lib/report.ts';
import { openLibrary } from '../story.ts';

/** The chat that goes: a fifth of the library. */
const GOES = 'c';

/** TL-12: deletes a fifth of a library for good: the rest is folded afresh and the file written anew. */
export async function purging(report: Report, path: string, where: string): Promise<void> {
  const store = await openLibrary(path);
  try {
    const since = performance.now();
    const { block, result } = await longestBlock(() =>
      store.purge({ id: 'purge', actor: 'engine', at: new Date().toISOString() }, async (read) => {
        const chat = await read.row('chats', GOES);
        return { ...purgeChat({ chat, typed: chat?.title ?? '', streaming: false }), answer: null };
      }),
    );
    const { bytes } = result;
    report.add({ id: 'TL-12', what: `a fifth deleted for good at ${where}`, value: performance.now() - since, unit: 'ms' });
    report.add({ id: 'TL-12', what: `longest time without an answer meanwhile, at ${where}`, value: block, unit: 'ms' });
    report.add({ id: 'TL-12', what: `size of the file after over before, at ${where}`, value: bytes.after / bytes.before, unit: 'x' });
  } finally {
    await store.close();
  }
}
