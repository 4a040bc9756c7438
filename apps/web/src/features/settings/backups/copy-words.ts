import type { Answers } from '#lib/trpc.ts';

export type Copy = Answers['keeping']['copies']['copies'][number];

const KINDS: Readonly<Record<Copy['kind'], string>> = {
  snapshot: 'While you played',
  nightly: 'Nightly',
  'by-hand': 'By hand',
  'before-update': 'Before an update',
  'before-restore': 'Put aside for a copy',
  damaged: 'Damaged, put aside',
  other: 'Another file, put aside',
};

/** Why a copy was made, as one would say it. */
export function kindInWords(kind: Copy['kind']): string {
  return KINDS[kind];
}

/** True for a copy that can be put back. */
export function canBePutBack({ kind }: Copy): boolean {
  return kind !== 'damaged' && kind !== 'other';
}

/** "12 chats, 840 turns"; what a file does not say is said too. */
export function contentsInWords({ contents, kind }: Pick<Copy, 'contents' | 'kind'>): string {
  if (contents === null) return kind === 'damaged' || kind === 'other' ? 'kept as it was' : 'cannot be read';
  return `${counted(contents.chats, 'chat')}, ${counted(contents.turns, 'turn')}`;
}

/** A moment as the reader's own clock shows it: "today, 03:00", "yesterday, 21:14", "Tue 3 March, 03:00". */
export function momentInWords(at: string, now: number): string {
  const date = new Date(at);
  const time = date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  const days = dayOf(new Date(now)) - dayOf(date);
  if (days === 0) return `today, ${time}`;
  if (days === 1) return `yesterday, ${time}`;
  const day = date.toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'long', ...(Math.abs(days) > 300 && { year: 'numeric' }) });
  return `${day}, ${time}`;
}

/** "340 KB", "12.4 MB" */
export function sizeInWords(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1_000))} KB`;
  if (bytes < 100_000_000) return `${(bytes / 1_000_000).toFixed(1)} MB`;
  return `${Math.round(bytes / 1_000_000).toLocaleString('en')} MB`;
}

function counted(n: number, what: string): string {
  return `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`;
}

function dayOf(date: Date): number {
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000);
}
