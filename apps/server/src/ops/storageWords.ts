// OP-4: what SQLite and the system say when the disk is at fault, and what to do about it.
const STORAGE: readonly (readonly [start: string, sentence: string])[] = [
  ['SQLITE_FULL', 'The disk is full, so nothing was saved. Free some space and try again.'],
  ['SQLITE_READONLY', 'The library cannot be written: its file or folder is read-only. Allow writing and try again.'],
  ['SQLITE_BUSY', 'Another program is using the library file. Close it and try again.'],
  ['SQLITE_LOCKED', 'Another program is using the library file. Close it and try again.'],
  ['SQLITE_IOERR', 'The disk could not be read or written. Check the disk, then try again.'],
  ['SQLITE_CORRUPT', 'The library file is damaged. Put back a copy of it, under Settings.'],
  ['SQLITE_NOTADB', 'The file is no library, or its beginning is damaged.'],
  ['OFFSTAGE_DAMAGED', 'The file is damaged.'],
  ['OFFSTAGE_NO_LIBRARY', 'The file is no Offstage library, or holds what none has.'],
  ['ENOSPC', 'The disk is full, so nothing was saved. Free some space and try again.'],
  ['EACCES', 'The folder may not be written by this account. Allow writing to it, then try again.'],
  ['EPERM', 'The folder may not be written by this account. Allow writing to it, then try again.'],
  ['EROFS', 'The disk is read-only, so nothing was saved. Make it writable and try again.'],
  ['SQLITE_CANTOPEN', 'The library file could not be opened. Check that its folder is there and may be written to, and that the disk is not read-only.'],
];

/** The plain sentence for a fault of the disk or the database file; undefined for anything else. */
export function storageProblem(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return STORAGE.find(([start]) => code.startsWith(start))?.[1];
}
