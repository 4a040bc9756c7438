import { DomainError } from '../errors.ts';

/** The refusal where somebody has changed the same thing meanwhile. */
export function changedSince(): DomainError {
  return new DomainError('already_done', 'This has been changed again since, so it stays as it is.', ['of']);
}

/** The refusal of what no hand did. */
export function notAnEdit(): DomainError {
  return new DomainError('invalid', 'This cannot be undone here.', ['of']);
}
