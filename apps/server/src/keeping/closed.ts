/** The library is not open, or may not be written now: `message` says why, and what to do. */
export class LibraryClosed extends Error {
  override readonly name = 'LibraryClosed';
}
