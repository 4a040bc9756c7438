import type { Answers } from '../lib/trpc.ts';

type Preview = Pick<Answers['purge']['preview'], 'turns' | 'memories' | 'chats'>;
type Deleted = Pick<Answers['purge']['run'], 'bytes' | 'traceless'>;

/** Titles that are named one by one. */
const NAMED = 3;

/** What goes, counted: "3 turns, 2 memories and the chats “Pier” and “Storm”". */
export function whatGoes({ turns, memories, chats }: Preview, named: boolean): string {
  const parts = [count(turns, 'turn'), ...(memories > 0 ? [count(memories, 'memory', 'memories')] : [])];
  return listed(named && chats.length > 0 ? [...parts, `${chats.length === 1 ? 'the chat' : 'the chats'} ${titles(chats)}`] : parts);
}

/** Titles in words: "“Pier”, “Storm” and 4 more". */
export function titles(of: readonly string[]): string {
  const named = of.slice(0, NAMED).map((title) => `“${title}”`);
  return listed(of.length > NAMED ? [...named, `${(of.length - NAMED).toLocaleString('en')} more`] : named);
}

/** What is said when it is done. */
export function done(name: string, { bytes, traceless }: Deleted): string {
  if (!traceless) return `“${name}” is deleted. The last traces leave the file when Offstage starts again.`;
  const freed = (bytes.before - bytes.after) / 1_000_000;
  return freed >= 0.1 ? `“${name}” is gone for good. The library is ${freed.toFixed(1)} MB smaller.` : `“${name}” is gone for good.`;
}

/** True where a typed name will do: case and spaces do not matter. */
export function isTyped(typed: string, name: string): boolean {
  return plain(typed) === plain(name);
}

const plain = (name: string): string => name.normalize('NFC').replaceAll(/\s+/g, ' ').trim().toLowerCase();

function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}
