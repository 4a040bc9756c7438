import { DomainError } from '@offstage/domain';
import type { Playable } from '@offstage/domain/commands/send';
import type { SkipPlan } from '@offstage/domain/commands/skip';
import { endsScene } from '@offstage/domain/intent';
import { readSkipTarget, skipTo } from '@offstage/domain/skipTarget';
import type { SkipTarget } from '@offstage/domain/skipTarget';
import { timeInWords } from '@offstage/domain/storyTime';
import { z } from 'zod';
import { askSoon } from '../intent.ts';
import type { Kit } from '../kit.ts';

type Tools = Pick<Kit, 'store' | 'gateway' | 'models' | 'people' | 'config' | 'log'>;

const read = z.object({ kind: z.enum(['none', 'elision', 'jump']), minutes: z.number().nullish(), until: z.string().nullish(), label: z.string() });

/** Characters of a message that are shown for the question. */
const SHOWN = 4_000;
/** What an elision takes where nobody names a time, in minutes, and a leap. */
const A_WHILE = 30;
const A_DAY = 1_440;

/**
 * TN-2: what a message skips that looks like one; undefined for an ordinary one. A model is asked; without an answer
 * the words have to tell by themselves. Throws DomainError `invalid` for a leap that goes nowhere.
 */
export async function planByProse(kit: Tools, at: Playable, message: string): Promise<SkipPlan | undefined> {
  const clock = at.stage?.clock ?? null;
  const answer = await ask(kit, at, message);
  if (answer?.kind === 'none') return undefined;
  const target = answer === undefined ? readKindly(message, clock) : told(answer, message, clock);
  return target && planOf(target, message, clock);
}

/** A skip that is asked for outright, in words: by `/skip` or in the drawer. Throws DomainError `invalid` as `readSkipTarget`. */
export async function planByWords(kit: Tools, at: Playable, words: string): Promise<SkipPlan> {
  const clock = at.stage?.clock ?? null;
  const plain = readSkipTarget(words, clock);
  if (plain !== undefined && (plain.to !== null || clock === null)) return planOf(plain, words, clock);
  const answer = await ask(kit, at, `Skip ${words}`);
  const known = answer === undefined || answer.kind === 'none' ? undefined : told(answer, words, clock);
  // What the words say of it is surer than what a model makes of them; only the time is asked for.
  return planOf(known === undefined ? { mode: 'elision', to: null } : { ...known, mode: plain?.mode ?? known.mode }, words, clock);
}

/** A skip to an exact moment (ISO 8601 UTC). Throws DomainError `invalid` as `skipTo`. */
export function planTo(to: string, at: Playable): SkipPlan {
  const clock = at.stage?.clock ?? null;
  return planOf(skipTo(to, clock), `To ${timeInWords(to)}`, clock);
}

function planOf({ mode, to }: SkipTarget, asked: string, clock: string | null): SkipPlan {
  return { mode, asked, to: to ?? later(clock, mode === 'jump' ? A_DAY : A_WHILE), closes: endsScene(asked) };
}

/** Where the model's answer says that a skip goes. */
function told({ kind, minutes, until }: z.infer<typeof read>, words: string, clock: string | null): SkipTarget {
  const mode = kind === 'jump' ? 'jump' : 'elision';
  const moment = until == null ? Number.NaN : Date.parse(until);
  if (!Number.isNaN(moment)) return { ...skipTo(new Date(moment).toISOString(), clock), mode };
  if (clock !== null && minutes != null && Number.isFinite(minutes)) return { ...skipTo(new Date(Date.parse(clock) + minutes * 60_000).toISOString(), clock), mode };
  return { mode, to: readKindly(words, clock)?.to ?? null };
}

/** What the words of the story say by themselves: what cannot be reckoned there is no mistake of the writer's. */
function readKindly(words: string, clock: string | null): SkipTarget | undefined {
  try {
    return readSkipTarget(words, clock);
  } catch (problem) {
    if (problem instanceof DomainError) return undefined;
    throw problem;
  }
}

function later(clock: string | null, minutes: number): string | null {
  return clock === null ? null : skipTo(new Date(Date.parse(clock) + minutes * 60_000).toISOString(), clock).to;
}

function ask(kit: Tools, at: Playable, message: string): Promise<z.infer<typeof read> | undefined> {
  const clock = at.stage?.clock ?? null;
  const now = clock === null ? 'Nobody has said when it is.' : `Time: ${timeInWords(clock)} (${clock})`;
  return askSoon(kit, at, 'skip', `# Now\n${now}\n\n# The message\n${message.slice(0, SHOWN).toWellFormed()}`, read);
}
