/** What is wrong with the library's file or its disk. */
export type TroubleKind = 'full' | 'readonly' | 'locked' | 'disk' | 'damaged' | 'gone' | 'replaced';

/** Trouble as every page shows it: what happened, and what to do. */
export interface Trouble {
  readonly kind: TroubleKind;
  readonly message: string;
}

const MESSAGES: Readonly<Record<TroubleKind, string>> = {
  full: 'The disk is full, so nothing more can be saved. Free some space: Offstage goes on by itself.',
  readonly: 'The library cannot be written: its file or its disk is read-only. Allow writing: Offstage goes on by itself.',
  locked: 'Another program holds the library file. Close it: Offstage goes on by itself.',
  disk: 'The disk could not be read or written. Check it: Offstage goes on by itself once it answers.',
  damaged: 'A part of the library file cannot be read any more. Everything in it is left as it is; put back a copy to go on.',
  gone: 'The library file was moved or deleted while Offstage is running. Nothing is lost yet: put the file back where it was, or have Offstage write it anew from what it still holds.',
  replaced: 'Another file stands where the library was. Nothing is lost yet: have Offstage write your library anew from what it still holds; the other file is put aside.',
};

// What SQLite says, and what it comes to.
const CODES: readonly (readonly [start: string, kind: TroubleKind])[] = [
  ['SQLITE_FULL', 'full'],
  ['SQLITE_READONLY', 'readonly'],
  ['SQLITE_BUSY', 'locked'],
  ['SQLITE_LOCKED', 'locked'],
  ['SQLITE_IOERR', 'disk'],
  ['SQLITE_CANTOPEN', 'disk'],
  ['SQLITE_CORRUPT', 'damaged'],
  ['SQLITE_NOTADB', 'damaged'],
  ['OFFSTAGE_DAMAGED', 'damaged'],
];

/** Trouble in which the server holds the library, and nothing else does: what is written now would not be in its place. */
export function isHeld(trouble: Trouble | null): trouble is Trouble {
  return trouble?.kind === 'gone' || trouble?.kind === 'replaced';
}

/** The trouble that an error of the store comes to; undefined for any other error. */
export function troubleOf(problem: unknown): Trouble | undefined {
  const code = codeOf(problem);
  const kind = CODES.find(([start]) => code.startsWith(start))?.[1];
  return kind === undefined ? undefined : troubleBy(kind);
}

/** True where a file cannot be opened as a library for what is in it. */
export function isUnreadable(problem: unknown): boolean {
  return troubleOf(problem)?.kind === 'damaged' || codeOf(problem) === 'OFFSTAGE_NO_LIBRARY';
}

function codeOf(problem: unknown): string {
  return typeof problem === 'object' && problem !== null && 'code' in problem ? String(problem.code) : '';
}

export function troubleBy(kind: TroubleKind): Trouble {
  return { kind, message: MESSAGES[kind] };
}
