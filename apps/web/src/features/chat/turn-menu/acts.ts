import type { Turn } from '../model/transcript.ts';

/** Something that can be done with a turn (UI-3). */
export type Act = 'again' | 'rewind' | 'edit' | 'compare' | 'prompt' | 'continue' | 'hide' | 'show' | 'branch' | 'look' | 'copy' | 'changed' | 'learn';

/** What each is called. */
export const ACT_NAMES: Readonly<Record<Act, string>> = {
  again: 'Try again',
  rewind: 'Rewind to here',
  edit: 'Edit',
  compare: 'Alternates side by side',
  prompt: 'What was in the prompt',
  continue: 'Continue',
  hide: 'Hide from the prompt',
  show: 'Show in the prompt again',
  branch: 'Branch from here',
  look: 'How things stood here',
  copy: 'Copy',
  changed: 'What changed',
  learn: 'Learn this again',
};

interface Where {
  readonly turn: Turn;
  /** What answers the turn, or stands in its place where the turn is itself a reply; undefined for none. */
  readonly reply: Turn | undefined;
  readonly isHead: boolean;
  readonly alternates: boolean;
  /** True while a reply is being written. */
  readonly streaming: boolean;
}

/** What can be done with a turn: the five usual things, and the rest. */
export function actsOf({ turn, reply, isHead, alternates, streaming }: Where): { readonly usual: readonly Act[]; readonly more: readonly Act[] } {
  if (turn.status === 'streaming' || turn.kind === 'kickoff') return { usual: [], more: [] };
  const bots = turn.kind === 'assistant';
  const told = bots || turn.kind === 'skip';
  const usual: (Act | false)[] = [reply !== undefined && !streaming && 'again', !isHead && 'rewind', 'edit', alternates && 'compare', told && 'prompt'];
  const more: (Act | false)[] = [
    bots && isHead && !streaming && turn.text.trim() !== '' && 'continue',
    turn.edited !== null && reply !== undefined && 'learn',
    turn.hidden ? 'show' : 'hide',
    !isHead && 'branch',
    !isHead && 'look',
    'copy',
    told && 'changed',
  ];
  const there = (acts: (Act | false)[]): Act[] => acts.filter((act) => act !== false);
  return { usual: there(usual), more: there(more) };
}
