import { PASS_NAMES } from '@offstage/domain/passNames';
import type { Settings } from './use-settings-command.ts';

/** What a reply costs in calls, with the books kept so (LOOK: costs stand where they are chosen). */
export function callsInWords({ mode, off }: Pick<Settings['bookkeeping'], 'mode' | 'off'>): string {
  // What is planned is asked about only where something is, and whether the other breaks in with a guest there alone.
  const noticed = PASS_NAMES.filter((name) => name !== 'plans' && name !== 'interjection' && name !== 'meanwhile' && !off.includes(name)).length;
  const plans = off.includes('plans') ? '' : ' Where something is planned, one more.';
  const scene = off.includes('scene') ? '' : ' When a scene ends, each bot that was in it takes one more.';
  const guest = off.includes('interjection') ? '' : ' With a guest there, one who breaks in takes as many again.';
  if (noticed === 0) return off.includes('plans') ? 'Every reply takes 1 call, for its words. Nothing is noted.' : `Every reply takes 1 call, for its words.${plans}`;
  if (mode === 'combined' || noticed === 1) return `Every reply takes 2 calls: one for its words, one for the books.${scene}${guest}`;
  return `Every reply takes ${1 + noticed} calls: one for its words, and ${noticed} for the books.${plans}${scene}${guest}`;
}
