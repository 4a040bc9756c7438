import type { Report } from '../lib/report.ts';
import { playing } from './playing.ts';
import { rebuilding } from './rebuilding.ts';
import { sizes } from './sizes.ts';
import { starting } from './starting.ts';

/** What the store costs: turns, head moves and reads at two sizes, a rebuild, a start. */
export async function engine(report: Report): Promise<void> {
  await playing(report);
  await sizes(report);
  await rebuilding(report);
  await starting(report);
}
