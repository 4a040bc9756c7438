import type { Answers } from '#lib/trpc.ts';

type Counts = Answers['timeline']['undoing']['counts'];

const WORDS: readonly (readonly [kind: keyof Counts, one: string, many: string])[] = [
  ['turns', 'one turn', 'turns'],
  ['scenes', 'one scene', 'scenes'],
  ['memories', 'one memory', 'memories'],
  ['feelings', 'one change of feeling', 'changes of feeling'],
  ['plans', 'one plan', 'plans'],
  ['threads', 'one open thread', 'open threads'],
  ['things', 'one thing had or lost', 'things had or lost'],
  ['stage', 'one change on the stage', 'changes on the stage'],
];

/** `3 turns, 2 memories and one change of feeling`; `nothing` where nothing would be undone. */
export function undoneInWords(counts: Counts): string {
  const parts = WORDS.flatMap(([kind, one, many]) => (counts[kind] === 0 ? [] : counts[kind] === 1 ? one : `${counts[kind].toLocaleString('en')} ${many}`));
  const last = parts.pop();
  if (last === undefined) return 'nothing';
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
}
